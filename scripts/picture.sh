#!/bin/sh
# picture.sh PROGRAM: draws docs/dossier.png, the page of the first sample in a window of 1400 by 1640, with headless Chromium.
set -eu
program=$(realpath "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$program" demo --html "$folder/page.html" >/dev/null
chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$folder/chromium" \
    --window-size=1400,1640 --screenshot="$folder/page.png" "file://$folder/page.html" 2>/dev/null
# A palette makes it a quarter of the size; without the tool it stays as it is.
if command -v pngquant >/dev/null; then pngquant --force --output "$folder/page.png" "$folder/page.png"; fi
cp "$folder/page.png" docs/dossier.png
