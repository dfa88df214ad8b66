#!/usr/bin/env bash
# Measures which lines of the runtime its tests pass through, prints the figure of each folder, and fails while one of the folders that
# decide about money and trust is below the bound.
#
#   bash build/coverage.sh [test project…]      COVERAGE_BOUND=n: another bound in percent
#
# Needs nothing but the SDK: the collector is a package that only the configuration Coverage restores. It has folders of its own for what is
# built, so no instrumented library is left where other builds would take it.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
root=$PWD
output=$root/artifacts/coverage
bound=${COVERAGE_BOUND:-95}
bounded='Signing Keys Encryption Notifications'
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

rm -rf "$output/reports"
mkdir -p "$output/reports"
status=0
(($# > 0)) || set -- WeChatPay.Runtime.Tests WeChatPay.AspNetCore.Tests WeChatPay.Sandbox.Tests WeChatPay.ShangMi.Tests
for project in "$@"; do
  # The tests are what is of interest here; the analyzers have their place in every other build.
  dotnet build "tests/$project" --configuration Coverage -p:RunAnalyzers=false -v quiet -nologo || exit 1
  dotnet "tests/$project/bin/Coverage/net10.0/$project.dll" --coverlet --coverlet-include '[WeChatPay.Runtime]*' --coverlet-output-format cobertura \
    --coverlet-file-prefix "$project" --results-directory "$output/reports" --progress off > "$output/reports/$project.log" 2>&1 || {
    cat "$output/reports/$project.log" >&2
    status=1
  }
  echo "$project: $(sed -nE 's/^ *succeeded: ([0-9]+).*/\1/p' "$output/reports/$project.log") tests passed"
done

# A line counts once, however many classes of the compiler (async methods, lambdas) and however many projects report it.
cat "$output"/reports/*.xml | awk -v bound="$bound" -v bounded="$bounded" '
  # The names of files are relative to the longest path that all of them share.
  /<source>/ { base = $0; sub(/^.*<source>/, "", base); sub(/<\/source>.*$/, "", base) }
  /<class / {
    file = ""
    if (match($0, /filename="[^"]*"/)) {
      file = substr($0, RSTART + 10, RLENGTH - 11)
      if (file !~ /^(\/|[A-Za-z]:)/) file = base file
      gsub(/\\/, "/", file)
      if (!sub(/^.*runtime\/WeChatPay\.Runtime\//, "", file) || file ~ /(^|\/)(obj|artifacts)\//) file = ""
    }
  }
  /<line / && file != "" {
    match($0, /number="[0-9]+"/); line = substr($0, RSTART + 8, RLENGTH - 9) + 0
    match($0, /hits="[0-9]+"/); hits = substr($0, RSTART + 6, RLENGTH - 7) + 0
    seen[file SUBSEP line] = 1
    if (hits > 0) hit[file SUBSEP line] = 1
  }
  END {
    for (key in seen) {
      split(key, part, SUBSEP)
      folder = part[1]; if (!sub(/\/.*$/, "", folder)) folder = "."
      all[folder]++; total++
      if (key in hit) { covered[folder]++; sum++ }
      else missed[part[1]] = missed[part[1]] " " part[2]
    }
    if (total == 0) { print "coverage.sh: nothing was measured" > "/dev/stderr"; exit 1 }
    count = split(bounded, names, " ")
    for (i = 1; i <= count; i++) must[names[i]] = 1
    for (folder in all) {
      percent = 100 * covered[folder] / all[folder]
      low = (folder in must) && percent < bound
      if (low) failed = 1
      printf "%-16s %5d of %5d lines %6.1f %%%s\n", folder, covered[folder], all[folder], percent, low ? "   below " bound " %" : (folder in must) ? "   bound " bound " %" : "" | "sort"
    }
    close("sort")
    printf "%-16s %5d of %5d lines %6.1f %%\n", "WeChatPay.Runtime", sum, total, 100 * sum / total
    print "\nLines of these folders that no test passes through:"
    for (file in missed) { folder = file; sub(/\/.*$/, "", folder); if (folder in must) print "  " file ":" missed[file] | "sort" }
    close("sort")
    for (i = 1; i <= count; i++) if (!(names[i] in all)) { print "coverage.sh: no line of " names[i] " was measured" > "/dev/stderr"; failed = 1 }
    exit failed
  }' || status=1
exit "$status"
