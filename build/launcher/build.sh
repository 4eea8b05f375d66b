sources=(src protos compat build Directory.Build.props Directory.Build.targets Directory.Packages.props
  Directory.Solution.props Directory.Solution.targets Maml.Cluster.sln global.json)

# Commands run from a copy of the build: building again never changes files under a program that runs.
cli_folder() {
  printf '%s' "$state/app-$(package_source)"
}

cli_assembly() {
  printf '%s' "$(cli_folder)/Maml.Cluster.Cli.dll"
}

build_when_stale() {
  is_fresh || under_lock build_cli
}

# The stamp is as old as the beginning of the last build, and holds what that build depended on beside the sources.
stamp_file() {
  printf '%s' "$state/built-$(package_source)"
}

build_inputs() {
  printf 'LIBTORCH=%s' "${LIBTORCH-}"
}

is_fresh() {
  local stamp
  stamp=$(stamp_file)
  [[ -f $stamp && $(< "$stamp") == "$(build_inputs)" && -f $(cli_assembly) ]] || return 1
  [[ -z $(cd "$root" && find "${sources[@]}" \( -name bin -o -name obj \) -prune -o -type f -newer "$stamp" -print -quit) ]]
}

# Two first starts at once: the second waits, and then finds everything done.
under_lock() {
  mkdir -p "$state"
  exec 9> "$state/lock"
  flock -n 9 || { say 'another start is building; waiting for it'; flock 9; }
  "$@"
  exec 9>&-
}

prepare() {
  require_sdk
  require_package_source
  find_ahead_of_time_compiler
  [[ $(package_source) == registry ]] && return
  if [[ -n ${LIBTORCH-} ]]; then
    require_system_packages cmake make g++
  else
    require_system_packages cmake make g++ libtorch-dev libopenblas0-serial
  fi
}

build_cli() {
  is_fresh && return
  prepare
  say 'building (a minute or two the first time)'
  build src/Cli
  say 'ready'
}

# build PATH: builds a project or the solution, and takes a copy of the command line.
build() {
  local started=$state/build-started
  build_inputs > "$started"
  rm -rf "$state/app-new"
  run_dotnet build "$root/$1" -c Release -v quiet -clp:NoSummary
  run_dotnet publish "$root/src/Cli" -c Release -v quiet --no-build -o "$state/app-new"
  rm -rf "$(cli_folder)"
  mv "$state/app-new" "$(cli_folder)"
  mv "$started" "$(stamp_file)"
}

# The log is shown only when something fails. What runs must not hold the lock, nor leave servers behind: those would
# keep the caller's standard output open.
run_dotnet() {
  dotnet "$@" --nologo --disable-build-servers > "$state/build.log" 2>&1 < /dev/null 9>&- || {
    grep -E 'error' "$state/build.log" | sort -u | head -n 20 >&2 || tail -n 20 "$state/build.log" >&2
    fail 'the build failed; the whole log is .maml/build.log'
  }
}
