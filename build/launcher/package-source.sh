# Finds out once whether the registry carries every package, and whether what it carries runs here, and remembers the
# answer in .maml/packages, where the build reads it as well. The environment variable MamlPackages wins over both.
package_source() {
  if [[ -n ${MamlPackages-} ]]; then
    printf '%s' "$MamlPackages"
  elif [[ -f $state/packages ]]; then
    printf '%s' "$(< "$state/packages")"
  fi
}

require_package_source() {
  local answer=compat fault
  [[ -z $(package_source) ]] || return 0
  say 'asking the package registry whether it carries every package (once)'
  if ! restore_from_registry; then
    say 'it does not: the stand-ins in compat/ take the place of those it lacks (see .maml/registry.log)'
  elif ! fault=$(native_library_fault "${native_libraries[@]}") || [[ -n $fault ]]; then
    say "it does, but TorchSharp's native library cannot be loaded here: $fault"
    say 'so the stand-ins in compat/ are used, over the libtorch of this system; on a newer distribution (Debian 13, Ubuntu 24.04) delete .maml/packages, and the real ones are'
  else
    answer=registry
    say 'it does: every package comes from there'
  fi
  printf '%s\n' "$answer" > "$state/packages"
}

# Restores, and fills native_libraries with the files that the packages have for this kind of machine.
restore_from_registry() {
  local list=$state/native-libraries
  rm -f "$list"
  # A registry that lacks one says so in seconds; the limit is for one that never answers.
  timeout 300 dotnet msbuild "$root/src/Cli" -restore -t:ListNativeLibraries -p:MamlPackages=registry -p:MamlNativeLibraries="$list" \
    -nologo -v:quiet --disable-build-servers > "$state/registry.log" 2>&1 < /dev/null 9>&- || return 1
  native_libraries=()
  [[ ! -f $list ]] || mapfile -t native_libraries < "$list"
}

# Commands start a third faster when they are compiled ahead of time, with a compiler that not every registry has.
find_ahead_of_time_compiler() {
  local answer=$state/ahead-of-time
  [[ ! -f $answer && ! -f $answer-missing ]] || return 0
  timeout 120 dotnet restore "$root/src/Cli" -p:MamlPackages="$(package_source)" -p:MamlAheadOfTime=true --disable-build-servers --nologo \
    > "$state/ahead-of-time.log" 2>&1 < /dev/null 9>&- || answer=$answer-missing
  : > "$answer"
}
