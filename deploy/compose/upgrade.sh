# shellcheck shell=sh
# Another version of a team's services, for deploy/team, while they serve: the tables are expanded for both, a container
# of the new version takes the socket of each service when it is ready, and the old one ends what it has begun.

earlier=

# roll: each service's container anew, as `compose` describes it now, without a moment in which nobody serves. What an
# interrupted one left goes on serving until its successor does. From the first that is ready there is a way back to $earlier.
roll() {
    for service in referral consultation training; do
        beside=pairs-$slug-$service-beside
        if ! docker inspect "$beside" >/dev/null 2>&1; then
            compose run -d --no-deps --name "$beside" "$service" >/dev/null
        fi
        if ! comes_up "$beside"; then
            docker logs --tail 3 "$beside" >&2
            docker rm -f "$beside" >/dev/null
            fail "$service does not become ready: what served before serves on. Run the same again."
        fi
        [ -z "$earlier" ] || keep EARLIER_VERSION "$earlier"
        compose up -d --no-deps --force-recreate --wait "$service" >/dev/null 2>&1 || fail "$service: $beside serves on."
        docker stop "$beside" >/dev/null
        docker rm "$beside" >/dev/null
        say "   $service"
    done
}

comes_up() {
    for _ in $(seq 120); do
        case $(docker inspect --format '{{.State.Status}} {{.State.Health.Status}}' "$1") in
        'running healthy') return 0 ;;
        exited* | dead*) return 1 ;;
        esac
        sleep 1
    done
    return 1
}

upgrade() {
    version=$(kept PAIRS_VERSION)
    runs_now=${version:-${PAIRS_VERSION:-local}}
    case ${1:-} in
    --to) to "${2:?a version}" ;;
    --back) back ;;
    --finish) finish ;;
    *) usage ;;
    esac
}

to() {
    for image in ops referral consultation training; do
        docker image inspect "pairs-$image:$1" >/dev/null 2>&1 || fail "There is no image pairs-$image:$1 here: build or pull it first."
    done
    say "1 of 3: a copy of everything, as it is with $runs_now"
    backup
    version=$1
    say "2 of 3: tables that $runs_now and $1 can both work with"
    task pairs migrate "$slug" --while-serving || fail "Nothing was changed: $slug runs $runs_now."
    task provision >/dev/null || fail "Accounts and tables are for both: $slug runs $runs_now."  # and may what $1 asks of Redis
    say "3 of 3: each service, the new one beside the old one until it is ready"
    earlier=
    [ "$runs_now" = "$1" ] || earlier=$runs_now
    roll
    keep PAIRS_VERSION "$1"
    up >/dev/null 2>&1
    say "$slug runs $1. Back: deploy/team upgrade $slug --back. When nobody wants to go back: deploy/team upgrade $slug --finish"
}

back() {
    version=$(kept EARLIER_VERSION)
    [ -n "$version" ] || fail "There is nothing to go back to: the last upgrade of $slug was finished, or there was none."
    say "Back from $runs_now to $version, on the same tables"
    roll
    keep PAIRS_VERSION "$version"
    keep EARLIER_VERSION ""
    up >/dev/null 2>&1
    say "$slug runs $version."
}

finish() {
    say "What only versions before $runs_now need goes: there is no way back to them from here"
    task pairs migrate "$slug" --finish
    keep EARLIER_VERSION ""
}
