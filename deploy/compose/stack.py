"""A team as a Docker Swarm stack, made from the very Compose file that runs it on one machine.

    docker compose … config --format json | python -m deploy.compose.stack > stack.json

`deploy/team render SLUG` does that. A stack knows no order and no jobs: what runs once is left out, and is run as ever;
until it was, a service ends and Swarm starts it again. Volumes are there before, and so are networks: overlays of the
same names with `-swarm` behind.
"""

import json
import sys
from collections.abc import Mapping
from typing import Any

_KEPT = ("image", "command", "entrypoint", "environment", "user", "read_only", "cap_drop", "cap_add")
_KEPT_TOO = ("healthcheck", "labels", "logging", "init", "stop_grace_period")
_ALONE = frozenset({"postgres", "backup"})
"""Two at once would write the same files."""
Described = Mapping[str, Any]


def stack_of(model: Described) -> dict[str, Any]:
    """The stack. Pure."""
    services = {
        name: _service(name, told)
        for name, told in model["services"].items()
        if not told.get("profiles") and told.get("restart") != "no"
    }
    networks = {name for one in services.values() for name in one["networks"]}
    volumes = {one["source"] for service in services.values() for one in service["volumes"] if one["type"] == "volume"}
    return {
        "services": services,
        "networks": {name: _there_before(model, "networks", name, "-swarm") for name in sorted(networks)},
        "volumes": {name: _there_before(model, "volumes", name) for name in sorted(volumes)},
    }


def _there_before(model: Described, kind: str, name: str, behind: str = "") -> dict[str, Any]:
    called = model[kind][name].get("name", f"{model['name']}_{name}")
    return {"external": True, "name": f"{called}{behind}"}


def _service(name: str, told: Described) -> dict[str, Any]:
    kept = {key: told[key] for key in (*_KEPT, *_KEPT_TOO) if told.get(key) is not None}
    limits: dict[str, Any] = {}
    if "mem_limit" in told:
        limits["memory"] = str(told["mem_limit"])
    if "pids_limit" in told:
        limits["pids"] = int(told["pids_limit"])
    volumes = [dict(one) for one in told.get("volumes", [])]
    if "shm_size" in told:
        volumes.append({"type": "tmpfs", "target": "/dev/shm", "tmpfs": {"size": int(told["shm_size"])}})  # noqa: S108
    # a stack takes `tmpfs` without a word and does nothing for it
    volumes += [{"type": "tmpfs", "target": target} for target in told.get("tmpfs", [])]
    for one in volumes:
        one.pop("bind", None)
    return kept | {
        "networks": {
            network: {"aliases": said["aliases"]} if said and said.get("aliases") else {}
            for network, said in sorted(told.get("networks", {}).items())
        },
        "volumes": volumes,
        "deploy": {
            # a name leads to the container: an address before it forgets who said nothing for a quarter of an hour
            "endpoint_mode": "dnsrr",
            "resources": {"limits": limits},
            "restart_policy": {"condition": "any", "delay": "5s"},
            "update_config": {"order": "stop-first" if name in _ALONE else "start-first", "failure_action": "rollback"},
        },
    }


def main() -> None:
    """From standard input to standard output."""
    json.dump(stack_of(json.load(sys.stdin)), sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
