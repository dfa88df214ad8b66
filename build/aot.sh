#!/usr/bin/env bash
# Publishes tests/AotSmoke, tests/AotSmoke.ShangMi and tests/AotSmoke.Client with Native AOT, fails on any warning of the trimmer or the AOT
# compiler, runs them and prints their sizes. A program that calls two operations of the whole catalogue must stay small.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The AOT compiler calls clang as its linker and links zlib.
missing=()
command -v clang > /dev/null || missing+=(clang)
echo '#include <zlib.h>' | cc -E - > /dev/null 2>&1 || [[ -e /usr/include/zlib.h ]] || missing+=(zlib1g-dev)
if ((${#missing[@]} > 0)); then
  if command -v apt-get > /dev/null && [[ $(id -u) == 0 ]]; then
    echo "aot.sh: installing ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${missing[@]}" > /dev/null
  else
    echo "aot.sh: Native AOT needs ${missing[*]} (Debian's names). Install them and run this again." >&2
    exit 3
  fi
fi

case $(uname -s)-$(uname -m) in
  Linux-x86_64) rid=linux-x64 ;;
  Linux-aarch64) rid=linux-arm64 ;;
  Darwin-arm64) rid=osx-arm64 ;;
  *) echo "aot.sh: no runtime identifier known for $(uname -s) $(uname -m)" >&2; exit 3 ;;
esac

output=artifacts/aot
rm -rf "$output"
mkdir -p "$output"

# smoke PROJECT [LARGEST SIZE IN BYTES]
smoke() {
  local project=$1 limit=${2:-} log=$output/$1.log
  # PublishAot stands in the project: as an argument it would also reach the generator, which is netstandard2.0 and must not have it.
  # Warnings as single lines per member, not one summary per assembly; the grep below holds even where they are not errors.
  if ! dotnet publish "tests/$project" --configuration Release --runtime "$rid" --output "$output/$project" --nologo \
      -p:TrimmerSingleWarn=false -p:TreatWarningsAsErrors=true > "$log" 2>&1; then
    cat "$log" >&2
    exit 1
  fi
  if grep -E ' warning |\bIL[0-9]{4}\b' "$log" >&2; then
    echo "aot.sh: the publish of $project warned" >&2
    exit 1
  fi

  local program=$output/$project/$project size
  "$program"
  size=$(stat -c %s "$program" 2> /dev/null || stat -f %z "$program")
  echo "aot.sh: $project: 0 IL warnings, $size bytes"
  if [[ -n $limit ]] && ((size > limit)); then
    echo "aot.sh: $project is larger than $limit bytes: something keeps code of the client that is not called" >&2
    exit 1
  fi
}

smoke AotSmoke
smoke AotSmoke.ShangMi
smoke AotSmoke.Client 8000000
