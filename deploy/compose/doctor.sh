# shellcheck shell=sh
# Is everything as it must be, for deploy/team: the region's servers and processes, and each team's with its own PostgreSQL.

doctor() {
    if [ -n "${slug:-}" ]; then check; look_at "$slug"; return; fi
    ended=0
    look_at_region || ended=$?
    for slug in $(list | cut -f1); do
        look_at "$slug" || ended=$?
    done
    return $ended
}

# Docker knows what should be there; what does not run cannot say so itself.
look_at() {
    [ -n "$(compose ps -aq 2>/dev/null)" ] || fail "There is no $1 here."
    say "$1"
    ended=0
    stopped=$(compose ps -a --format '{{.Service}} {{.State}} {{.Health}}' | grep -Ev '^(secrets|provision) ' | grep -v ' running healthy$' || true)
    if [ -n "$stopped" ]; then
        printf '%s\n' "$stopped" | sed 's/^/   NOT WELL: /; s/$/ (docker compose -p pairs-'"$1"' logs says why; deploy\/team add '"$1"' starts what does not run)/'
        ended=1
    fi
    task pairs doctor --only "$1" || ended=$?
    status || ended=$?
    return $ended
}

look_at_region() {
    say region
    ended=0
    stopped=$(region ps -a --format '{{.Service}} {{.State}} {{.Health}}' | grep -Ev '^(secrets|provision) ' | grep -Ev ' running (healthy)?$' || true)
    if [ -n "$stopped" ]; then
        printf '%s\n' "$stopped" | sed 's/^/   NOT WELL: /; s/$/ (docker compose logs says why; docker compose up -d starts what does not run)/'
        ended=1
    fi
    region run --rm --no-deps -T pairs doctor --only region || ended=$?
    return $ended
}
