#!/usr/bin/env bash
# Builds everything and starts the server. Settings follow: ./run.sh --KaiChat:Port=29201
set -euo pipefail
cd "$(dirname "$0")"
. eng/requirements.sh
require_dotnet
require_node
require_sqlite

echo "Building (the first time takes about a minute) ..."
dotnet build Server/KaiChat.Server.csproj --configuration Release --nologo --verbosity quiet -clp:ErrorsOnly
exec dotnet Server/bin/Release/net10.0/KaiChat.Server.dll "$@"
