#!/bin/sh
# Brings .venv in step with a lock file: tools/venv.sh requirements.txt [requirements-dev.txt]
# A second call takes no time: the lock file's content is kept as a stamp inside .venv.
set -eu
cd "$(dirname "$0")/.."
lock=$1
stamp=.venv/.installed
wanted=$(cat requirements.txt "$lock" | cksum)

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null; }

usable() { fits .venv/bin/python && { [ -f "$stamp" ] || .venv/bin/python -m pip --version >/dev/null 2>&1; }; }

if [ -x .venv/bin/python ] && ! usable; then
    echo "The virtual environment is unfinished, or its Python is gone or does not fit; it is made anew."
    rm -rf .venv
fi
# The developers' lock file holds everything the other one does.
if [ -x .venv/bin/python ] && [ -f "$stamp" ]; then
    for enough in "$wanted" "$(cat requirements.txt requirements-dev.txt | cksum)"; do
        [ "$(cat "$stamp")" = "$enough" ] && exit 0
    done
fi
if [ ! -x .venv/bin/python ]; then
    for candidate in "${PYTHON:-}" python3.11 python3.12 python3.13 python3.14 python3; do
        if [ -n "$candidate" ] && fits "$candidate"; then found=$candidate; break; fi
    done
    if [ -z "${found:-}" ]; then
        echo "Python 3.11, 3.12, 3.13 or 3.14 is needed and was not found. PYTHON=/path/to/python3.11 names one." >&2
        exit 1
    fi
    if ! "$found" -m venv .venv; then
        rm -rf .venv
        echo "$found cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv" >&2
        exit 1
    fi
fi
rm -f "$stamp"
echo "Installing the packages of $lock (the first time about a minute) ..."
PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore \
    .venv/bin/python -m pip install --quiet --no-input --require-hashes -r "$lock"
echo "$wanted" > "$stamp"
