# What the scripts need besides this repository, checked with advice. Read by run.sh and test.sh.

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

require_dotnet() {
    command -v dotnet > /dev/null || fail "The .NET SDK 10 is missing. Install it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again."
    local sdk
    sdk=$(dotnet --list-sdks 2> /dev/null | cut -d. -f1 | sort -n | tail -n 1)
    [ "${sdk:-0}" -ge 10 ] || fail "The .NET SDK 10 is needed, but the newest one here is ${sdk:-none}. Install it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again."
    export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
}

require_node() {
    command -v node > /dev/null || fail "Node.js 20 or newer is missing. Install it from https://nodejs.org and run this again."
    local major
    major=$(node --version | sed -E 's/^v([0-9]+).*/\1/')
    [ "$major" -ge 20 ] || fail "Node.js 20 or newer is needed, but this is $(node --version). Install it from https://nodejs.org and run this again."
    command -v npm > /dev/null || fail "npm is missing. It comes with Node.js: install that from https://nodejs.org and run this again."
}

require_sqlite() {
    [ "$(uname)" = Linux ] || return 0
    ldconfig -p 2> /dev/null | grep -q 'libsqlite3\.so\.0' || install_package libsqlite3-0
}

require_browser() {
    command -v chromium-headless-shell > /dev/null || install_package chromium-headless-shell
}

# install_package NAME: installs a Debian package where that is possible, and otherwise says how.
install_package() {
    if command -v apt-get > /dev/null && [ "$(id -u)" -eq 0 ]; then
        echo "Installing the Debian package $1 ..."
        if (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1") > /dev/null 2>&1; then return 0; fi
        fail "The Debian package $1 could not be installed. Try: apt-get update && apt-get install $1"
    fi
    fail "$1 is missing. On Debian and Ubuntu: sudo apt-get install $1. Elsewhere, install the package of that name and run this again."
}
