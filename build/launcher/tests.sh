# Runs every test project, one after the other, and adds up what they report.
run_tests() {
  local project name passed=0 failed=0 skipped=0 crashed=()
  under_lock build_for_tests
  rm -rf "$root/TestResults"
  for project in "$root"/tests/*/*.csproj; do
    name=${project##*/}
    name=${name%.csproj}
    is_left_out "$name" && continue
    printf '\n== %s\n' "$name"
    run_project "$project" "$name" "$@"
  done

  ((failed == 0)) || name_failures
  printf '\n%d passed, %d failed' "$passed" "$failed"
  ((skipped == 0)) || printf ', %d skipped' "$skipped"
  printf '\n'
  ((failed == 0 && passed > 0))
}

build_for_tests() {
  prepare
  [[ $(package_source) == registry ]] || require_system_packages python3-torch prometheus python3-matplotlib
  say 'building everything (a minute or two the first time)'
  require_system_packages python3-grpcio python3-protobuf postgresql
  build Maml.Cluster.sln
}

# Stand-ins are neither built nor tested where the real packages are used.
is_left_out() {
  [[ $(package_source) == registry && $1 == Maml.Cluster.Compat.Tests ]]
}

# Adds to passed, failed and skipped of run_tests.
run_project() {
  local project=$1 name=$2 status=0 report counts total executed project_passed project_failed
  shift 2
  report=$root/TestResults/$name.trx
  dotnet test "$project" -c Release --no-build --nologo --results-directory "$root/TestResults" \
    --logger "trx;LogFileName=$name.trx" --logger 'console;verbosity=normal' "$@" < /dev/null || status=$?

  counts=$(grep -o '<Counters [^>]*' "$report" 2> /dev/null || true)
  total=$(counter total) executed=$(counter executed) project_passed=$(counter passed) project_failed=$(counter failed)
  if ((status != 0 && project_failed == 0)); then
    crashed+=("$name ended with exit code $status without naming a failed test; counted as one failure.")
    printf '%s\n' "${crashed[-1]}"
    project_failed=1
  fi
  ((passed += project_passed, failed += project_failed, skipped += total - executed)) || true
}

counter() {
  local value=${counts#* "$1"=\"}
  [[ $value == "$counts" ]] && value=0
  printf '%d' "${value%%\"*}"
}

# Once more what failed and why, at the end, where a log that keeps only its last lines still has it: the first lines of each message.
name_failures() {
  local reports=("$root"/TestResults/*.trx)
  printf '\n== what failed\n'
  ((${#crashed[@]} == 0)) || printf '\n  %s\n' "${crashed[@]}"
  [[ ! -e ${reports[0]} ]] || awk '
    /<UnitTestResult / {
      is_failed = /outcome="Failed"/
      test = $0; sub(/.* testName="/, "", test); sub(/".*/, "", test)
    }
    is_failed && /<Message>/ { print ""; print "  Failed " plain(test); is_message = 1; lines = 0; sub(/.*<Message>/, "") }
    is_message {
      is_last = sub(/<\/Message>.*/, "")
      if (++lines <= 40) print "    " plain(substr($0, 1, 240))
      if (is_last) is_message = 0
    }
    function plain(text) {
      gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&#x[dD];/, "", text); gsub(/&amp;/, "\\&", text)
      return text
    }' "${reports[@]}" || true
}
