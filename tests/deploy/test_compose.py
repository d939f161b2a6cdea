"""The region and its teams in containers, where a Docker Engine answers: what an operator types, and what then holds.

Where none answers every test is skipped, and says so. The images are built first; a region that runs here already is
nobody's to try things on, so the tests are skipped then too.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from shared.testing.provider_page import choice_of
from shared.testing.visitor import hidden_in
from tests.deploy.in_containers import (
    LEAST_SHOWN,
    ROOT,
    a_moment,
    asked,
    asking_ten_times_a_second,
    browser,
    containers,
    in_volume,
    refer,
    runs,
    take_away,
    team,
    wait_until,
)

pytestmark = [pytest.mark.timeout(1500), pytest.mark.usefixtures("region")]


def signs_in(service: httpx.Client, provider: httpx.Client, words: str) -> None:
    """At the demonstration's provider; who is signed in there already is not asked again."""
    page = provider.get(path_of(service.get("/sign-in/begin")))
    if page.status_code == 200:
        address, fields = choice_of(page, words)
        page = provider.post(address.path, data=fields)
    assert service.get(path_of(page)).headers["location"] == "/"


def path_of(answer: httpx.Response) -> str:
    """Where it leads, on another host."""
    assert answer.status_code == 303, answer.text
    return httpx.URL(answer.headers["location"]).raw_path.decode()


def test_one_sign_in_carries_a_person_through_the_teams_services_and_ends_in_all_of_them() -> None:
    with (
        browser("blackpool--sign-in") as provider,
        browser("blackpool") as referral,
        browser("blackpool--consultation") as consultation,
        browser("blackpool--training") as training,
    ):
        for service in (referral, consultation, training):
            signs_in(service, provider, "Priya Sample")
        hidden = hidden_in(referral.get("/my-day").text)
        provider.get(path_of(referral.post("/sign-out", data=hidden)))
        for _ in range(10):
            time.sleep(0.1)
            left = [service.get("/tasks").status_code for service in (referral, consultation, training)]
            if left == [303, 303, 303]:
                return
    raise AssertionError(left)


def test_a_referral_goes_through_the_public_form_to_the_regions_dashboard() -> None:
    with browser("blackpool") as somebody:
        sent = [refer(somebody) for _ in range(LEAST_SHOWN)]
    with browser("region") as region, browser("region--sign-in") as provider:
        signs_in(region, provider, "Regional lead")
        dashboard = region.get("/").text

    assert all("What happens next" in page for page in sent)
    assert "Blackpool" in dashboard


def test_only_the_gateway_can_be_reached_and_nothing_that_docker_shows_is_a_secret() -> None:
    told: list[Any] = json.loads(runs("docker", "inspect", *(one for one, _ in containers().values())).stdout)
    published = {one["Name"] for one in told if any((one["NetworkSettings"]["Ports"] or {}).values())}
    with_all_rights = [
        one["Name"] for one in told if one["HostConfig"]["Privileged"] or "ALL" not in one["HostConfig"]["CapDrop"]
    ]
    secret = runs(
        "docker",
        "run",
        "--rm",
        "-v",
        "pairs_secrets:/s:ro",
        "-u",
        "0",
        "--entrypoint",
        "cat",
        "pairs-ops:local",
        "/s/made/postgres",
    )

    assert published == {"/pairs-gateway-1"}
    assert with_all_rights == []
    assert len(secret.stdout) == 64
    assert secret.stdout not in json.dumps(told)


def test_a_team_is_added_while_another_works_and_nothing_else_is_touched() -> None:
    before = containers()

    added = team("add", "fylde-and-wyre", within=150)

    after = containers()
    assert added.returncode == 0, added.stderr[-3000:]
    assert "other teams tried as fylde-and-wyre: all refused." in added.stdout
    assert {name: one for name, one in after.items() if name in before} == before
    for host in ("fylde-and-wyre", "blackpool"):
        with browser(host) as somebody:
            assert somebody.get("/refer").status_code == 200
    assert team("add", "fylde-and-wyre").returncode == 0
    assert containers() == after, "twice changes nothing"


def test_a_host_that_is_no_teams_is_not_answered() -> None:
    for host in ("preston", "blackpool--nothing", "www"):
        with browser(host) as somebody, pytest.raises(httpx.TransportError):
            somebody.get("/")


@pytest.mark.parametrize("slug", ["Preston", "a", "a--b", "a-", "../x", "p" * 40, "x;ls"])
def test_a_name_that_no_team_can_have_is_refused_with_a_sentence(slug: str) -> None:
    refused = team("add", slug)

    assert refused.returncode == 2
    assert "A team's name has" in refused.stderr


def test_a_service_that_ends_is_started_again_and_whoever_asks_meanwhile_waits_and_is_answered() -> None:
    name = "/pairs-blackpool-referral-1"
    before = containers()[name]
    runs("docker", "exec", name[1:], "python", "-c", "import os; os.kill(1, 15)")

    with browser("blackpool") as somebody:
        for _ in range(60):
            began, answer = time.monotonic(), somebody.get("/refer")
            waited = time.monotonic() - began  # a machine with much else to do may need longer than the gateway waits
            told = waited >= 20 and "Nothing that you entered is lost" in answer.text
            assert answer.status_code == 200 or told, (answer.status_code, waited)
            if containers().get(name, before) != before:
                break
            time.sleep(0.5)
        assert containers()[name][1] > before[1]
        assert wait_until(lambda: somebody.get("/refer").status_code == 200)


def test_a_suspended_team_is_closed_and_opens_again_with_what_it_had() -> None:
    assert team("suspend", "blackpool").returncode == 0
    with browser("blackpool") as somebody:
        assert somebody.get("/refer").status_code == 404
    assert team("resume", "blackpool").returncode == 0
    with browser("blackpool") as somebody:
        assert somebody.get("/refer").status_code == 200
    assert "blackpool\tUp" in team("list").stdout


REFERRALS = "SELECT count(*) FROM referral"
SENT = "SELECT last_position FROM relay_state WHERE audience = 'region'"
LONGEST_RESTORE = 300
SHELF = "pairs-blackpool_backups"


def test_a_team_is_restored_to_a_moment_and_nobody_elses_container_is_touched(region: str) -> None:
    with browser("blackpool") as somebody:
        refer(somebody)
    before, moment = asked("blackpool", REFERRALS), a_moment()
    with browser("blackpool") as somebody:
        refer(somebody)
    others = {name: one for name, one in containers().items() if "blackpool" not in name}
    began = time.monotonic()

    restored = team("restore", "blackpool", "--to", moment, typed=region)

    seconds = time.monotonic() - began
    assert restored.returncode == 0, restored.stderr[-3000:]
    sys.stdout.write(f"\nrestored in {seconds:.0f} s: {restored.stderr.splitlines()[-2]}\n")
    assert seconds <= LONGEST_RESTORE
    assert asked("blackpool", REFERRALS) == before
    assert {name: one for name, one in containers().items() if "blackpool" not in name} == others
    assert wait_until(lambda: position_heard() == asked("blackpool", SENT))


def position_heard() -> str:
    """How far the region has read what the team's referral service publishes again."""
    question = "SELECT position FROM checkpoint WHERE stream = 'pairs:{blackpool}:referral:region'"
    return runs(
        "docker", "exec", "pairs-postgres-1", "psql", "-U", "postgres", "-d", "pairs_reporting", "-Atc", question
    ).stdout.strip()


def test_another_kit_is_refused_with_both_keys_and_the_right_one_opens_the_newest_backup(region: str) -> None:
    other = runs("docker", "run", "--rm", "--entrypoint", "python", "pairs-ops:local", "-c", ANOTHER_KEY).stdout

    verified = team("kit", "blackpool", typed=region)
    refused = team("kit", "blackpool", typed=other)
    no_key = team("rehearse", "blackpool", typed="AGE-SECRET-KEY-1ABC")

    assert "opens the backup of" in verified.stdout
    assert refused.returncode == 1
    assert "This is the kit with key" in refused.stderr
    assert no_key.returncode == 1
    assert "What was typed is no key" in no_key.stderr


ANOTHER_KEY = "import pyrage; print(pyrage.x25519.Identity.generate())"


def test_an_altered_and_a_missing_file_are_named_and_change_nothing(region: str) -> None:
    before = containers()
    name = in_volume(SHELF, "ls /volume/wal | grep -v history | grep -v backup | tail -1").strip()
    flip = "import sys; file = open(sys.argv[1], 'r+b'); file.seek(-9, 2); byte = file.read(1)[0]; file.seek(-9, 2)"
    flip += "; file.write(bytes([byte ^ 1]))"

    in_volume(SHELF, f'cp -p /volume/wal/{name} /volume/kept; python -c "{flip}" /volume/wal/{name}')
    altered = team("rehearse", "blackpool", typed=region)
    in_volume(SHELF, f"rm /volume/wal/{name}")
    team("rehearse", "blackpool", typed=region)  # what is written meanwhile comes after the hole
    missing = team("rehearse", "blackpool", typed=region)
    in_volume(SHELF, f"mv /volume/kept /volume/wal/{name}")
    well = team("rehearse", "blackpool", typed=region)

    assert (altered.returncode, missing.returncode) == (1, 1)
    assert f"{name} is not what was written" in altered.stderr
    assert f"{name.partition('@')[0]} is missing" in missing.stderr
    assert well.returncode == 0, well.stderr[-2000:]
    assert containers() == before


def test_while_backups_cannot_be_put_away_pages_work_an_alarm_says_so_and_nothing_is_lost() -> None:
    in_volume(SHELF, "chown 0 /volume/wal && chmod 755 /volume/wal")
    try:
        with browser("blackpool") as somebody:
            assert "What happens next" in refer(somebody)
        asked("blackpool", "SELECT pg_switch_wal()")
        assert wait_until(lambda: json.loads(team("status", "blackpool", "--json").stdout)["trouble"] != "")
        in_trouble = team("status", "blackpool")
    finally:
        in_volume(SHELF, "chown 10001 /volume/wal")

    assert in_trouble.returncode == 1
    assert "ALARM: The shelf cannot be written to: permission_error" in in_trouble.stdout
    assert wait_until(lambda: json.loads(team("status", "blackpool", "--json").stdout)["spool_files"] == 0)


def test_a_team_is_restored_on_an_empty_machine_from_its_kit_and_its_backups_only(region: str) -> None:
    before, key = (
        asked("blackpool", REFERRALS),
        in_volume("pairs-blackpool_secrets", "cat /volume/blackpool.region-key"),
    )
    team("backup", "blackpool")
    take_away("blackpool", but=SHELF)

    restored = team("restore", "blackpool", "--to", "latest", typed=region)

    assert restored.returncode == 0, restored.stderr[-3000:]
    assert asked("blackpool", REFERRALS) == before
    assert in_volume("pairs-blackpool_secrets", "cat /volume/blackpool.region-key") == key
    with browser("blackpool") as somebody:
        assert "What happens next" in refer(somebody)


EXPANDS = """
from alembic import op
revision, down_revision, oldest_code = "9999", "{last}", "{code}"
def upgrade(): op.execute("ALTER TABLE referral ADD COLUMN of_the_next_version text")
"""
MIGRATIONS = "services/referral/database/migrations"


@pytest.fixture
def next_version(tmp_path: Path) -> str:
    """Images of a version that has one more column, and of one whose referral service never becomes ready."""
    code, *_, last = 2 * (ROOT / MIGRATIONS / "HEAD").read_text().split()
    (tmp_path / "9999_next.py").write_text(EXPANDS.format(code=code, last=last))
    (tmp_path / "HEAD").write_text("9999\n")
    for name in ("ops", "referral", "consultation", "training"):
        knows = f"COPY 9999_next.py {MIGRATIONS}/versions/\nCOPY HEAD {MIGRATIONS}/HEAD\n"
        for tag, more in (("next", knows if name in {"ops", "referral"} else ""), ("bad", "ENV PAIRS_NOTHING=1\n")):
            (tmp_path / "Dockerfile").write_text(f"FROM pairs-{name}:local\n{more}LABEL version={tag}\n")
            built = runs("docker", "build", "-q", "-t", f"pairs-{name}:{tag}", str(tmp_path))
            assert built.returncode == 0, built.stderr
    return "next"


def test_a_team_is_upgraded_and_goes_back_while_it_serves(next_version: str) -> None:
    before = asked("blackpool", REFERRALS)
    with asking_ten_times_a_second("blackpool") as got:
        upgraded = team("upgrade", "blackpool", "--to", next_version)
        with browser("blackpool") as somebody:
            sent = refer(somebody)
        failed = team("upgrade", "blackpool", "--to", "bad")
        back = team("upgrade", "blackpool", "--back")

    assert (upgraded.returncode, back.returncode) == (0, 0), upgraded.stderr[-2000:] + back.stderr[-2000:]
    assert failed.returncode == 1
    assert "PAIRS_NOTHING is not a setting of this service" in failed.stderr
    assert "what served before serves on" in failed.stderr
    assert set(got) == {"200"}, got
    sys.stdout.write(f"\n{got.total()} pages asked for, all answered\n")
    assert "What happens next" in sent
    assert int(asked("blackpool", REFERRALS)) == int(before) + 1
    image = runs("docker", "inspect", "--format", "{{.Config.Image}}", "pairs-blackpool-referral-1").stdout.strip()
    assert image == "pairs-referral:local"


def test_passwords_are_renewed_while_everything_runs_and_the_earlier_ones_open_nothing() -> None:
    earlier = passwords()
    assert opened_by(earlier) == "postgres redis"
    with asking_ten_times_a_second("blackpool") as got:
        postgres = team("rotate", "blackpool", "postgres")
        with browser("blackpool") as somebody:
            refer(somebody)
        redis = team("rotate", "blackpool", "redis")
        with browser("blackpool") as somebody:
            refer(somebody)

    assert (postgres.returncode, redis.returncode) == (0, 0), postgres.stderr[-2000:] + redis.stderr[-2000:]
    assert set(got) == {"200"}, got
    assert opened_by(passwords()) == "postgres redis"
    assert opened_by(earlier) == ""
    assert wait_until(lambda: position_heard() == asked("blackpool", SENT))


def passwords() -> str:
    """Those of a service's accounts."""
    return in_volume("pairs-blackpool_secrets", "cd /volume/blackpool.referral && cat redis-url; echo; cat pgpass")


OPENS = """
import asyncio, sys, asyncpg, redis.asyncio
url, line = sys.argv[1].split()
async def main():
    try:
        await asyncpg.connect("postgresql://pairs_blackpool_referral@postgres/", password=line.rpartition(":")[2])
        print("postgres", end=" ")
    except asyncpg.InvalidPasswordError:
        pass
    try:
        await redis.asyncio.Redis.from_url(url).ping()
        print("redis")
    except redis.exceptions.AuthenticationError:
        pass
asyncio.run(main())
"""


def opened_by(given: str) -> str:
    """Which servers let the referral service in with these passwords, from where it is."""
    return runs("docker", "exec", "pairs-blackpool-referral-1", "python", "-c", OPENS, given).stdout.strip()


PROMETHEUS = "prom/prometheus:v3.5.0"
ASKS = "import sys, urllib.request as web; print(web.urlopen(sys.argv[1]).read().decode())"


def told(what: str) -> Any:
    """What Prometheus says to somebody on its network."""
    words = (
        "--network",
        "pairs_figures",
        "--entrypoint",
        "python",
        "pairs-ops:local",
        "-c",
        ASKS,
        f"http://prometheus:9090/api/v1/{what}",
    )
    said = runs("docker", "run", "--rm", *words).stdout
    return json.loads(said)["data"] if said else {"activeTargets": [], "groups": []}


def test_prometheus_reaches_every_service_and_backup_by_the_gateway_and_knows_every_alarm() -> None:
    if runs("docker", "image", "inspect", PROMETHEUS).returncode and runs("docker", "pull", PROMETHEUS).returncode:
        pytest.skip(f"no image {PROMETHEUS} can be had here")
    up = runs("docker", "compose", "--profile", "observability", "up", "-d", "prometheus")
    assert up.returncode == 0, up.stderr
    wanted = {("region", "reporting"), ("region", "certificate")} | {
        ("blackpool", one) for one in ("referral", "consultation", "training", "backup")
    }

    def reached() -> set[tuple[str, str]]:
        targets = told("targets")["activeTargets"]
        return {(one["labels"]["team"], one["labels"]["service"]) for one in targets if one["health"] == "up"}

    assert wait_until(lambda: wanted <= reached())
    rules = [rule for group in told("rules")["groups"] for rule in group["rules"]]
    assert len(rules) == (ROOT / "deploy/observability/alerts.yml").read_text().count("- alert:")
    assert {rule.get("lastError", "") for rule in rules} == {""}
