# Everything that set-up says goes to standard error: standard output belongs to the command.
say() {
  printf 'maml: %s\n' "$*" >&2
}

# fail MESSAGE [COMMAND]: ends the launcher; COMMAND is what mends it.
fail() {
  say "$1"
  [[ -z ${2-} ]] || printf '\n    %s\n\n' "$2" >&2
  exit 1
}
