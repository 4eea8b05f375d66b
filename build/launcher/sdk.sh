sdk_command='curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0 && export PATH="$HOME/.dotnet:$PATH"'

# Nothing here depends on a language or a country, and a small Debian has no ICU, without which the SDK would not start.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=${DOTNET_SYSTEM_GLOBALIZATION_INVARIANT:-1}

require_dotnet() {
  command -v dotnet > /dev/null || fail 'there is no `dotnet` on the PATH; the .NET SDK 10 is needed. To install it for yourself:' "$sdk_command"
}

require_sdk() {
  local found answer
  # global.json asks for SDK 10, so the command fails where only others are installed.
  answer=$(cd "$root" && dotnet --version 2>&1) && return
  found=$(cd / && dotnet --list-sdks 2> /dev/null | cut -d ' ' -f 1 | paste -s -d ' ') || true
  [[ " $found" != *' 10.'* ]] || fail "the .NET SDK is there ($found), but does not start: $(head -n 2 <<< "$answer" | paste -s -d ' ')"
  fail "the .NET SDK 10 is needed; found: ${found:-a runtime only}. To install it for yourself:" "$sdk_command"
}
