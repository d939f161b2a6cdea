# shellcheck shell=sh
# What an assessor asks of a team, for deploy/team: what Docker knows here, and the rest from deploy/compose/evidence.py.

evidence() {
    [ -n "$(compose ps -q 2>/dev/null)" ] || fail "No $slug runs here."
    probed=$(probe 2>&1) && refused=true || refused=false
    {
        docker ps --filter "label=com.docker.compose.project=pairs-$slug" --format '{{.ID}}' | xargs docker inspect --format \
            '{"container": {{json .Name}}, "image": {{json .Config.Image}}, "digest": {{json .Image}}, "started": {{json .State.StartedAt}}, "user": {{json .Config.User}}, "read_only": {{json .HostConfig.ReadonlyRootfs}}, "published": {{json .HostConfig.PortBindings}}}'
        printf '{"backup": %s}\n' "$(status --json 2>/dev/null || true)" | sed 's/: }$/: null}/'
        printf '{"probe": "%s", "refused": %s}\n' "$(printf %s "$probed" | tr '\n' ' ' | tr -d '"\\[:cntrl:]')" "$refused"
        printf '{"rehearsed": "%s"}\n' "$(compose exec -T backup cat /backups/rehearsed 2>/dev/null || true)"
    } | task read deploy.compose.evidence "$slug" "$@"
}
