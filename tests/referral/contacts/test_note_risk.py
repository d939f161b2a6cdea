from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import ProgrammingError

from services.referral.contacts.commands.note_risk import NoteRisk, note_risk
from services.referral.database.contact_tables import task
from services.referral.database.liaison_tables import risk_note
from shared.contracts.vocabulary import Role
from shared.kernel.errors import NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY, an_actor
from tests.referral.contacts.builders import AFamily, a_family


async def note(family: AFamily, **changes: Any) -> None:
    told: dict[str, Any] = {
        "note_id": new_id(),
        "episode_id": family.episode_id,
        "concern": "Leonie said that she wants to disappear.",
        "action": "Rang the crisis team with her.",
        "told": "Tom, the team lead.",
    }
    actor = changes.pop("actor", family.practitioner)
    async with family.team.begin(actor) as work:
        await note_risk(NoteRisk(**{**told, **changes}), work)


async def rows(team: ATeam, table: Any) -> list[Any]:
    async with team.engine.connect() as connection:
        return list(await connection.execute(select(table)))


async def test_a_risk_is_noted_and_somebody_must_answer_today(team: ATeam) -> None:
    family = await a_family(team)

    await note(family)

    (stored,), (raised,) = await rows(team, risk_note), await rows(team, task)
    assert (stored.concern, stored.noted_by) == ("Leonie said that she wants to disappear.", family.practitioner.id)
    assert (raised.kind, raised.about, raised.due_on) == ("risk_note", stored.id, TODAY)
    assert (await team.audited())[-1] == ("risk.note", family.family_id)
    assert "disappear" not in str(await team.published())
    assert raised.detail == ""


async def test_a_form_that_was_sent_twice_is_one_note(team: ATeam) -> None:
    family, note_id = await a_family(team), new_id()

    await note(family, note_id=note_id)
    await note(family, note_id=note_id)

    assert (len(await rows(team, risk_note)), len(await rows(team, task))) == (1, 1)


@pytest.mark.parametrize("field", ["concern", "action", "told"])
async def test_all_three_are_said(team: ATeam, field: str) -> None:
    family = await a_family(team)

    with pytest.raises(RuleBroken) as refusal:
        await note(family, **{field: "  "})

    assert (refusal.value.field, await rows(team, risk_note)) == (field, [])


async def test_what_was_noted_stays_as_it_was_written(team: ATeam) -> None:
    await note(await a_family(team))

    with pytest.raises(ProgrammingError):
        async with team.engine.begin() as connection:
            await connection.execute(risk_note.update().values(concern="Nothing."))


async def test_the_team_administrator_notes_none_and_an_unknown_family_is_not_found(team: ATeam) -> None:
    family = await a_family(team)

    with pytest.raises(NotAllowed):
        await note(family, actor=an_actor(Role.TEAM_ADMINISTRATOR))
    with pytest.raises(NotFound):
        await note(family, episode_id=new_id())
