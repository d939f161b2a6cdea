"""Notes of supervision: whatever page or file anybody opens, in whatever role, they are on none but the two's."""

import re
from datetime import date
from uuid import UUID

import pytest

from services.consultation.supervision.commands.write_supervision_note import (
    WriteSupervisionNote,
    write_supervision_note,
)
from services.consultation.supervision.timers.raise_supervision_tasks import raise_supervision_tasks
from shared.kernel.identifiers import new_id
from shared.testing.page_routes import addresses_of, get_routes
from shared.testing.page_walk import crawl
from tests.consultation.supervision.conftest import SupervisedTeam
from tests.consultation.supervision.supervised import ANN, BETH, PRIYA, TOM

SECRET = "heron-on-the-canal"
ON = date(2026, 10, 29)
NOTE_PAGE = "/supervision/sessions/{session_id}/notes/{supervisee_id}"


async def with_a_note(team: SupervisedTeam) -> dict[str, UUID]:
    """The ids that their page is opened with."""
    async with team.begin(BETH) as work:
        note = WriteSupervisionNote(team.sessions[ON], PRIYA.id, f"We spoke of the {SECRET}.", 0)
        await write_supervision_note(note, work)
    await raise_supervision_tasks(team.units)
    return {"session_id": team.sessions[ON], "supervisee_id": PRIYA.id}


@pytest.mark.parametrize("person", [PRIYA, BETH, TOM, ANN])
async def test_only_the_page_of_the_notes_says_them_and_only_to_the_two(team: SupervisedTeam, person: object) -> None:
    ids, client = await with_a_note(team), team.walked.clients[person]
    paths = list(dict.fromkeys(path for path, _ in get_routes(team.walked.app)))
    assert NOTE_PAGE in paths

    others = {part: new_id() for path in paths for part in re.findall(r"\{([a-z_]+)", path)}
    addresses = addresses_of(paths, others | ids)
    saying = [path for path, found in addresses.items() if SECRET in (await client.get(found[0])).text]

    assert saying == ([NOTE_PAGE] if person in (PRIYA, BETH) else [])


@pytest.mark.parametrize("person", [TOM, ANN])
async def test_no_link_leads_anyone_else_to_them(team: SupervisedTeam, person: object) -> None:
    ids = await with_a_note(team)
    session = (await team.walked.clients[person].get(f"/supervision/sessions/{ids['session_id']}")).text

    found = await crawl(team.walked.app, team.walked.clients[person], "/")

    assert f"/notes/{PRIYA.id}" not in session
    assert found.refused == []
