#!/bin/sh
# Draws the icons of the installed page from their SVG, with the Chromium that the tests use. Run it when one of the drawings changed; the PNG files are committed.
set -eu
cd "$(dirname "$0")/../WebClient"
chromium=${CHROMIUM:-$(command -v chromium-headless-shell || command -v chromium)}

draw() { # source, size, target
  page=$(mktemp --suffix=.html)
  printf '<style>*{margin:0}img{display:block}</style><img src="file://%s" width="%s" height="%s">' "$PWD/$1" "$2" "$2" >"$page"
  "$chromium" --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1 --default-background-color=00000000 \
    --window-size="$2,$2" --screenshot="$PWD/public/$3" "file://$page" >/dev/null 2>&1
  rm "$page"
}

draw public/favicon.svg 192 icon-192.png
draw public/favicon.svg 512 icon-512.png
draw icons/maskable.svg 512 icon-maskable-512.png
draw icons/maskable.svg 180 apple-touch-icon.png
