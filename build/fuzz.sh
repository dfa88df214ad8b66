#!/usr/bin/env bash
# Fuzzes the spec reader: mutations of specs/, of the files given, and random documents. Fails on an exception, on a file that takes
# over a second, and on a result that breaks a rule; findings are kept in artifacts/fuzz.
#
#   bash build/fuzz.sh [count] [files and folders…]      FUZZ_SEED=n: other inputs; FUZZ_WORKERS=n: threads
#
# Some 4,000 inputs take a second of a processor: ten million take three quarters of an hour on a free one. "Over a second" and "hangs" are
# measured by the processor's time, so it can run behind other work: nice -n 19 bash build/fuzz.sh 10000000
set -uo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
count="${1:-100000}"
[ $# -gt 0 ] && shift
case "$count" in '' | *[!0-9]*) echo "usage: bash build/fuzz.sh [count] [files and folders…]" >&2; exit 2 ;; esac
seed="${FUZZ_SEED:-1}"
output="$root/artifacts/fuzz"

dotnet build "$root/tests/WeChatPay.Fuzz" -c Release -v quiet -nologo || exit 1
fuzz=(dotnet "$root/tests/WeChatPay.Fuzz/bin/Release/net10.0/WeChatPay.Fuzz.dll" --seed "$seed" --output "$output")
rm -rf "$output"
"${fuzz[@]}" --count "$count" --workers "${FUZZ_WORKERS:-1}" "$@"
status=$?

# A stack overflow ends the process without a word. The last thousand inputs again, each one named before it is read.
if [ "$status" -gt 2 ] && [ -f "$output/progress.txt" ]; then
  from=$(cat "$output/progress.txt")
  "${fuzz[@]}" --from "$from" --count 2000 --trace "$@"
  echo "The process ended with $status; the input was $(cat "$output/progress.txt"). Again: --seed $seed --from $(cat "$output/progress.txt") --count 1" >&2
fi
exit "$status"
