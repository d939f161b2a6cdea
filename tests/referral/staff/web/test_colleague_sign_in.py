"""Who did a thing has a name in the record: that with which they signed in."""

import ast
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

import services.referral
from shared.staff.tables import colleague
from tests.referral.a_team import ATeam
from tests.referral.web.visitor import LEAD, PRACTITIONER, REGIONAL_LEAD, Visitor, client_of, pages_of

ROOM = Path(services.referral.__file__).parent


async def colleagues(team: ATeam) -> dict[UUID, str]:
    async with team.engine.connect() as connection:
        rows = await connection.execute(select(colleague.c.id, colleague.c.name))
        return {row.id: row.name for row in rows}


async def test_a_colleague_has_a_name_in_the_record_from_their_sign_in(team: ATeam) -> None:
    async with client_of(pages_of(team)) as client:
        for person in (PRACTITIONER, LEAD, PRACTITIONER):
            await Visitor(client).signs_in(person)

    assert await colleagues(team) == {PRACTITIONER.id: PRACTITIONER.name, LEAD.id: LEAD.name}


async def test_somebody_of_the_region_is_no_colleague(team: ATeam) -> None:
    async with client_of(pages_of(team)) as client:
        await Visitor(client).signs_in(REGIONAL_LEAD)

    assert await colleagues(team) == {}


async def test_a_new_name_is_the_one_that_the_record_shows(team: ATeam) -> None:
    async with team.engine.begin() as connection:
        await connection.execute(colleague.insert().values(id=LEAD.id, name="Tom Married", roles=[]))

    async with client_of(pages_of(team)) as client:
        await Visitor(client).signs_in(LEAD)

    assert (await colleagues(team))[LEAD.id] == LEAD.name


def test_no_page_remembers_anybody_by_itself() -> None:
    remembering = [
        path.name
        for path in ROOM.glob("*/web/**/*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "remember"
    ]

    assert remembering == []
