#!/usr/bin/env bash
# Runs a program under an X server and a window manager of its own. Where something for that is not installed it says
# so and exits with 77: skipped.
# usage: under_x.sh PROGRAM [ARGUMENT]...
set -euo pipefail

for needed in Xvfb openbox xdotool; do
    command -v "$needed" >/dev/null || { echo "skipped: $needed is not installed"; exit 77; }
done

scratch=$(mktemp -d)
children=()
finish() {
    for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$scratch"
}
trap finish EXIT
# Tries a command until it succeeds.
await() {
    for _ in $(seq 600); do "$@" >/dev/null 2>&1 && return; sleep 0.1; done
    echo "under_x: not within a minute: $*" >&2
    exit 1
}

Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp 3>"$scratch/display" 2>/dev/null &
children+=($!)
await test -s "$scratch/display"
export DISPLAY=:$(cat "$scratch/display")
export QT_QPA_PLATFORM=xcb LC_ALL=C.UTF-8
HOME=$scratch openbox --sm-disable >/dev/null 2>&1 &
children+=($!)
await xdotool get_num_desktops
"$@"
