"""A team's Compose file as a Swarm stack: what may not be said there is not, and nothing that protects it is lost."""

from typing import Any

from deploy.compose.stack import stack_of

SERVICE: dict[str, Any] = {
    "image": "pairs-referral:local",
    "build": {"context": "."},
    "depends_on": {"provision": {"condition": "service_completed_successfully"}},
    "environment": {"PAIRS_TEAM": "blackpool"},
    "restart": "always",
    "read_only": True,
    "tmpfs": ["/tmp"],
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges:true"],
    "mem_limit": "268435456",
    "pids_limit": 100,
    "networks": {"own": None, "bus": None},
    "volumes": [{"type": "volume", "source": "secrets", "target": "/run/pairs", "volume": {"subpath": "x"}}],
}
MODEL: dict[str, Any] = {
    "name": "pairs-blackpool",
    "services": {
        "referral": SERVICE,
        "postgres": SERVICE | {"shm_size": "67108864"},
        "provision": SERVICE | {"restart": "no"},
        "rotate": SERVICE | {"profiles": ["task"]},
    },
    "networks": {"own": {"internal": True}, "bus": {"external": True, "name": "pairs_bus"}, "out": {}},
    "volumes": {"secrets": {"name": "pairs-blackpool_secrets"}, "spool": {}},
}


def test_what_runs_once_is_no_part_of_it_and_what_swarm_refuses_is_left_out() -> None:
    stack = stack_of(MODEL)

    assert set(stack["services"]) == {"referral", "postgres"}
    refused = {"build", "depends_on", "mem_limit", "pids_limit", "restart", "security_opt", "profiles", "shm_size"}
    assert not refused & set(stack["services"]["referral"])
    assert not {"name", "version"} & set(stack)


def test_limits_rights_and_the_folder_of_its_own_secrets_stay() -> None:
    referral = stack_of(MODEL)["services"]["referral"]

    assert referral["deploy"]["resources"]["limits"] == {"memory": "268435456", "pids": 100}
    assert (referral["read_only"], referral["cap_drop"]) == (True, ["ALL"])
    assert referral["volumes"] == [*SERVICE["volumes"], {"type": "tmpfs", "target": "/tmp"}]
    assert "tmpfs" not in referral, "it would be taken, and nothing done for it"


def test_a_new_service_starts_before_the_old_one_ends_and_a_database_after_it() -> None:
    services = stack_of(MODEL)["services"]

    assert services["referral"]["deploy"]["update_config"]["order"] == "start-first"
    assert services["postgres"]["deploy"]["update_config"]["order"] == "stop-first"
    assert services["postgres"]["deploy"]["endpoint_mode"] == "dnsrr"
    assert services["postgres"]["volumes"][1]["tmpfs"] == {"size": 67108864}


def test_volumes_are_those_that_are_there_and_networks_overlays_beside_them() -> None:
    stack = stack_of(MODEL)

    assert stack["networks"] == {
        "bus": {"external": True, "name": "pairs_bus-swarm"},
        "own": {"external": True, "name": "pairs-blackpool_own-swarm"},
    }
    assert stack["volumes"] == {"secrets": {"external": True, "name": "pairs-blackpool_secrets"}}


def test_how_a_service_ends_and_what_it_is_called_on_a_network_stay() -> None:
    told = SERVICE | {
        "init": True,
        "stop_grace_period": "30s",
        "networks": {"own": {"aliases": ["records"]}, "bus": None},
    }

    referral = stack_of(MODEL | {"services": {"referral": told}})["services"]["referral"]

    assert (referral["init"], referral["stop_grace_period"]) == (True, "30s")
    assert referral["networks"] == {"bus": {}, "own": {"aliases": ["records"]}}
