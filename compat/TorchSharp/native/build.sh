#!/bin/sh
# Configures and builds libMamlTorch: build.sh BUILD-FOLDER [LIBTORCH-FOLDER].
# Exit codes that Native.targets turns into messages: 10 no CMake, 11 no C++ compiler, 12 no libtorch, 13 anything else.
set -u
source=$(dirname "$0")
build=$1
libtorch=${2:-}
mkdir -p "$build" || exit 13
log=$build/build.log

command -v cmake >/dev/null 2>&1 || exit 10
command -v "${CXX:-c++}" >/dev/null 2>&1 || exit 11
command -v ninja >/dev/null 2>&1 || command -v make >/dev/null 2>&1 || exit 11

if [ -n "$libtorch" ]; then
    header=$libtorch/include/ATen/ATen.h
    [ -f "$header" ] || exit 12
else
    echo '#include <ATen/ATen.h>' | "${CXX:-c++}" -std=c++17 -M -x c++ - >/dev/null 2>&1 || exit 12
fi

generator='Unix Makefiles'
command -v ninja >/dev/null 2>&1 && generator=Ninja

configure_and_build() {
    # What an earlier configuration found must not outlive a change of libtorch.
    [ "$(cat "$build/configured-for" 2>/dev/null)" = "$libtorch" ] || rm -rf "$build/cmake"
    printf '%s\n' "$libtorch" >"$build/configured-for"
    cmake -S "$source" -B "$build/cmake" -G "$generator" -DLIBTORCH="$libtorch" >"$log" 2>&1 &&
        cmake --build "$build/cmake" --parallel >>"$log" 2>&1 &&
        cp "$build/cmake/libMamlTorch.so" "$build/libMamlTorch.so.new" &&
        mv "$build/libMamlTorch.so.new" "$build/libMamlTorch.so"
}

# Two builds of the solution may run at once.
exec 9>"$build/lock"
if command -v flock >/dev/null 2>&1; then flock 9; fi
configure_and_build || { tail -n 40 "$log" >&2; exit 13; }
