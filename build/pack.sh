#!/usr/bin/env bash
# Packs all packages into artifacts/packages. Further arguments go to `dotnet pack`: -p:Version=1.2.3, -o /some/folder, …
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

projects=(
  runtime/WeChatPay.Runtime
  runtime/WeChatPay.AspNetCore
  runtime/WeChatPay.Sandbox
  generator/WeChatPay.Generator # the package WeChatPay.Generated
)

rm -f artifacts/packages/WeChatPay.*.nupkg
for project in "${projects[@]}"; do
  dotnet pack "$project" --configuration Release --nologo --verbosity quiet "$@"
done
