# shellcheck shell=sh
# Restoring a team, for deploy/team: laid out in a new volume, brought up without a network, looked at; only then the
# services stop, and the team goes on with it. Nothing of another team is touched.

# From standard input; typed at a terminal, it is not shown. It never stands among the arguments of a process.
read_kit() {
    if [ -t 0 ]; then
        printf 'The key of the emergency kit: ' >&2
        stty -echo
        trap 'stty echo' EXIT
        read -r kit
        stty echo
        trap - EXIT
        say
    else
        kit=$(cat)
    fi
}

image() {
    version=$(kept PAIRS_VERSION)
    printf 'pairs-ops:%s' "${version:-${PAIRS_VERSION:-local}}"
}

# in_volume VOLUME COMMAND: as root, without a network
in_volume() { docker run --rm --network none -u 0:0 -v "$1:/volume" --entrypoint sh "$(image)" -c "$2"; }

# lay_out TO: the volume $restored has the team as it was then, whole and looked at
lay_out() {
    say "1 of $steps: what was written last goes to the shelf"
    if runs backup && runs postgres; then
        compose exec -T backup python -m deploy.backup.drain || [ "$1" != latest ] || say "Going on with what is there."
    else
        say "PostgreSQL does not run here: what it wrote last and had not shipped is not restored."
    fi
    say "2 of $steps: its backup is opened, in a volume of its own"
    export PAIRS_RESTORED_VOLUME=$restored
    task secrets
    printf '%s\n' "$kit" | task fetch deploy.backup.fetch "$slug" "$1" || give_up
    say "3 of $steps: PostgreSQL comes up on it, without a network, and it is looked at"
    compose up -d --wait --no-deps scratch >/dev/null 2>&1 || { compose logs --no-log-prefix --tail 5 scratch >&2; give_up; }
    task examine || give_up
    compose rm -sf scratch >/dev/null 2>&1
}

give_up() {
    compose rm -sf scratch >/dev/null 2>&1 || true
    docker volume rm -f "pairs-${slug}_$restored" >/dev/null
    fail "Nothing was changed: $slug is as it was."
}

rehearse() {
    read_kit
    restored=rehearsal steps=3
    docker volume rm -f "pairs-${slug}_$restored" >/dev/null
    lay_out latest
    docker volume rm -f "pairs-${slug}_$restored" >/dev/null
    compose exec -T backup sh -c 'date -u +%Y%m%dT%H%M%SZ > /backups/rehearsed'
    say "It can be restored. That was noted."
}

restore() {
    [ "${1:-}" = --to ] && [ -n "${2:-}" ] || usage
    read_kit
    began=$(date +%s) steps=5 restored=postgres-$(date -u +%Y%m%dt%H%M%S)
    replaced=$(kept PAIRS_POSTGRES_VOLUME)
    replaced=${replaced:-postgres}
    lay_out "$2"
    say "4 of $steps: the team goes on with it; it was away from now on"
    stopped=$(date +%s)
    compose rm -sf referral consultation training backup postgres
    # nobody can come up on what was replaced by mistake; its data stay
    in_volume "pairs-${slug}_$replaced" 'cd /volume/global 2>/dev/null && mv pg_control pg_control.replaced || true'
    in_volume "pairs-${slug}_$restored" 'rm -rf /volume/restored-wal'
    keep RESTORED yes
    keep PAIRS_POSTGRES_VOLUME "$restored"
    up
    opened=$(date +%s)
    open_host
    say "5 of $steps: a copy of everything as it is now"
    backup
    say "$slug is as it was. That took $(($(date +%s) - began)) s; its pages were away for $((opened - stopped)) s."
    say "What it was before is in the volume pairs-${slug}_$replaced, which does not start by itself (pg_control.replaced)."
}
