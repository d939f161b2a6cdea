# shellcheck shell=sh
# Other passwords for a team, for deploy/team, while its services run. None of them is ever typed or shown.

rotate() {
    case ${1:-} in
    postgres)
        task rotate postgres
        task secrets
        say "PostgreSQL: each account of $slug has another password, and so has its operator."
        ;;
    redis)
        say "1 of 3: the new passwords open beside the earlier ones"
        task rotate redis
        say "2 of 3: each service with the new one"
        roll
        say "3 of 3: the earlier ones are shut"
        task rotate redis-alone
        ;;
    kit)
        compose run --rm --no-deps -T --entrypoint rm kit -f /secrets/backup/recipient
        task kit
        backup
        say "From now on backups are for this kit. Those from before are for the one before: keep it for five weeks."
        ;;
    *) usage ;;
    esac
}
