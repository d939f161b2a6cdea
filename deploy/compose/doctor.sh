# shellcheck shell=sh
# Is everything as it must be, for deploy/team: the region's servers and processes, and each team's with its own PostgreSQL.

# doctor [SLUG] [--json]: with --json a line of JSON for the region and for each team
doctor() {
    json=
    for word in "${slug:-}" "$@"; do
        case $word in
        --json) json=--json ;;
        '' | "${slug:-}") ;;
        *) usage ;;
        esac
    done
    [ "${slug:-}" != --json ] || slug=
    if [ -n "${slug:-}" ]; then check; look_at "$slug"; return; fi
    ended=0
    (look_at_region) || ended=$?
    for slug in $(list | cut -f1); do
        (look_at "$slug") || ended=$?  # in a shell of its own: what one finds is not for the next to forget
    done
    return $ended
}

# unwell COMPOSE HINT: what the Compose file says should be there and is not, or is not well; what does not run cannot say so.
unwell() {
    seen=$($1 ps -a --format '{{.Service}} {{.State}} {{.Health}}' | grep -Ev '^(secrets|provision) ' || true)
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
    closed=$(kept CLOSED) not_well= checks= backups= ended=0
    if [ -n "$closed" ]; then
        say "$1: closed ($closed), so its services do not run; deploy/team resume $1 brings them back"
        ! runs backup || backups=$(status $json) || ended=$?
    else
        say "$1"
        not_well=$(unwell compose "docker compose -p pairs-$1 logs says why; deploy/team add $1 starts what does not run") || ended=1
        checks=$(task pairs doctor --only "$1" $json) || ended=$?
        backups=$(status $json) || ended=$?
    fi
    show "$1"
    return $ended
}

look_at_region() {
    say region
    closed='' not_well='' checks='' backups='' ended=0
    not_well=$(unwell region "docker compose logs says why; docker compose up -d starts what does not run") || ended=1
    not_well=$(printf '%s\n' "$not_well"; region run --rm --no-deps -T certificate) || ended=1
    checks=$(region run --rm --no-deps -T pairs doctor --only region $json) || ended=$?
    show region
    return $ended
}

show() {
    if [ -z "$json" ]; then
        for one in "$not_well" "$checks" "$backups"; do [ -z "$one" ] || printf '%s\n' "$one" | grep .; done
        return
    fi
    listed=$(printf '%s' "$not_well" | grep . | tr -d '"\\' | sed 's/^ *NOT WELL: //; s/.*/"&"/' | paste -sd, -)
    printf '{"of": "%s", "closed": "%s", "not_well": [%s], "checks": %s, "backup": %s}' \
        "$1" "$closed" "$listed" "${checks:-null}" "${backups:-null}" | tr -d '\n'
    printf '\n'
}
