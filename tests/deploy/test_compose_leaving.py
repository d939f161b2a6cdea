"""A team pauses, leaves and goes, in containers: what an operator types, and what then is left of it."""

import json
import sys
from pathlib import Path

import pytest

from tests.deploy.in_containers import asked, browser, containers, in_volume, redis, refer, runs, team, wait_until

pytestmark = [pytest.mark.timeout(1500), pytest.mark.usefixtures("region")]

SLUG = "blackpool"
COUNTED = "SELECT count(*) FROM referral"


def of_the_team(slug: str) -> dict[str, list[str]]:
    """Everything on this machine that carries its name."""
    lists = {
        "containers": ("ps", "-a", "--format", "{{.Names}}"),
        "volumes": ("volume", "ls", "--format", "{{.Name}}"),
        "networks": ("network", "ls", "--format", "{{.Name}}"),
    }
    found = {kind: runs("docker", *words).stdout.split() for kind, words in lists.items()}
    found["redis users"] = redis("ACL", "USERS").split()
    found["redis keys"] = redis("--scan", "--pattern", "pairs:*").split()
    found["sockets"] = in_volume("pairs_http", "ls -a /volume").split()
    found["routes"] = in_volume("pairs_routes", "ls -a /volume /volume/.figures").split()
    return {kind: mine for kind, names in found.items() if (mine := [one for one in names if slug in one])}


def test_the_doctor_finds_everything_well_and_then_what_was_stopped() -> None:
    assert wait_until(lambda: team("doctor").returncode == 0, seconds=120), team("doctor").stdout
    runs("docker", "stop", "pairs-blackpool-training-1")
    runs("docker", "pause", "pairs-blackpool-consultation-1")
    try:
        ill = team("doctor", SLUG)
    finally:
        runs("docker", "unpause", "pairs-blackpool-consultation-1")
        runs("docker", "start", "pairs-blackpool-training-1")

    assert ill.returncode != 0
    assert "NOT WELL: training exited" in ill.stdout
    assert "blackpool.training: process" in ill.stdout
    assert "does not run" in ill.stdout
    assert "blackpool.consultation: process" in ill.stdout
    assert "hangs" in ill.stdout


def test_a_redis_that_lost_everything_is_found_by_the_doctor_and_put_right_by_the_command_that_it_names() -> None:
    redis("FLUSHALL")
    found = team("doctor")
    assert team("add", SLUG).returncode == 0

    assert found.returncode == 1
    assert "not known to it" in found.stdout
    assert "deploy/team add" in found.stdout
    assert wait_until(lambda: team("doctor").returncode == 0, seconds=120)


def test_evidence_names_versions_backups_isolation_and_who_has_access() -> None:
    told = team("evidence", SLUG)
    as_json = json.loads(team("evidence", SLUG, "--json").stdout)

    assert told.returncode == 0, told.stdout + told.stderr
    for words in ("sha256:", "last copy of everything", "all refused", "audit trail of", "Passwords since"):
        assert words in told.stdout
    assert "PUBLISHED" not in told.stdout
    assert len(as_json["containers"]) == len([name for name in containers() if name.startswith(f"/pairs-{SLUG}-")])


def test_a_suspended_teams_accounts_are_shut_within_a_second_and_resume_gives_it_back_what_it_had() -> None:
    with browser(SLUG) as somebody:
        refer(somebody)
    before = asked(SLUG, COUNTED)
    assert team("suspend", SLUG).returncode == 0
    for what in ("container", "network", "volume"):
        runs("docker", what, "prune", "-f")  # somebody tidies up meanwhile
    shut = [user for user in redis("ACL", "USERS").split() if user.startswith(f"{SLUG}.")]
    assert team("resume", SLUG).returncode == 0

    assert shut == []
    assert asked(SLUG, COUNTED) == before
    with browser(SLUG) as somebody:
        assert "What happens next" in refer(somebody)


def test_an_add_that_never_came_to_its_end_goes_without_a_trace_and_one_that_did_is_not_abandoned() -> None:
    others = containers()
    half = runs("timeout", "-s", "KILL", "25", "deploy/team", "add", "preston", within=200)
    refused = team("add", SLUG, "--abandon")

    abandoned = team("add", "preston", "--abandon", typed="preston\n")

    assert half.returncode != 0
    assert refused.returncode == 1
    assert "deploy/team remove" in refused.stderr
    assert abandoned.returncode == 0, abandoned.stderr[-2000:]
    assert of_the_team("preston") == {}
    assert containers() == others


def test_a_team_leaves_with_all_that_it_had_and_nothing_of_it_stays(region: str, tmp_path: Path) -> None:
    others = {name: one for name, one in containers().items() if SLUG not in name}
    count = asked(SLUG, COUNTED)
    assert team("remove", SLUG).returncode == 0
    with browser(SLUG) as somebody:
        assert somebody.get("/refer").status_code == 404
    not_confirmed = team("destroy", SLUG, "--export", str(tmp_path / "export"), typed="fylde\n")
    assert not_confirmed.returncode == 1
    assert of_the_team(SLUG)["volumes"]

    destroyed = team("destroy", SLUG, "--export", str(tmp_path / "export"), typed=f"{SLUG}\n")

    assert destroyed.returncode == 0, destroyed.stderr[-3000:]
    assert of_the_team(SLUG) == {}
    assert {name: one for name, one in containers().items() if SLUG not in name} == others
    about = json.loads((tmp_path / f"export/{SLUG}-about.json").read_text())
    assert str(about["services"]["referral"]["rows"]["referral"]) == count
    assert "TABLE DATA public referral" in opened(tmp_path / "export", f"{SLUG}-referral.dump.age", region)
    again = team("add", SLUG)
    assert again.returncode == 1
    assert "a name is never used again" in again.stderr
    sys.stdout.write(destroyed.stderr)


OPENS = """
import io, pyrage, subprocess, sys
key, name = sys.argv[1:]
opened = pyrage.decrypt(open(f"/export/{name}", "rb").read(), [pyrage.x25519.Identity.from_str(key)])
sys.exit(subprocess.run(["pg_restore", "--list"], input=opened).returncode)
"""


def opened(folder: Path, name: str, key: str) -> str:
    """What `pg_restore` finds in an exported file."""
    folder.parent.chmod(0o755)
    for path in (folder, *folder.iterdir()):
        path.chmod(0o755)
    words = ("--network", "none", "-v", f"{folder}:/export:ro", "--entrypoint", "python", "pairs-ops:local")
    return runs("docker", "run", "--rm", *words, "-c", OPENS, key, name).stdout
