"""A second service of a team, which is only here, is found, made, run and looked after as any other is.

No code outside of `tests` knows of it. That its reader may be killed between any two steps, and may hear a thing twice,
late, or of a family that was merged meanwhile, is in `tests/guarantees`.
"""

import contextlib
import json
import re
from collections.abc import Generator, Iterator
from importlib import import_module

import httpx
import pytest

from shared import discovery
from shared.contracts.pathway import TaskAnswered, TaskRaised
from shared.manifest import Person
from shared.testing.provider_page import chooses
from tests.architecture import test_manifests as of_ours
from tests.database.test_tables import declared_below
from tests.deploy.test_up import Up, pairs, wait_until_nothing_waits
from tests.services.lending.contents import SERVICE

pytestmark = pytest.mark.timeout(300)
"""The history of three services is made first."""

BUTTON = re.compile(r'action="(/parcels/[0-9a-f-]{36}/send)"')
DAMAGE = re.compile(r'href="(/parcels/[0-9a-f-]{36}/damage)"')
TASK = re.compile(r'href="(/tasks/[0-9a-f-]{36})"')
HIDDEN = re.compile(r'<input type="hidden"(?: id="\w+")? name="(\w+)" value="([^"]*)"')


@pytest.fixture(scope="module", autouse=True)
def named() -> Iterator[None]:
    """Where it is, for this process and those that it starts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(discovery.VARIABLE, "tests.services")
        yield


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    up = Up(tmp_path_factory.mktemp("region") / "state", months=3)  # long enough for a baby who was referred unborn
    yield up
    up.stop()


def test_it_is_found_beside_ours_where_somebody_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [one.name for one in discovery.of_team()] == ["consultation", "lending", "referral", "training"]
    assert discovery.service("lending") is SERVICE

    monkeypatch.delenv(discovery.VARIABLE)
    assert "lending" not in discovery.services()


def test_its_contents_are_held_to_what_ours_are_held_to() -> None:
    for room in SERVICE.rooms:
        of_ours.test_every_command_query_timer_reaction_page_and_tool_is_listed_and_whatever_is_listed_is_there(
            SERVICE, room
        )
    for test in (
        of_ours.test_every_room_of_a_service_is_listed,
        of_ours.test_what_is_listed_can_be_loaded,
        of_ours.test_settings_and_a_demonstration_are_there_when_the_contents_say_so,
        of_ours.test_who_works_with_a_service_is_whom_its_pages_ask_for,
        of_ours.test_navigation_and_what_is_open_to_all_lead_somewhere,
    ):
        test(SERVICE)


def test_its_table_is_another_than_the_one_of_the_same_name() -> None:
    tables = [declared_below(import_module(package)) for package in (SERVICE.package, "services.referral")]
    own, others = (each["family"] for each in tables)

    assert own is not others
    assert "merged_into" in own.c
    assert "safety_asked_on" in others.c
    assert "safety_asked_on" not in own.c
    assert own.metadata.tables == tables[0]


def test_it_is_made_and_started_with_its_team_and_the_doctor_looks_after_it(up: Up) -> None:
    wait_until_nothing_waits(up)

    started = {(one["team"], one["service"]) for one in up.services}
    findings = json.loads(pairs("doctor", "--json", state=up.state).stdout)

    assert {("blackpool", "lending"), ("lancaster", "lending"), ("blackpool", "referral")} <= started
    assert {row["result"] for row in findings} == {"well"}
    assert any("pairs_blackpool_lending" in row["check"] for row in findings)


def test_it_has_read_what_the_other_service_of_its_team_published_and_of_no_other(up: Up) -> None:
    wait_until_nothing_waits(up)

    rows = json.loads(pairs("events", "lag", "--json", state=up.state).stdout)

    read = {(row["reader"], row["stream"]) for row in rows if (row["reader"] or "").endswith(".lending")}
    assert read == {
        ("blackpool.lending", "pairs:{blackpool}:referral"),
        ("lancaster.lending", "pairs:{lancaster}:referral"),
    }
    assert pairs("events", "dead-letters", "--json", state=up.state).stdout.strip() == "[]"


def test_somebody_reports_a_damaged_parcel_which_is_a_task_that_a_practitioner_answers(up: Up) -> None:
    wait_until_nothing_waits(up)
    practitioner, administrator = SERVICE.people

    with signed_in(up, "blackpool", administrator) as browser:
        parcels = browser.get("/").text
        damage = DAMAGE.search(parcels)
        assert damage, parcels
        listed = sends(browser, damage[1], words="A page is torn.").text
        task = TASK.search(listed)
        assert task, listed
        of_the_administrator = browser.get(task[1]).text
    with signed_in(up, "blackpool", practitioner) as browser:
        answered = sends(browser, task[1], answer="We sent another book.").text
        afterwards = browser.get("/tasks?state=answered&whose=team").text
        file = browser.get("/tasks.csv?state=answered&whose=team").text

    for words in ("Books of a parcel are damaged", "A page is torn.", "Baby born"):
        assert words in listed
    assert "A practitioner says what becomes of damaged books." in of_the_administrator
    assert "Saved" in answered
    assert practitioner.name in afterwards
    assert "We sent another book." in file
    wait_until_nothing_waits(up)
    assert told_of(up, "blackpool", task[1].split("/")[2]) == [TaskRaised.type, TaskAnswered.type]


def test_somebody_signs_in_and_sends_a_parcel_of_which_the_team_hears(up: Up) -> None:
    wait_until_nothing_waits(up)
    with signed_in(up, "blackpool", SERVICE.people[0]) as browser:
        page = browser.get("/")
        button = BUTTON.search(page.text)
        assert button, page.text
        hidden = dict(HIDDEN.findall(page.text[button.end() :].split("</form>")[0]))

        answer = browser.post(button[1], data=hidden)
        again = browser.post(button[1], data=hidden)

    assert (answer.status_code, again.status_code) == (200, 200), "pressed twice, sent once"
    assert button[1] not in answer.text
    wait_until_nothing_waits(up)
    assert told_of(up, "blackpool", button[1].split("/")[2]).count(TaskAnswered.type) == 1


@contextlib.contextmanager
def signed_in(up: Up, team: str, person: Person) -> Generator[httpx.Client]:
    [address] = [one["address"] for one in up.services if (one["team"], one["service"]) == (team, "lending")]
    with httpx.Client(base_url=address, follow_redirects=True) as browser:
        chooses(browser, browser.get("/sign-in"), person.name)
        yield browser


def sends(browser: httpx.Client, page: str, **answers: str) -> httpx.Response:
    """The form of a page, with these answers."""
    return browser.post(page, data={**dict(HIDDEN.findall(browser.get(page).text)), **answers})


def told_of(up: Up, team: str, task_id: str) -> list[str]:
    """The events about a task that the library published."""
    stream = ("--team", team, "--service", "lending", "--audience", "team")
    entries = pairs("events", "tail", *stream, "--count", "2000", "--json", state=up.state).stdout.splitlines()
    return [one["ce-type"] for one in map(json.loads, entries) if one["ce-subject"] == task_id]
