"""`pairs up` and the operator's commands, as an operator types them."""

import asyncio
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.local.account import server_account, state_folder
from deploy.local.process import wait_until
from deploy.local.servers import admin_urls_of
from deploy.local.service_environment import Ports
from shared.contracts.streams import streams_of
from shared.demonstration.people import TEAM
from shared.discovery import of_team
from shared.tenancy.provisioning import operator
from shared.testing.provider_page import chooses
from shared.testing.visitor import hidden_in
from tests.cli import command_line
from tests.cli.command_line import Answer

pytestmark = pytest.mark.timeout(300)
"""The history of three services is made first."""

PAIRS = [sys.executable, "-m", "deploy.local"]
ROOT = Path(__file__).parents[2]


def pairs(*words: str, state: Path) -> Answer:
    return command_line.pairs(*words, "--state", str(state))


def begin(*words: str, state: Path) -> subprocess.CompletedProcess[str]:
    """In a process of its own."""
    command = [*PAIRS, *words, "--state", str(state)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=90, check=False)


class Up:
    """A running `pairs up`."""

    def __init__(self, state: Path, *, months: int = 2) -> None:
        self.state = state
        self.log = state.parent / "up.log"
        self.months = months
        self.start()

    def start(self) -> None:
        started = time.monotonic()
        with self.log.open("wb") as errors:
            self.process = subprocess.Popen(
                [*PAIRS, "up", "--months", str(self.months), "--json", "--state", str(self.state)],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                start_new_session=True,
            )
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, self.log.read_text()
        self.services: list[dict[str, Any]] = json.loads(line)["services"]
        self.seconds = time.monotonic() - started

    def stop(self, number: signal.Signals = signal.SIGINT) -> None:
        """By a signal to all of its group, as a terminal that is closed gives it."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)
        self.process.wait(30)


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    up = Up(tmp_path_factory.mktemp("region") / "state")
    yield up
    up.stop()
    assert wait_until(lambda: processes_of(up.state) == [], 1), processes_of(up.state)


def processes_of(state: Path) -> list[str]:
    """Command lines of processes that have to do with this folder, or whose output goes to a file beside it."""
    found: list[str] = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and int(entry.name) != os.getpid():
                words = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
                told = str((entry / "fd" / "2").readlink()).startswith(f"{state.parent}/")
                if (told or str(state).encode() in words) and (entry / "status").read_text().find("zombie") < 0:
                    found.append(words.decode(errors="replace")[:200])
    return found


def test_every_address_that_it_prints_answers(up: Up) -> None:
    assert {service["team"] for service in up.services} == {None, "blackpool", "lancaster"}
    for service in up.services:
        assert httpx.get(service["address"], follow_redirects=True).status_code == 200


def test_whoever_says_that_there_is_danger_reads_by_when_somebody_answers(up: Up) -> None:
    address = address_of_blackpool(up)

    with httpx.Client(base_url=address, follow_redirects=True, headers={"Origin": address}) as browser:
        form = str(browser.post("/refer").url).removesuffix("/who")
        browser.post(f"{form}/who", data={"source_group": "self"})
        page = browser.post(f"{form}/danger", data={"in_danger": "yes"}).text

    assert "Then one of us will contact you by" in page


def test_each_service_of_a_team_leads_to_the_others(up: Up) -> None:
    beside = [(one["service"], one["address"]) for one in up.services if one["team"] == "blackpool"]

    for _, address in beside:
        page = page_of(address, "/")
        others = [f'<a href="{other}/">{name.capitalize()}</a>' for name, other in beside if other != address]
        assert [one for one in others if one not in page] == []


def test_one_sign_in_carries_a_person_through_the_teams_services_and_ends_in_all_of_them(up: Up) -> None:
    first, *others = (address_of_blackpool(up, service) for service in ("referral", "consultation", "training"))
    with httpx.Client(follow_redirects=True) as browser:
        page = chooses(browser, browser.get(f"{first}/my-day"), TEAM[0].name)
        carried = [str(browser.get(f"{other}/tasks").url) for other in others]
        browser.post(f"{first}/sign-out", data=hidden_in(page.text), headers={"Origin": first})
        for _ in range(30):
            left = [browser.get(f"{one}/tasks").url.path for one in (first, *others)]
            if set(left) == {"/blackpool/authorize"}:
                break
            time.sleep(0.1)

    assert carried == [f"{other}/tasks" for other in others]
    assert set(left) == {"/blackpool/authorize"}


def test_an_invented_consultation_by_name_stands_on_the_familys_timeline(up: Up) -> None:
    consultation, referral = address_of_blackpool(up, "consultation"), address_of_blackpool(up)

    named = page_of(consultation, "/consultations?chip=named")
    record = re.search(rf'href="{referral}(/families/[0-9a-f-]{{36}})">20\d\d-\d{{6}}</a>', named)
    assert record, named
    assert "Consultation: A family, by name" in page_of(referral, f"{record[1]}/timeline")


def page_of(address: str, path: str) -> str:
    """As a practitioner sees it."""
    with httpx.Client(base_url=address, follow_redirects=True, headers={"Origin": address}) as browser:
        return chooses(browser, browser.get(f"/sign-in?next={path}"), TEAM[0].name).text


def address_of_blackpool(up: Up, service: str = "referral") -> str:
    [address] = [one["address"] for one in up.services if (one["team"], one["service"]) == ("blackpool", service)]
    return address


def test_a_second_one_on_the_same_folder_is_refused_with_a_sentence(up: Up) -> None:
    answer = begin("up", state=up.state)

    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert str(up.process.pid) in answer.stderr or "use" in answer.stderr


def test_the_doctor_finds_everything_well(up: Up) -> None:
    wait_until_nothing_waits(up)

    answer = pairs("doctor", "--json", state=up.state)

    assert answer.returncode == 0, answer.stdout
    assert {row["result"] for row in json.loads(answer.stdout)} == {"well"}


def test_the_region_has_read_all_that_the_teams_published(up: Up) -> None:
    wait_until_nothing_waits(up)

    rows = json.loads(pairs("events", "lag", "--json", state=up.state).stdout)

    assert {row["stream"] for row in rows} == {
        stream.key
        for team in ("blackpool", "lancaster")
        for one in of_team()
        for stream in streams_of(team, one.name, is_networked=one.is_networked)
    }
    assert {row["behind"] for row in rows if row["reader"]} == {0}
    assert pairs("events", "dead-letters", "--json", state=up.state).stdout.strip() == "[]"


def wait_until_nothing_waits(up: Up) -> None:
    for _ in range(60):
        if pairs("events", "lag", state=up.state).returncode == 0:
            return
        time.sleep(0.5)
    raise AssertionError("something waits")


def test_the_last_entries_of_a_stream_can_be_read_and_carry_no_person(up: Up) -> None:
    which = ["--team", "blackpool", "--service", "referral", "--count", "5"]

    answer = pairs("events", "tail", *which, "--json", state=up.state)

    entries = [json.loads(line) for line in answer.stdout.splitlines()]
    assert len(entries) == 5
    assert all(entry["ce-source"] == "/pairs/blackpool/referral" for entry in entries)


def test_a_rebuild_ends_with_the_same_figures(up: Up) -> None:
    answer = begin("rebuild", "--json", state=up.state)

    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)["events"] > 20


def test_a_team_is_added_and_nothing_else_is_started_again(up: Up) -> None:
    before = {row["address"]: row["pid"] for row in listed(up)}

    added = pairs("team", "add", "preston", "--json", state=up.state)

    assert added.returncode == 0, added.stderr
    preston = json.loads(added.stdout)
    assert {row["service"] for row in preston} == {one.name for one in of_team()}
    assert {httpx.get(row["address"], follow_redirects=True).status_code for row in preston} == {200}
    after = {row["address"]: row["pid"] for row in listed(up) if row["team"] != "preston"}
    assert after == before


def test_a_name_that_no_team_can_have_is_refused(up: Up) -> None:
    for slug in ("Preston", "pre:ston", "*", "postgres", "../x", "p" * 64):
        answer = pairs("team", "add", slug, state=up.state)
        assert answer.returncode == 1, slug
        assert "Traceback" not in answer.stderr


def test_a_restored_team_is_published_again(up: Up) -> None:
    answer = pairs("team", "restored", "lancaster", "--json", state=up.state)

    assert answer.returncode == 0, answer.stderr
    wait_until_nothing_waits(up)


def test_a_killed_one_is_cleaned_up_by_the_next_which_is_quick_and_ctrl_c_leaves_nothing(up: Up) -> None:
    first = up.seconds
    up.stop(signal.SIGKILL)

    up.start()
    assert up.seconds < max(15, first)
    up.stop()

    assert up.process.returncode == 0
    assert "ended by itself" not in up.log.read_text()
    assert wait_until(lambda: processes_of(up.state) == [], 1), processes_of(up.state)
    assert not (up.state / "lock").exists()
    up.start()


def test_killed_servers_are_started_again_and_everything_heals(up: Up) -> None:
    folder = state_folder(up.state, server_account())
    before = json.loads((folder / "servers.json").read_text())

    for server in before.values():
        os.kill(server["pid"], signal.SIGKILL)
    wait_until_nothing_waits(up)

    after = json.loads((folder / "servers.json").read_text())
    assert {name: server["port"] for name, server in after.items()} == {
        name: server["port"] for name, server in before.items()
    }
    assert all(after[name]["pid"] != before[name]["pid"] for name in before)
    wait_until_all_is_well(up)


def not_well(up: Up) -> tuple[int, dict[str, str]]:
    """How the doctor ends, and what it finds wrong."""
    answer = pairs("doctor", "--json", state=up.state)
    rows = json.loads(answer.stdout)
    return answer.returncode, {row["check"]: row["detail"] for row in rows if row["result"] != "well"}


def wait_until_all_is_well(up: Up) -> None:
    for _ in range(40):
        if not_well(up) == (0, {}):
            return
        time.sleep(0.5)
    raise AssertionError(not_well(up))


def test_the_doctor_names_a_process_that_hangs(up: Up) -> None:
    [pid] = [row["pid"] for row in listed(up) if (row["team"], row["service"]) == ("lancaster", "training")]

    os.kill(pid, signal.SIGSTOP)
    try:
        found = not_well(up)
    finally:
        os.kill(pid, signal.SIGCONT)

    assert found[0] == 1
    assert found[1]["lancaster.training: process"] == "hangs"


def test_the_doctor_names_a_sign_in_that_hangs_and_a_killed_one_comes_back(up: Up) -> None:
    pid = sign_in_of(up)

    os.kill(pid, signal.SIGSTOP)
    try:
        found = not_well(up)
    finally:
        os.kill(pid, signal.SIGKILL)

    assert found == (1, {"sign-in: process": "hangs"})
    wait_until_all_is_well(up)
    assert sign_in_of(up) != pid


def sign_in_of(up: Up) -> int:
    """Its process: whose output goes to its log."""
    log = state_folder(up.state, server_account()) / "log" / "sign-in.log"
    [pid] = [int(one.parts[2]) for one in Path("/proc").glob("[0-9]*/fd/2") if _leads_to(one, log)]
    return pid


def _leads_to(link: Path, file: Path) -> bool:
    try:
        return link.readlink() == file
    except OSError:
        return False


@pytest.mark.parametrize(("server", "check"), [("valkey", "Redis or Valkey"), ("postgres", "PostgreSQL")])
def test_the_doctor_names_a_server_that_is_down_and_asks_the_processes_all_the_same(
    up: Up, server: str, check: str
) -> None:
    pid = json.loads((state_folder(up.state, server_account()) / "servers.json").read_text())[server]["pid"]

    os.kill(pid, signal.SIGSTOP)
    try:
        code, found = not_well(up)
    finally:
        os.kill(pid, signal.SIGCONT)

    assert code == 69
    assert found[check].startswith("does not answer")
    wait_until_all_is_well(up)


def test_a_redis_that_forgot_everything_is_told_of_every_team_again(up: Up) -> None:
    admin = admin_urls_of(up.state)
    assert admin is not None

    async def forget() -> None:
        async with operator(admin) as redis:
            await redis.flushall()

    asyncio.run(forget())

    wait_until_all_is_well(up)
    teams = {row["stream"].split("}")[0] for row in json.loads(pairs("events", "lag", "--json", state=up.state).stdout)}
    assert {"pairs:{blackpool", "pairs:{lancaster"} <= teams


def test_what_all_processes_are_copies_of_is_killed_and_all_are_there_again(up: Up) -> None:
    before = {row["pid"] for row in listed(up)}
    [maker] = {int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]) for pid in before}

    os.kill(maker, signal.SIGKILL)

    wait_until(lambda: before.isdisjoint(pids := {row["pid"] for row in listed(up)}) and None not in pids, 60)
    wait_until_all_is_well(up)
    assert maker not in {int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()}


def test_a_service_that_is_starting_again_keeps_its_port(up: Up) -> None:
    ours, [port, *_] = Ports(), [int(service["address"].rpartition(":")[2]) for service in up.services]
    [pid] = [row["pid"] for row in listed(up) if row["address"].endswith(f":{port}")]

    os.kill(pid, signal.SIGKILL)

    assert ours.public() not in {int(service["address"].rpartition(":")[2]) for service in up.services}
    for _ in range(60):
        if any(row["address"].endswith(f":{port}") and row["pid"] not in (None, pid) for row in listed(up)):
            break
        time.sleep(0.5)
    wait_until_nothing_waits(up)


def listed(up: Up) -> list[dict[str, Any]]:
    return json.loads(pairs("team", "list", "--json", state=up.state).stdout)


def test_another_system_is_let_in_and_refers_by_fhir(up: Up) -> None:
    answer = begin("team", "client", "blackpool", "royal-neonatal", "--json", state=up.state)
    assert answer.returncode == 0, answer.stderr
    [credentials] = json.loads(answer.stdout)
    address = address_of_blackpool(up)

    token = httpx.post(
        f"{address}/oauth2/token",
        data={"grant_type": "client_credentials"},
        auth=(credentials["client_id"], credentials["secret"]),
    ).json()["access_token"]
    example = json.loads((ROOT / "tests/referral/fhir/messages/baby_message.json").read_text())
    received = httpx.post(
        f"{address}/fhir/$process-message", json=example, headers={"Authorization": f"Bearer {token}"}
    )

    assert received.status_code == 200, received.text
    assert begin("team", "client", "blackpool", "royal-neonatal", state=up.state).returncode == 1

    [known] = json.loads(begin("team", "client", "blackpool", "--json", state=up.state).stdout)
    revoked = begin("team", "client", "blackpool", "royal-neonatal", "--revoke", state=up.state)
    again = begin("team", "client", "blackpool", "royal-neonatal", "--revoke", state=up.state)
    refused = httpx.post(f"{address}/fhir/$process-message", json=example, headers={"Authorization": f"Bearer {token}"})
    [ended] = json.loads(begin("team", "client", "blackpool", "--json", state=up.state).stdout)

    assert (known["name"], known["client_id"], known["revoked_at"]) == (
        "royal-neonatal",
        credentials["client_id"],
        None,
    )
    assert (revoked.returncode, again.returncode) == (0, 1), revoked.stderr
    assert refused.status_code == 401
    assert ended["revoked_at"]


def test_without_a_region_a_command_says_so(tmp_path: Path) -> None:
    for words in (["doctor"], ["events", "lag"], ["team", "list"], ["rebuild"]):
        answer = begin(*words, state=tmp_path)
        assert answer.returncode == 69
        assert "pairs up" in answer.stderr
