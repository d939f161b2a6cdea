import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.referral.contacts.commands.edit_note_template import EditNoteTemplate, edit_note_template
from services.referral.contacts.database.note_templates import NoteTemplates
from services.referral.contacts.domain.note_template import SHIPPED, NoteTemplate, NoteTemplateName
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, an_actor

LEAD = an_actor(Role.TEAM_LEAD)
NAME = NoteTemplateName.USUAL_VISIT


async def edit(team: ATeam, words: str, seen: int = 0, actor: Actor = LEAD) -> None:
    async with team.begin(actor) as work:
        await edit_note_template(EditNoteTemplate(NAME, seen, words), work)


async def used(team: ATeam, name: NoteTemplateName = NAME) -> NoteTemplate:
    async with team.begin(LEAD) as work:
        return (await NoteTemplates(work).all())[name]


async def test_a_team_starts_with_our_words(team: ATeam) -> None:
    assert await used(team) == NoteTemplate(NAME, SHIPPED[NAME], 0, is_ours=True)


async def test_the_team_words_a_template_and_goes_back_to_ours_with_each_version_kept(team: ATeam) -> None:
    await edit(team, "How was the week?")
    own = await used(team)
    await edit(team, "", 1)
    back = await used(team)

    assert own == NoteTemplate(NAME, "How was the week?", 1, is_ours=False, edited_at=NOW, edited_by=LEAD.id)
    assert (back.text, back.number, back.is_ours) == (SHIPPED[NAME], 2, True)
    assert (await used(team, NoteTemplateName.FIRST_VISIT)).number == 0
    with pytest.raises(DBAPIError, match="permission denied"):
        async with team.engine.begin() as connection:
            await connection.execute(text("UPDATE note_template SET text = ''"))


async def test_a_template_that_somebody_changed_meanwhile_is_not_overwritten(team: ATeam) -> None:
    await edit(team, "How was the week?")

    with pytest.raises(Conflict):
        await edit(team, "How was the day?")


async def test_a_practitioner_does_not_change_the_teams_words(team: ATeam) -> None:
    with pytest.raises(NotAllowed):
        await edit(team, "How was the week?", actor=an_actor(Role.PRACTITIONER))
