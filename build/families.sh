#!/usr/bin/env bash
# Writes build/WeChatPay.Generated.Families.props and build/FAMILIES.md anew from build/families.json. Run it after editing the latter.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
dotnet run --project PackTool/PackTool.csproj -- families families.json WeChatPay.Generated.Families.props FAMILIES.md
