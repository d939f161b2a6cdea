"""The audit trail as the lead reads it, and a family's own page about its record."""

import ast
import csv
import io
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from services.referral.governance.domain.audit_words import ACTIONS
from services.referral.governance.web.correction_words import CORRECTIONS
from services.referral.people.commands.change_dyad import ChangeDyad, change_dyad
from services.referral.people.commands.change_person import ChangePerson, change_person
from services.referral.people.domain.dyad import DyadDetails, Involvement
from services.referral.people.domain.people import Relationship
from services.referral.people.domain.person import Known
from shared.kernel.identifiers import new_id
from shared.kernel.postgres import connected
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from tests.referral.a_team import ATeam
from tests.referral.people.builders import accepted, does, family_of
from tests.referral.web.visitor import LEAD, Visitor, client_of, pages_of
from tests.referral.worklists.builders import statements_of

SERVICE = Path(__file__).parents[4] / "services" / "referral"
_CODE = re.compile(r"[a-z_]+\.[a-z_]+")


@pytest.fixture
async def lead(team: ATeam) -> AsyncIterator[Visitor]:
    async with client_of(pages_of(team)) as client:
        visitor = Visitor(client)
        await visitor.signs_in(LEAD)
        yield visitor


@pytest.fixture
def as_superuser(team: ATeam, servers: AdminUrls) -> Callable[[str], Awaitable[None]]:
    """Does what no service may do to its own database."""

    async def execute(statement: str) -> None:
        async with connected(url_of(servers.postgres, database=team.engine.url.database or "")) as connection:
            await connection.execute(statement)

    return execute


def recorded() -> set[str]:
    """Every action that the code gives to `record`, to `read_family`, or to a parameter named `action`."""
    found: set[str] = set()
    for path in SERVICE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            found |= {one.value for one in _given(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return {action for action in found if _CODE.fullmatch(action)}


def _given(node: ast.AST) -> Iterator[ast.expr | None]:
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in {"record", "read_family", "_read"}:
            yield from node.args
        yield from (one.value for one in node.keywords if one.arg == "action")
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        named = zip([one.arg for one in node.args.kwonlyargs], node.args.kw_defaults, strict=True)
        yield from (default for name, default in named if name == "action")


def test_every_action_has_words() -> None:
    assert len(recorded()) > 20
    assert recorded() - ACTIONS.keys() == set()


async def test_the_lead_reads_who_did_what_and_filters_it(team: ATeam, staff: Visitor, lead: Visitor) -> None:
    first = (await team.accepts()).family_id
    await team.accepts()
    await staff.client.get(f"/families/{first}")

    everything = (await lead.client.get("/audit")).text
    of_family = (await lead.client.get("/audit?reference=tea-2026-000001")).text
    of_action = (await lead.client.get("/audit?action=family.read")).text
    of_nobody = (await lead.client.get(f"/audit?colleague={new_id()}")).text
    on_the_day = (await lead.client.get("/audit?from_on=2026-03-02&until_on=2026-03-02")).text
    before = (await lead.client.get("/audit?until_on=2026-03-01")).text
    file = (await lead.client.get("/audit.csv?reference=TEA-2026-000001")).text

    assert "The public form" in everything
    assert "Accepted a referral" in of_family
    assert "TEA-2026-000002" not in of_family
    assert of_action.count("<tr>") == 2
    assert "No entry fits this." in of_nobody
    assert "Accepted a referral" in on_the_day
    assert "No entry fits this." in before
    assert "family.read" in file


@pytest.mark.parametrize("query", ["from_on=yesterday", "colleague=Leonie", "until_on=2026-13-01"])
async def test_a_filter_that_is_wrong_is_said_on_the_page(lead: Visitor, query: str) -> None:
    answer = await lead.client.get(f"/audit?{query}")

    assert (answer.status_code, "There is a problem" in answer.text) == (422, True)


async def test_earlier_entries_are_on_the_next_page(team: ATeam, lead: Visitor) -> None:
    for _ in range(14):
        await team.accepts()

    first = (await lead.client.get("/audit")).text
    following = re.findall(r'href="(/audit\?before=\d+)"', first)
    second = (await lead.client.get(following[0])).text

    assert first.count("<tr>") == 26
    assert second.count("<tr>") > 1


async def test_a_trail_of_many_records_can_be_taken_along(team: ATeam, lead: Visitor) -> None:
    async with team.engine.begin() as connection:
        for _ in range(12):
            add = "SELECT audit_add(now(), gen_random_uuid(), 'family.read', gen_random_uuid())"
            await connection.execute(text(f"{add} FROM generate_series(1, 300)"))

    async with statements_of(team) as sent:
        answer = await lead.client.get("/audit.csv")

    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer.status_code == 200
    assert [int(line["Number"]) for line in lines] == list(range(3600, 0, -1))
    assert len([statement for statement in sent if "FROM audit" in statement and "LIMIT" in statement]) == 4


async def test_the_check_says_that_the_trail_holds_or_where_it_does_not(
    team: ATeam, lead: Visitor, as_superuser: Callable[[str], Awaitable[None]]
) -> None:
    await team.accepts()

    holds = (await lead.client.get("/audit/check")).text
    await as_superuser("UPDATE audit SET action = 'nothing' WHERE number = 2")
    broken = (await lead.client.get("/audit/check")).text

    assert "The whole trail holds" in holds
    assert "It had 2 entries when" in holds
    assert "Entry 2 was changed" in broken


async def test_the_check_of_a_long_trail_hashes_one_piece_of_it_and_says_how_far_it_is(
    team: ATeam, lead: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.audit.trail.PIECE", 10)
    for _ in range(6):
        await team.accepts()

    first = (await lead.client.get("/audit/check")).text
    second = (await lead.client.get("/audit/check")).text

    assert "The first 10 entries hold" in first
    assert "The whole trail holds" in second


async def test_only_the_lead_reads_the_trail(staff: Visitor) -> None:
    for path in ("/audit", "/audit.csv", "/audit/check", "/record-keeping", "/break-glass"):
        assert (await staff.client.get(path)).status_code == 403


async def test_a_family_page_says_who_opened_it_and_how_long_it_is_kept(team: ATeam, staff: Visitor) -> None:
    family = await team.accepts()
    root = f"/families/{family.family_id}"

    working = (await staff.client.get(f"{root}/record")).text
    async with team.engine.begin() as connection:
        await connection.execute(text("UPDATE episode SET ended_on = '2026-03-02', ending = 'completed'"))
    ended = (await staff.client.get(f"{root}/record")).text
    file = (await staff.client.get(f"{root}/record.csv")).text

    assert "While the episode is open, and for years afterwards" in working
    assert "Accepted a referral" in working
    assert "20 Oct 2050</time>" in ended
    assert "Until the 25th birthday" in ended or "until the 25th birthday" in ended
    assert "Looked at who opened a record" in ended
    assert "record.read" in file


def test_every_kind_of_record_that_is_corrected_has_words() -> None:
    kept: set[str] = set()
    for path in SERVICE.rglob("*.py"):
        kept |= set(re.findall(r'keep_earlier_version\(work, "(\w+)"', path.read_text()))

    assert kept == CORRECTIONS.keys()


async def test_what_was_corrected_is_said_in_words_and_what_was_not_known_in_one_line(
    team: ATeam, staff: Visitor
) -> None:
    family_id = await accepted(team)
    family = await family_of(team, family_id)
    leonie, dyad = family.carers[0], family.dyads[1]
    told = replace(leonie.details, email="l@example.org")
    await does(team, change_person, ChangePerson(family_id, leonie.id, 1, told))
    lives = DyadDetails(Relationship.FATHER, Involvement.INVOLVED, Known.YES, Known.NO, "Saturdays.", is_primary=False)
    await does(team, change_dyad, ChangeDyad(family_id, dyad.id, 1, lives))

    page = (await staff.client.get(f"/families/{family_id}/record")).text
    corrected = page[page.index('id="corrected"') : page.index("</main>")]

    assert "<dt>Is it unsafe to contact them?</dt><dd>No</dd>" in corrected
    assert "<dt>What they are to the baby</dt><dd>Dad</dd>" in corrected
    gaps = " · ".join(re.findall(r"Not known: ([^<]*)<", corrected))
    for one in ("Email address", "Part in the baby&#39;s life", "Parental responsibility"):
        assert one in gaps
    for one in ("not_known", "father", str(leonie.id), str(dyad.id), "False", "None", "When they died"):
        assert one not in corrected


async def test_the_lead_places_and_lifts_a_hold(team: ATeam, lead: Visitor) -> None:
    family_id = (await team.accepts()).family_id
    page = f"/families/{family_id}/holds/new"

    missing = await lead.posts(page, {}, seen_on=page)
    placed = await lead.posts(page, {"reason": "inquiry", "note": "The 2026 inquiry."}, seen_on=page)
    again = await lead.posts(page, {"reason": "inquiry", "note": "The 2026 inquiry."}, seen_on=page)
    shown = (await lead.client.get(f"/families/{family_id}/record?done=held")).text
    (lift,) = set(re.findall(r"/families/[0-9a-f-]+/holds/[0-9a-f-]{36}/lift", shown))
    wordless = await lead.posts(lift, {"note": ""}, seen_on=lift)
    lifted = await lead.posts(lift, {"note": "It ended."}, seen_on=lift)
    after = (await lead.client.get(f"/families/{family_id}/record")).text

    assert (missing.status_code, again.status_code, wordless.status_code) == (422, 409, 422)
    assert placed.headers["location"].endswith("/record?done=held")
    assert "The 2026 inquiry." in shown
    assert lifted.headers["location"].endswith("/record?done=lifted")
    assert "It ended." in after
