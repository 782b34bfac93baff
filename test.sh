#!/usr/bin/env bash
# Runs every suite and prints "N passed, N failed" over all of them at the end.
set -euo pipefail
cd "$(dirname "$0")"
. eng/requirements.sh
require_dotnet
require_node
require_sqlite
require_browser

results=artifacts/tests
rm -rf "$results"
mkdir -p "$results"
passed=0 failed=0

# count NAME PASSED FAILED: adds one suite's figures to the sum.
count() {
    passed=$((passed + $2)) failed=$((failed + $3))
    printf '%-28s %s passed, %s failed\n' "$1" "$2" "$3"
}

# check NAME COMMAND...: a check that passes or fails as a whole.
check() {
    local name=$1
    shift
    if "$@" > "$results/$name.log" 2>&1; then count "$name" 1 0; else tail -n 60 "$results/$name.log"; count "$name" 0 1; fi
}

# suite PROJECT: an xunit suite. Its runner's last lines hold the figures; without them it has failed as a whole.
suite() {
    local name=$1 log="$results/$1.log" summary
    timeout --kill-after=10 900 dotnet "tests/$1/bin/Release/net10.0/KaiChat.$1.dll" -noColor > "$log" 2>&1 || true
    summary=$(grep -E 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+' "$log" | tail -n 1 || true)
    if [ -z "$summary" ]; then
        tail -n 60 "$log"
        count "$name" 0 1
        return
    fi
    local total errors bad skipped
    total=$(sed -E 's/.*Total: ([0-9]+).*/\1/' <<< "$summary")
    errors=$(sed -E 's/.*Errors: ([0-9]+).*/\1/' <<< "$summary")
    bad=$(sed -E 's/.*Failed: ([0-9]+).*/\1/' <<< "$summary")
    skipped=$(sed -E 's/.*Skipped: ([0-9]+).*/\1/' <<< "$summary")
    # sed reads to the end: behind head, a long log would end this script by SIGPIPE, without the figures.
    [ $((bad + errors)) -eq 0 ] || grep -vE '^ +Starting|^$' "$log" | sed -n 1,120p
    # A suite that ran nothing has not passed.
    [ "$total" -gt 0 ] || errors=$((errors + 1))
    count "$name" $((total - bad - skipped)) $((bad + errors))
}

# vitest: the page's unit tests.
vitest() {
    local log="$results/WebClient.json"
    (cd WebClient && npx vitest run --reporter=json --outputFile="../$log") > "$results/WebClient.log" 2>&1 || true
    if [ ! -s "$log" ]; then
        tail -n 60 "$results/WebClient.log"
        count WebClient 0 1
        return
    fi
    count WebClient "$(node -p "require('./$log').numPassedTests")" "$(node -p "const r = require('./$log'); r.numFailedTests + r.testResults.filter(t => t.status === 'failed' && t.assertionResults.length === 0).length")"
}

echo "Building ..."
dotnet build KaiChat.Web.sln --configuration Release --nologo --verbosity quiet -clp:ErrorsOnly
echo "Testing ..."
check Format dotnet format KaiChat.Web.sln --verify-no-changes --no-restore
check TypeCheck npm --prefix WebClient run --silent check
vitest
for project in tests/*/KaiChat.*.csproj; do
    if grep -q '<IsSuite>true' "$project"; then suite "$(basename "$(dirname "$project")")"; fi
done

echo
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
