# Finds out once whether the registry carries every package, and remembers the answer in .maml/packages, where
# the build reads it as well. The environment variable MamlPackages wins over both.
package_source() {
  if [[ -n ${MamlPackages-} ]]; then
    printf '%s' "$MamlPackages"
  elif [[ -f $state/packages ]]; then
    printf '%s' "$(< "$state/packages")"
  fi
}

require_package_source() {
  local answer=registry
  [[ -z $(package_source) ]] || return 0
  say 'asking the package registry whether it carries every package (once)'
  # A registry that lacks one says so in seconds; the limit is for one that never answers.
  timeout 300 dotnet restore "$root/src/Cli" -p:MamlPackages=registry --disable-build-servers --nologo \
    > "$state/registry.log" 2>&1 < /dev/null 9>&- || answer=compat
  if [[ $answer == compat ]]; then
    say 'it does not: the stand-ins in compat/ take the place of those it lacks (see .maml/registry.log)'
  else
    say 'it does: every package comes from there'
  fi
  printf '%s\n' "$answer" > "$state/packages"
}

# Commands start a third faster when they are compiled ahead of time, with a compiler that not every registry has.
find_ahead_of_time_compiler() {
  local answer=$state/ahead-of-time
  [[ ! -f $answer && ! -f $answer-missing ]] || return 0
  timeout 120 dotnet restore "$root/src/Cli" -p:MamlPackages="$(package_source)" -p:MamlAheadOfTime=true --disable-build-servers --nologo \
    > "$state/ahead-of-time.log" 2>&1 < /dev/null 9>&- || answer=$answer-missing
  : > "$answer"
}
