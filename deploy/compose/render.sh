# shellcheck shell=sh
# A team on Docker Swarm, for deploy/team: the stack on standard output; docs/scaling.md says how it is run.

render() {
    [ "${1:-}" = --stack ] || usage
    compose config --format json | docker run --rm -i --network none "$(image)" deploy.compose.stack
}
