#!/usr/bin/env bash
# Packs all packages into artifacts/packages:  bash build/pack.sh [--output FOLDER] [arguments of `dotnet pack`, such as -p:Version=1.2.3]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

output=$PWD/artifacts/packages
if [[ ${1:-} == --output ]]; then
  output=$2
  shift 2
fi

projects=(
  runtime/WeChatPay.Runtime
  runtime/WeChatPay.AspNetCore
  runtime/WeChatPay.Redis
  runtime/WeChatPay.ShangMi
  runtime/WeChatPay.Sandbox
  runtime/WeChatPay.Tool
  runtime/WeChatPay.Client
  generator/WeChatPay.Generator # the package WeChatPay.Generated
)

# Packages of an earlier version beside the new ones would leave it to chance which a consumer gets.
rm -f "$output"/WeChatPay.*.nupkg
for project in "${projects[@]}"; do
  dotnet pack "$project" --configuration Release --output "$output" --nologo --verbosity quiet "$@"
done
ls -l "$output"/WeChatPay.*.nupkg
