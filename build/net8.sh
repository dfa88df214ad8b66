#!/usr/bin/env bash
# Builds the tests of the runtime for .NET 8 and runs them there; the SDK is enough, the runtime comes as a package.
# bash build/net8.sh [Runtime AspNetCore …]: only the tests of these. The last line reads "net8.sh: N passed, N failed".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

projects=("$@")
((${#projects[@]} > 0)) || projects=(Runtime AspNetCore Sandbox ShangMi Redis)
passed=0
failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

for name in "${projects[@]}"; do
  project=WeChatPay.$name.Tests
  # The same sources as on .NET 10, where the analyzers have seen them.
  if ! dotnet build "tests/$project" -nologo -v quiet -clp:NoSummary -p:TestFramework=net8.0 -p:RunAnalyzers=false; then
    failed=$((failed + 1))
    continue
  fi

  # It names the version of .NET in its first line. A time zone west of Beijing and with summer time shows what depends on the local one.
  TZ=America/New_York "artifacts/net8.0/bin/$project/Debug/net8.0/$project" -noColor 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  read -r total bad < <(sed -nE 's/^.* Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+),.*/\1 \2 \3 \4/p' "$log" | tail -n 1 \
    | awk '{ print $1 - $3 - $4, $2 + $3 }')
  passed=$((passed + ${total:-0}))
  # A run that tested nothing, or not on .NET 8, or that ended badly without naming a test, has failed as well.
  if [[ ${total:-0} == 0 ]] || ! grep -q '\.NET 8\.' "$log" || [[ $status != 0 && ${bad:-0} == 0 ]]; then bad=$((${bad:-0} + 1)); fi
  failed=$((failed + bad))
done

echo "net8.sh: $passed passed, $failed failed"
((failed == 0))
