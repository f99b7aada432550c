# Python packages of PyPI, each set in an environment of its own below $TOOLS. Sourced by cases; needs python3-venv.
# shellcheck source=debian.sh
. "$(dirname "${BASH_SOURCE[0]}")/debian.sh"

# python_with REQUIREMENT...: prints the python that has these packages.
python_with() {
    local at
    at=$TOOLS/python/$(python3 -c 'import platform; print(platform.python_version())')-$(printf '%s\n' "$@" | paste -sd+)
    if [ ! -e "$at/complete" ]; then
        mkdir -p "$TOOLS/python" "$TOOLS/locks"
        (
            flock 9
            [ ! -e "$at/complete" ] || exit 0
            # An environment cannot be moved, so this one says itself that it is complete.
            rm -rf "$at"
            python3 -m venv "$at" >"$at.log" 2>&1 || unavailable "cannot make a Python environment: $(tail -n 1 "$at.log")"
            "$at/bin/pip" install --quiet --disable-pip-version-check "$@" >"$at.log" 2>&1 ||
                unavailable "cannot get $* of PyPI: $(grep -m1 '^ERROR' "$at.log")"
            touch "$at/complete"
        ) 9>"$TOOLS/locks/python" || exit
    fi
    echo "$at/bin/python"
}
