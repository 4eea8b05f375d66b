# Whether the native library that TorchSharp's package brings can be loaded on this machine. A registry that serves the
# package says nothing about that: the library is built against a C++ library that older distributions lack.

# native_library_fault FILE…: why TorchSharp's native library, one of these, cannot be loaded; nothing when it can.
native_library_fault() {
  local file folder library='' folders='' complaints
  for file in "$@"; do
    folder=${file%/*}
    [[ :$folders: == *":$folder:"* ]] || folders+=${folders:+:}$folder
    [[ ${file##*/} != libLibTorchSharp.so ]] || library=$file
  done

  if [[ -z $library ]]; then
    printf 'the package has none for this kind of machine (%s)' "$(uname -sm)"
  elif ! command -v ldd > /dev/null; then
    printf 'there is no ldd on the PATH, which would tell whether it can'
  else
    # What ldd misses it says on either stream, and its exit code is 0 all the same.
    complaints=$(LC_ALL=C LD_LIBRARY_PATH=$folders ldd "$library" 2>&1) || complaints="not found: $complaints"
    complaints=$(grep -m 1 'not found' <<< "$complaints") || return 0
    printf '%s ' "${library##*/}"
    explain_complaint "$complaints"
  fi
}

# explain_complaint LINE: puts what ldd says into words.
explain_complaint() {
  local version="(/[^:]+): version \`([^']+)' not found" absent='^[[:space:]]*([^ ]+) => not found'
  if [[ $1 =~ $version ]]; then
    local library=${BASH_REMATCH[1]} needed=${BASH_REMATCH[2]}
    printf 'needs %s, and %s ends at %s' "$needed" "$library" "$(newest_version "$library" "${needed%%_*}")"
  elif [[ $1 =~ $absent ]]; then
    printf 'needs %s, which is not on this machine' "${BASH_REMATCH[1]}"
  else
    printf 'is refused: %s' "$1"
  fi
}

# newest_version FILE NAME: the highest of a library's versions that begin with NAME, as in GLIBCXX_3.4.30.
newest_version() {
  local newest
  newest=$(grep -aoE "$2_[0-9]+(\.[0-9]+)*" "$1" 2> /dev/null | sort -Vu | tail -n 1) || true
  printf '%s' "${newest:-an older one}"
}
