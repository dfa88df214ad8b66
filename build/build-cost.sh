#!/usr/bin/env bash
# What the generator and its code cost in a user's build, against bounds: user and system time of all processes, so without build servers, which
# would do part of the work elsewhere. A build is compared with its like in turn, since the load of the machine comes and goes; the least of the
# runs counts, since load can only add. Ends with 1 while a bound is missed.
#
# The compiler server, which developers have running, is measured beside it, without a bound: the time of the build and what the server used for it.
#
#   bash build/build-cost.sh [RUNS] [few|all]      RUNS: 5 unless said otherwise; few: pay;refund;bill only; all: the whole catalogue only
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

runs=${1:-5}
part=${2:-both}
root=$PWD
work=$root/artifacts/build-cost
missed=0

if ! command -v /usr/bin/time > /dev/null; then
  echo "build-cost.sh: needs GNU time (/usr/bin/time)" >&2
  exit 3
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

# The packages as users get them, in a cache of their own: one that was filled before would hold those of yesterday.
rm -rf "$work"
mkdir -p "$work/feed"
for project in runtime/WeChatPay.Runtime generator/WeChatPay.Generator; do
  dotnet pack "$project" --configuration Release --output "$work/feed" --nologo --verbosity quiet
done
version=$(basename "$work"/feed/WeChatPay.Generated.*.nupkg .nupkg)
version=${version#WeChatPay.Generated.}
others=${NUGET_PACKAGES:-$HOME/.nuget/packages}
export NUGET_PACKAGES=$work/cache
mkdir -p "$others"
cat > "$work/nuget.config" << XML
<configuration>
  <packageSources><add key="feed" value="$work/feed" /></packageSources>
  <fallbackPackageFolders><add key="others" value="$others" /></fallbackPackageFolders>
</configuration>
XML
# Nothing of this repository around the projects.
for file in Directory.Build.props Directory.Build.targets Directory.Packages.props; do echo '<Project />' > "$work/$file"; done
echo 'root = true' > "$work/.editorconfig"

# project NAME FAMILIES: an application with the package.
project() {
  mkdir -p "$work/$1"
  cat > "$work/$1/$1.csproj" << XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <OutputType>Exe</OutputType>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <UseSharedCompilation>false</UseSharedCompilation>
    <NuGetAudit>false</NuGetAudit>
    <WeChatPayApis>$2</WeChatPayApis>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="WeChatPay.Generated" Version="$version" />
  </ItemGroup>
  <Target Name="WriteArguments" AfterTargets="CoreCompile" Condition="'\$(ProvideCommandLineArgs)' == 'true'">
    <WriteLinesToFile File="csc.rsp" Lines="@(CscCommandLineArgs)" Overwrite="true" />
  </Target>
</Project>
XML
  echo 'System.Console.WriteLine(typeof(WeChatPay.WeChatPayClient).FullName);' > "$work/$1/Program.cs"
  dotnet restore "$work/$1" --verbosity quiet
}

# timed FILE COMMAND…: appends "seconds of CPU, KiB of the largest process" to FILE.
timed() {
  local file=$1
  shift
  if ! /usr/bin/time -f '%U %S %M' -o "$work/time" "$@" > "$work/log" 2>&1; then
    cat "$work/log" >&2
    exit 1
  fi
  awk '{ print $1 + $2, $3 }' "$work/time" >> "$file"
}

least() { cut -d ' ' -f "${2:-1}" "$1" | sort -g | head -n 1; }
median() { cut -d ' ' -f "${2:-1}" "$1" | sort -g | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int((NR + 2) / 2)]) / 2 }'; }

# bound WHAT VALUE LIMIT UNIT
bound() {
  if awk "BEGIN { exit !($2 > $3) }"; then
    missed=1
    printf '%-60s %8.2f %s  MISSED (at most %s)\n' "$1" "$2" "$4" "$3"
  else
    printf '%-60s %8.2f %s  (at most %s)\n' "$1" "$2" "$4" "$3"
  fi
}

few() {
  local name
  project empty ''
  project few 'pay;refund;bill'
  for name in empty few; do timed /dev/null dotnet build "$work/$name" --no-restore --no-incremental; done
  for ((i = 0; i < runs; i++)); do
    for name in empty few; do timed "$work/$name.times" dotnet build "$work/$name" --no-restore --no-incremental; done
  done
  for name in empty few; do
    printf 'dotnet build, %-48s %8.2f s of CPU, median %.2f\n' "$name" "$(least "$work/$name.times")" "$(median "$work/$name.times")"
  done
  awk -v a="$(median "$work/few.times")" -v b="$(median "$work/empty.times")" 'BEGIN { printf "ratio of the medians %.2f\n", a / b }'
  bound 'pay;refund;bill add to the build' "$(awk "BEGIN { print $(least "$work/few.times") - $(least "$work/empty.times") }")" 1.5 's of CPU'
}

# The same with a compiler server that has compiled both before.
warm() {
  local name before server
  ticks=$(getconf CLK_TCK)
  server_time() { cat /proc/[0-9]*/stat 2> /dev/null | awk -v pids=" $(pgrep -f 'VBCSCompiler' | tr '\n' ' ')" -v ticks="$ticks" 'index(pids, " " $1 " ") { sum += $14 + $15 } END { print sum / ticks }'; }
  dotnet build-server shutdown --vbcscompiler > /dev/null 2>&1 || true
  for ((i = 0; i < 4 + runs; i++)); do
    for name in empty few; do
      before=$(server_time)
      timed "$work/$name.part" dotnet build "$work/$name" --no-restore --no-incremental -p:UseSharedCompilation=true
      if ((i >= 4)); then awk -v a="$before" -v b="$(server_time)" '{ print $1 + b - a }' "$work/$name.part" >> "$work/$name.warm"; fi
      rm "$work/$name.part"
    done
  done
  dotnet build-server shutdown --vbcscompiler > /dev/null 2>&1 || true
  printf 'pay;refund;bill with a warm compiler server: %.2f s of CPU, empty %.2f\n' "$(least "$work/few.warm")" "$(least "$work/empty.warm")"
}

# The compiler alone, called as MSBuild would call it.
whole() {
  local sdk environment
  project all all
  dotnet build "$work/all" --no-restore --verbosity quiet -t:Compile -p:SkipCompilerExecution=true -p:ProvideCommandLineArgs=true
  mv "$work/all/csc.rsp" "$work/all.rsp"
  echo '/reportanalyzer' >> "$work/all.rsp"
  sdk=$(dotnet msbuild "$work/all" -getProperty:RoslynTargetsPath)
  IFS=';' read -ra environment <<< "$(dotnet msbuild "$work/all" -getProperty:CscEnvironment)"
  for ((i = 0; i < runs; i++)); do
    (cd "$work/all" && timed "$work/all.times" env "${environment[@]}" dotnet exec "$sdk/bincore/csc.dll" "@$work/all.rsp")
    # The name of the generator's assembly and the seconds before it.
    sed -nE 's/^ *<?([0-9.]+) +<?[0-9]+ +WeChatPay\.Generator, Version.*/\1 0/p' "$work/log" >> "$work/generator.times"
  done
  printf 'csc, all: median %.2f s of CPU; generator: median %.2f s elapsed\n' "$(median "$work/all.times")" "$(median "$work/generator.times")"
  bound 'all: the generator, elapsed in csc' "$(least "$work/generator.times")" 1.2 's'
  bound 'all: csc with the generator' "$(least "$work/all.times")" 26.2 's of CPU'
  bound 'all: the largest csc' "$(awk "BEGIN { print $(least "$work/all.times" 2) / 1024 }")" 900 'MiB'
}

[[ $part == all ]] || { few; warm; }
[[ $part == few ]] || whole
exit "$missed"
