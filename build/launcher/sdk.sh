sdk_command='curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0 && export PATH="$HOME/.dotnet:$PATH"'

require_dotnet() {
  command -v dotnet > /dev/null || fail 'there is no `dotnet` on the PATH; the .NET SDK 10 is needed. To install it for yourself:' "$sdk_command"
}

require_sdk() {
  local found
  # global.json asks for SDK 10, so the command fails where only others are installed.
  (cd "$root" && dotnet --version) > /dev/null 2>&1 && return
  found=$(cd / && dotnet --list-sdks | cut -d ' ' -f 1 | paste -s -d ' ')
  fail "the .NET SDK 10 is needed; found: ${found:-a runtime only}. To install it for yourself:" "$sdk_command"
}
