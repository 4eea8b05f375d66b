# What the stand-in for TorchSharp needs from the system; with packages from the registry nothing is needed.
declare -A reasons=(
  [cmake]='builds the small library between C# and libtorch'
  [make]='works for cmake'
  [g++]='compiles that library'
  [libtorch-dev]='tensors and automatic differentiation'
  [python3-grpcio]='what the Python client calls a coordinator with'
  [python3-protobuf]='what the Python client writes and reads messages with'
  [libopenblas0-serial]='the matrix products of libtorch, several times faster than the default ones'
  [python3-torch]='the independent reference that tests compare gradients with'
  [postgresql]='keeps the runs of several coordinators in tests'
  [python3-matplotlib]='draws the dashboards, in tests and for the documentation'
  [prometheus]='scrapes a training in tests, and checks metrics and alert rules'
)

require_system_packages() {
  local needed=("$@") missing=() package
  if ! command -v dpkg-query > /dev/null; then
    require_tools_elsewhere
    return
  fi

  for package in "${needed[@]}"; do
    is_installed "$package" || missing+=("$package")
  done
  ((${#missing[@]} == 0)) || install_system_packages "${missing[@]}"
}

is_installed() {
  [[ $(dpkg-query -W -f '${Status}' "$1" 2> /dev/null) == 'install ok installed' ]]
}

install_system_packages() {
  local package as_root=() command="apt-get update && apt-get install -y --no-install-recommends $*"
  say 'these system packages are missing:'
  for package in "$@"; do
    printf '  %-20s %s\n' "$package" "${reasons[$package]}" >&2
  done

  if [[ $(id -u) != 0 ]]; then
    command="sudo sh -c '$command'"
    command -v sudo > /dev/null || fail 'they need root, and there is no sudo. As root, run:' "${command#sudo }"
    # Without a terminal nobody can type a password.
    [[ -t 0 ]] || sudo -n true 2> /dev/null || fail 'they need root, and sudo asks for a password. Run:' "$command"
    as_root=(sudo)
  fi

  say 'installing them with apt-get; the log is .maml/apt.log'
  {
    "${as_root[@]}" apt-get update &&
      "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
  } > "$state/apt.log" 2>&1 < /dev/null || {
    tail -n 5 "$state/apt.log" >&2
    fail 'apt-get could not install them. Once it can, run:' "$command"
  }
}

require_tools_elsewhere() {
  local tool
  for tool in cmake make g++; do
    command -v "$tool" > /dev/null || fail "this is not Debian or Ubuntu: please install $tool (${reasons[$tool]}) with your system's package manager."
  done
  [[ -n ${LIBTORCH-} ]] || fail 'this is not Debian or Ubuntu: unpack a C++ libtorch of https://pytorch.org and point LIBTORCH to it:' 'export LIBTORCH=/path/to/libtorch'
}
