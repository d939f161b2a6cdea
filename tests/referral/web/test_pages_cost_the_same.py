"""A page costs as many statements with forty rows as with two: a long list makes no page slow."""

from datetime import timedelta

import httpx
import pytest

from services.referral.letters.domain.letter_kind import LetterKind
from shared.contracts.pathway_codes import TaskKind
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.contacts.test_note_risk import note
from tests.referral.contacts.test_record_liaison import record as liaise
from tests.referral.governance.test_request_subject_access import ask as ask_for_a_copy
from tests.referral.groups.builders import a_group
from tests.referral.letters.builders import referral_of, write
from tests.referral.web.every_page import page_routes
from tests.referral.web.visitor import LEAD, Visitor, client_of, pages_of
from tests.referral.worklists.builders import a_task, statements_of

FEW, MANY = 2, 40
ONCE_IN_A_WHILE = {"/audit/check", "/refer"}
OF_A_FAMILY = ("", "/timeline", "/people", "/sessions", "/sessions/new", "/plan", "/measures", "/letters", "/liaison")
OF_A_FAMILY_TOO = ("/risk-notes", "/record", "/subject-access", "/merge", "/tier", "/appointments/new", "/discharge")


async def costs(team: ATeam, client: httpx.AsyncClient, paths: list[str]) -> dict[str, int]:
    """Path → statements; what is looked up once in a process is looked up before."""
    found: dict[str, int] = {}
    for path in paths:
        await client.get(path)
        async with statements_of(team) as sent:
            answer = await client.get(path)
        assert answer.status_code in (200, 303), f"{path}: {answer.status_code}"
        found[path] = len(sent)
    return found


async def more_families(team: ATeam, number: int) -> None:
    for _ in range(number):
        family = await a_family(team)
        await family.books(NOW + timedelta(days=1))
        await a_task(team, family.family_id)
        await team.receives()


async def more_of_a_family(family: AFamily, number: int) -> None:
    referral_id = await referral_of(family.team, family.family_id)
    for _ in range(number):
        await family.has()
        await liaise(family)
        await note(family)
        await ask_for_a_copy(family.team, family.family_id, family.shannon)
        await a_task(family.team, family.family_id, TaskKind.SUPERVISION)
        await write(family.team, family.practitioner, referral_id, LetterKind.FAMILY_MISSED, family.leonie)


@pytest.mark.timeout(180)
async def test_each_list_of_the_team(team: ATeam) -> None:
    app = pages_of(team)
    paths = [path for path in page_routes(app) if "{" not in path and not path.startswith("/refer/")]
    paths = [path for path in paths if path not in ONCE_IN_A_WHILE] + ["/caseload?whose=team", "/tasks?whose=team"]
    await a_group(team)
    async with client_of(app) as client:
        await Visitor(client).signs_in(LEAD)
        await more_families(team, FEW)
        few = await costs(team, client, paths)
        await more_families(team, MANY - FEW)
        many = await costs(team, client, paths)

    assert {path: (few[path], many[path]) for path in few if few[path] != many[path]} == {}


@pytest.mark.timeout(180)
async def test_each_page_of_a_family(team: ATeam) -> None:
    family = await a_family(team)
    paths = [f"/families/{family.family_id}{end}" for end in (*OF_A_FAMILY, *OF_A_FAMILY_TOO)]
    async with client_of(pages_of(team)) as client:
        await Visitor(client).signs_in(LEAD)
        await more_of_a_family(family, FEW)
        few = await costs(team, client, paths)
        await more_of_a_family(family, MANY - FEW)
        many = await costs(team, client, paths)

    assert {path: (few[path], many[path]) for path in few if few[path] != many[path]} == {}
