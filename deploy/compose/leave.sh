# shellcheck shell=sh
# How a team pauses and goes, for deploy/team. Whatever killed it, run it again: it goes on where it stopped.

close_host() { route "rm -f /routes/$slug /routes/.figures/$slug.json"; }

# Gone and not only stopped: the Engine starts at its next start what was stopped. Their logs go with them.
stop_services() {
    logs=deploy/compose/teams/$slug-$(date -u +%Y%m%dT%H%M%SZ).log
    (umask 077; compose logs --no-color --timestamps referral consultation training > "$logs") ||
        say "Not all that the services of $slug wrote could be kept."
    if [ -s "$logs" ]; then say "$logs has what the services of $slug wrote."; else rm -f "$logs"; fi
    said=$(compose rm -sf referral consultation training 2>&1) || fail "$said
Docker did not end the services of $slug: run the same again."
}

# What a killed command had begun goes on by itself: it would make accounts anew, or serve on, behind who closes them.
stop_what_was_begun() {
    docker ps -aq --filter "label=com.docker.compose.project=pairs-$slug" --filter label=com.docker.compose.oneoff=True |
        xargs -r docker rm -f >/dev/null
}

suspend() {
    keep CLOSED suspended
    close_host
    stop_services
    stop_what_was_begun
    task leave suspend "$slug"
}

remove() {
    keep CLOSED left
    close_host
    stop_services
    runs backup && backup
    stop_what_was_begun
    task leave remove "$slug"
    say "$slug has left. Its data and backups stay; deploy/team resume $slug is the way back, deploy/team destroy the end."
}

# callers FOLDER: what whoever called means by it
callers() { case $1 in /*) printf %s "$1" ;; *) printf %s "$from/$1" ;; esac; }

# take_along FOLDER: what a team has, for whoever goes on with it; each file whole or not there
take_along() {
    [ -n "${1:-}" ] || usage
    folder=$(callers "$1")
    mkdir -p "$folder"
    compose up -d --no-deps --wait --quiet-pull postgres >/dev/null 2>&1 || fail "PostgreSQL of $slug does not start."
    for one in referral.dump.age consultation.dump.age training.dump.age about.json; do
        task read deploy.backup.leaving "$slug" "${one%%.*}" > "$folder/.$slug-$one" ||
            { rm -f "$folder/.$slug-$one"; fail "$folder has no whole export: nothing else was changed."; }
        mv "$folder/.$slug-$one" "$folder/$slug-$one"
    done
    (cd "$folder" && sha256sum "$slug"-*.age "$slug"-about.json > "$slug.sha256")
    say "$folder has all of $slug, for its emergency kit: age -d -i KIT $slug-referral.dump.age | pg_restore --list"
}

destroy() {
    [ "${1:-}" = --export ] && [ -n "${2:-}" ] || usage
    gone=deploy/compose/teams/$slug.destroyed
    going=$(sed -n 's/^going //p' "$gone" 2>/dev/null || true)
    [ ! -f "$gone" ] || [ -n "$going" ] || { say "$slug was destroyed: $(cat "$gone")"; exit 0; }
    [ -n "$going" ] || is_here || fail "There is no $slug here."
    must_be_typed "All of $slug goes from this machine for good: data, keys, backups."
    if [ -z "$going" ]; then
        say "1 of 3: all of it for whoever goes on with it, into $2"
        keep CLOSED left
        close_host
        stop_services
        has_export "$2" || { take_along "$2"; keep DESTROYING "$(sum_of "$2")"; }
        going=$(kept DESTROYING)
        say "2 of 3: what the region and Redis have of it"
        stop_what_was_begun
        task leave forget "$slug"
        write_whole "going $going"
    fi
    say "3 of 3: containers, volumes, network, secrets"
    take_away
    write_whole "$slug, on $(date -u +%FT%TZ); what was exported has the sum $going"
    tell_what_is_left
    say "Nothing of $slug is left here. $gone says so, and keeps its name from ever being used again."
    say "Copies that were carried elsewhere are yours to delete: without the kit nobody can open them."
}

# Half of it would say that nothing is left.
write_whole() { printf '%s\n' "$1" > "$gone.new"; mv "$gone.new" "$gone"; }

must_be_typed() {
    printf '%s Type its name: ' "$1" >&2
    read -r typed || typed=
    [ "$typed" = "$slug" ] || fail "Nothing was changed."
}

sum_of() { cut -c1-64 "$(callers "$1")/$slug.sha256" | sha256sum | cut -c1-64; }

# has_export FOLDER: whole, and the one that this destruction took; `resume` and whoever opens it again makes it void
has_export() {
    [ -n "$(kept DESTROYING)" ] && [ -f "$(callers "$1")/$slug.sha256" ] && [ "$(kept DESTROYING)" = "$(sum_of "$1")" ] &&
        (cd "$(callers "$1")" && sha256sum --quiet -c "$slug.sha256" >/dev/null 2>&1)
}

# Of an `add` that never came to its end. A version before this one did not keep OPENED: then what it has says so.
abandon() {
    way_out="deploy/team remove $slug, then deploy/team destroy $slug."
    [ -z "$(kept OPENED)$(kept CLOSED)" ] || fail "$slug was opened: $way_out"
    must_be_typed "All of $slug goes from this machine for good, and nothing of it is exported."
    [ "$(route "ls /routes/$slug 2>/dev/null || echo none")" = none ] || fail "$slug is open: $way_out"
    is_unused || fail "$slug has been used ($why), or it cannot be seen whether it was: $way_out"
    stop_what_was_begun
    task leave abandon "$slug" || exit 1
    take_away
    tell_what_is_left
    say "Nothing of $slug is left. It can be added again."
}

# is_unused: nobody has signed in and nothing has happened, in any of its databases
is_unused() {
    why="its volume cannot be read" volume=$(kept PAIRS_POSTGRES_VOLUME)
    # of a cluster that was made only half PostgreSQL does not come up; besides its own three there is no database in it
    case $(in_volume "pairs-${slug}_${volume:-postgres}" 'ls /volume/base 2>/dev/null | wc -l') in
    [0-3]) return 0 ;;
    '') return 1 ;;
    esac
    why="PostgreSQL does not start"
    compose up -d --no-deps --wait --quiet-pull postgres >/dev/null 2>&1 || return 1
    databases=$(psql_says postgres "SELECT datname FROM pg_database WHERE datname LIKE 'pairs%'") || return 1
    for database in $databases; do
        for table in account outbox; do
            why="$table in $database"
            # whatever ended without a word has not said that nothing is there
            if said=$(psql_says "$database" "SELECT 'used' FROM $table LIMIT 1" 2>&1); then
                [ -z "$said" ] || return 1
            else
                case $said in *'does not exist'*) ;; *) return 1 ;; esac
            fi
        done
    done
}

psql_says() { compose exec -T postgres psql -U postgres -d "$1" -Atc "$2" </dev/null; }

# In a volume they went with it; a folder is the operator's.
tell_what_is_left() {
    [ -z "$left" ] || fail "All else of $slug is gone, but its backups could not be deleted. Where PAIRS_BACKUPS names a folder, delete $slug in it yourself."
}

# Twice is as good as once: each step takes what there is.
take_away() {
    left=
    task --entrypoint sh secrets -c 'find /backups -mindepth 1 -delete' || left=backups
    of="label=com.docker.compose.project=pairs-$slug"
    docker ps -aq --filter "$of" | xargs -r docker rm -f >/dev/null
    docker volume ls -q --filter "name=^pairs-${slug}_" | xargs -r docker volume rm >/dev/null
    docker network ls -q --filter "$of" | xargs -r docker network rm >/dev/null
    route "rm -rf /routes/$slug /routes/.figures/$slug.json /http/$slug"
    # of this form, as another team's name may begin with this one's
    rm -f "$(state)" "deploy/compose/teams/$slug"-????????T??????Z.log
}
