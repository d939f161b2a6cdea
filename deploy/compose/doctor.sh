# shellcheck shell=sh
# Is everything as it must be, for deploy/team: the region's servers and processes, and each team's with its own PostgreSQL.

doctor() {
    if [ -n "${slug:-}" ]; then check; look_at "$slug"; return; fi
    ended=0
    (look_at_region) || ended=1
    for slug in $(list | cut -f1); do
        (look_at "$slug") || ended=1  # in a shell of its own: what one finds is not for the next to forget
    done
    return $ended
}

# unwell COMPOSE HINT: what the Compose file says should be there and is not, or is not well; what does not run cannot say so.
unwell() {
    seen=$($1 ps -a --format '{{.Service}} {{.State}} {{.Health}}' | grep -Ev '^(secrets|provision) ')
    for one in $($1 config --services | grep -vx -e secrets -e provision); do
        printf '%s\n' "$seen" | grep -q "^$one " || seen="$seen
$one is_not_there"
    done
    seen=$(printf '%s\n' "$seen" | grep -Ev ' running (healthy)? *$' | grep .) || return 0
    printf '%s\n' "$seen" | while read -r one state; do printf '   NOT WELL: %s %s (%s)\n' "$one" "$state" "$2"; done
    return 1
}

look_at() {
    [ -n "$(compose ps -aq 2>/dev/null)" ] || fail "There is no $1 here."
    if [ -n "$(kept CLOSED)" ]; then
        say "$1: closed ($(kept CLOSED)), so its services do not run; deploy/team resume $1 brings them back"
        ! runs backup || status
        return
    fi
    say "$1"
    ended=0
    unwell compose "docker compose -p pairs-$1 logs says why; deploy/team add $1 starts what does not run" || ended=1
    task pairs doctor --only "$1" || ended=$?
    status || ended=$?
    return $ended
}

look_at_region() {
    say region
    ended=0
    unwell region "docker compose logs says why; docker compose up -d starts what does not run" || ended=1
    region run --rm --no-deps -T pairs doctor --only region || ended=$?
    return $ended
}
