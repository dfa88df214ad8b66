#!/usr/bin/env bash
# What the generator and its code cost in a user's build, against bounds: user and system time of all processes. A build is compared with its like in turn,
# since the load of the machine comes and goes; the least of the runs counts, since load can only add. Ends with 1 while a bound is missed.
#
# The bounds are for `dotnet build` as it is without settings: with a compiler server, here one that has compiled the same before. Beside them, without a bound,
# stands the compiler that runs for one project alone and starts cold, as builds of CI have it: most of its time is its own start. The memory is that compiler's.
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

# Rounds that the server gets before its figures count: its methods are optimized in the background of the first ones.
warmup=8

server_time() {
  cat /proc/[0-9]*/stat 2> /dev/null |
    awk -v pids=" $(pgrep -f 'VBCSCompiler' | tr '\n' ' ')" -v ticks="$(getconf CLK_TCK)" 'index(pids, " " $1 " ") { sum += $14 + $15 } END { print sum / ticks }'
}

stop_server() { dotnet build-server shutdown --vbcscompiler > /dev/null 2>&1 || true; }

# with_server NAME ARGUMENT…: a build; appends "seconds of the server, seconds of all" to NAME.warm.
with_server() {
  local name=$1 before
  shift
  before=$(server_time)
  timed "$work/$name.part" dotnet build "$work/$name" --no-restore --no-incremental -p:UseSharedCompilation=true "$@"
  awk -v a="$before" -v b="$(server_time)" '{ print b - a, $1 + b - a }' "$work/$name.part" >> "$work/$name.warm"
  rm "$work/$name.part"
}

few() {
  local name
  project empty ''
  project few 'pay;refund;bill'
  stop_server
  for ((i = 0; i < warmup; i++)); do
    for name in empty few; do with_server "$name"; done
  done
  rm "$work/empty.warm" "$work/few.warm"
  for ((i = 0; i < runs; i++)); do
    for name in empty few; do with_server "$name"; done
  done
  stop_server
  for name in empty few; do
    printf 'dotnet build, %-48s %8.2f s of CPU, median %.2f\n' "$name" "$(least "$work/$name.warm" 2)" "$(median "$work/$name.warm" 2)"
  done
  bound 'pay;refund;bill add to the build' "$(awk "BEGIN { print $(least "$work/few.warm" 2) - $(least "$work/empty.warm" 2) }")" 1.5 's of CPU'

  for name in empty few; do timed /dev/null dotnet build "$work/$name" --no-restore --no-incremental; done
  for ((i = 0; i < runs; i++)); do
    for name in empty few; do timed "$work/$name.times" dotnet build "$work/$name" --no-restore --no-incremental; done
  done
  printf 'without a server: %.2f s, empty %.2f\n' "$(least "$work/few.times")" "$(least "$work/empty.times")"
}

whole() {
  local sdk environment
  project all all
  stop_server
  # The analyzers of the SDK have a share of their own: first without them.
  for ((i = 0; i < warmup; i++)); do with_server all -p:RunAnalyzers=false; done
  rm "$work/all.warm"
  for ((i = 0; i < runs; i++)); do with_server all -p:RunAnalyzers=false; done
  mv "$work/all.warm" "$work/all.compiler"
  with_server all
  rm "$work/all.warm"
  for ((i = 0; i < runs; i++)); do with_server all; done
  # Reporting costs time of its own.
  for ((i = 0; i < runs; i++)); do
    timed /dev/null dotnet build "$work/all" --no-restore --no-incremental -p:UseSharedCompilation=true -p:ReportAnalyzer=true --verbosity detailed
    # The name of the generator's assembly and the seconds before it.
    sed -nE 's/^ *<?([0-9.]+) +<?[0-9]+ +WeChatPay\.Generator, Version.*/\1 0/p' "$work/log" >> "$work/generator.times"
  done
  stop_server
  printf 'all: the compiler with the generator and the analyzers of the SDK %.2f s of CPU\n' "$(least "$work/all.warm")"
  bound 'all: the generator, elapsed in the compiler' "$(least "$work/generator.times")" 1.2 's'
  bound 'all: the compiler with the generator' "$(least "$work/all.compiler")" 26.2 's of CPU'

  # The compiler alone, called as MSBuild would call it.
  rm -rf "$work/all/bin" "$work/all/obj/Debug"
  dotnet build "$work/all" --no-restore --verbosity quiet -t:Compile -p:SkipCompilerExecution=true -p:ProvideCommandLineArgs=true > /dev/null
  mv "$work/all/csc.rsp" "$work/all.rsp"
  sdk=$(dotnet msbuild "$work/all" -getProperty:RoslynTargetsPath)
  IFS=';' read -ra environment <<< "$(dotnet msbuild "$work/all" -getProperty:CscEnvironment)"
  for ((i = 0; i < runs; i++)); do
    (cd "$work/all" && timed "$work/all.times" env "${environment[@]}" dotnet exec "$sdk/bincore/csc.dll" "@$work/all.rsp")
  done
  bound 'all: the largest csc' "$(awk "BEGIN { print $(least "$work/all.times" 2) / 1024 }")" 900 'MiB'
  printf 'without a server: %.2f s of CPU\n' "$(least "$work/all.times")"
}

[[ $part == all ]] || few
[[ $part == few ]] || whole
exit "$missed"
