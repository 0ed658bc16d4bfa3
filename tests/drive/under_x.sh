#!/usr/bin/env bash
# The newcomer's tasks in real windows, under an X server and a window manager of their own: first newcomer.json, then
# what needs a real dialog, real keys and a window that is closed and opened again.
# usage: newcomer.sh NANOSCOPE PROJECT_FOLDER
set -euo pipefail
nanoscope=$1
project=$2

scratch=$(mktemp -d)
children=()
finish() {
    for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$scratch"
}
trap finish EXIT
fail() { echo "newcomer: $*" >&2; exit 1; }

Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp 3>"$scratch/display" 2>/dev/null &
children+=($!)
for _ in $(seq 100); do [ -s "$scratch/display" ] && break; sleep 0.1; done
[ -s "$scratch/display" ] || fail "Xvfb did not start"
export DISPLAY=:$(cat "$scratch/display")
export HOME=$scratch XDG_CONFIG_HOME=$scratch/config XDG_DATA_HOME=$scratch/data XDG_RUNTIME_DIR=$scratch
export QT_QPA_PLATFORM=xcb LC_ALL=C.UTF-8
openbox --sm-disable >/dev/null 2>&1 &
children+=($!)

"$nanoscope" --replay "$project/tests/drive/newcomer.json" --size 1280x800

# Waits for a window whose title contains $1, and prints its number.
window_titled() {
    for _ in $(seq 300); do
        xdotool search --onlyvisible --name "$1" 2>/dev/null | head -n 1 | grep . && return
        sleep 0.1
    done
    fail "no window is titled \"$1\""
}
# Gives keys to the window with the focus, as a person types.
keys() { xdotool key --clearmodifiers --delay 50 "$@"; }
focus() {
    for _ in $(seq 100); do xdotool windowactivate --sync "$1" 2>/dev/null && break; sleep 0.1; done
    sleep 0.3
}

# Open a file by the dialog.
"$nanoscope" --size 1280x800 2>"$scratch/errors" &
program=$!
children+=($program)
window=$(window_titled Nanoscope)
focus "$window"
keys ctrl+o
focus "$(window_titled 'Open a file')"
xdotool type --delay 5 "$project/data/real_weights.h5"
keys Return
window_titled conv2d_24 >/dev/null

# Save a session by the dialog, change a format by its key, see the star, undo it.
focus "$window"
keys ctrl+s
focus "$(window_titled 'Save session')"
xdotool type --delay 5 "$scratch/mine.nanoscope.json"
keys Return
window_titled '^mine.nanoscope.json ' >/dev/null
grep -q '"pose/conv2d_24"' "$scratch/mine.nanoscope.json" || fail "the session does not name the tensor"
focus "$window"
keys 7
window_titled '^mine.nanoscope.json[*]' >/dev/null
keys ctrl+z
window_titled '^mine.nanoscope.json ' >/dev/null

# A window that is killed leaves its session behind, and the next one offers it.
keys 7
window_titled '^mine.nanoscope.json[*]' >/dev/null
for _ in $(seq 100); do
    grep -qs '"NVFP4"' "$scratch"/data/nanoscope/nanoscope/sessions/*.nanoscope.json && break
    sleep 0.1
done
kill -9 "$program"
wait "$program" 2>/dev/null || true
"$nanoscope" --size 1280x800 2>>"$scratch/errors" &
program=$!
children+=($program)
window=$(window_titled Nanoscope)
focus "$window"
xdotool mousemove --window "$window" 1145 95 click 1  # "Restore its session", at 1280 x 800
window_titled conv2d_24 >/dev/null

# It closes in order.
focus "$window"
keys ctrl+q
for _ in $(seq 100); do kill -0 "$program" 2>/dev/null || break; sleep 0.1; done
kill -0 "$program" 2>/dev/null && fail "the window does not close"
ls "$scratch"/data/nanoscope/nanoscope/sessions/*.json >/dev/null 2>&1 && fail "a copy of the session was left behind"
echo "newcomer: all tasks done"
