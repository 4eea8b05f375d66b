sources=(src protos compat build Directory.Build.props Directory.Build.targets Directory.Packages.props Directory.Solution.props Directory.Solution.targets Maml.Cluster.sln global.json)

cli_assembly() {
  local output=bin
  [[ $(package_source) == registry ]] && output=bin/registry
  printf '%s' "$root/src/Cli/$output/Release/net10.0/Maml.Cluster.Cli.dll"
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
  say 'building (about a minute the first time)'
  build_project src/Cli
  say 'ready'
}

# build_project PATH: Release, quietly; the log is shown only when it fails. The build must not hold the lock or
# leave servers behind, because those would keep the caller's standard output open.
build_project() {
  local started=$state/build-started
  build_inputs > "$started"
  dotnet build "$root/$1" -c Release --nologo -v quiet -clp:NoSummary --disable-build-servers \
    > "$state/build.log" 2>&1 < /dev/null 9>&- || {
    grep -E 'error|Error' "$state/build.log" | sort -u | head -n 20 >&2 || tail -n 20 "$state/build.log" >&2
    fail 'the build failed; the whole log is .maml/build.log'
  }
  mv "$started" "$(stamp_file)"
}
