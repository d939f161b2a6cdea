import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError

from services.referral.database.family_tables import person
from services.referral.letters.commands.edit_letter import EditLetter, edit_letter
from services.referral.letters.domain.letter_kind import LetterKind
from services.referral.letters.domain.written_letter import letter_reference
from services.referral.people.commands.end_membership import EndMembership, end_membership
from services.referral.people.commands.record_death import RecordDeath, record_death
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_actor
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.letters.builders import issue, referral_of, stored, write

LEAD = an_actor(Role.TEAM_LEAD)
ADMINISTRATOR = an_actor(Role.TEAM_ADMINISTRATOR)


async def a_finished_draft(family: AFamily, kind: LetterKind = LetterKind.FAMILY_MISSED, to: str = "") -> UUID:
    """A draft without gaps, of version 2."""
    team = family.team
    letter_id = await write(
        team, family.practitioner, await referral_of(team, family.family_id), kind, to or family.leonie
    )
    async with team.begin(family.practitioner) as work:
        await edit_letter(EditLetter(letter_id, 1, "# Hello\n\nDear Leonie"), work)
    return letter_id


async def issue_it(team: ATeam, letter_id: UUID, actor: Actor = LEAD, seen: int = 2) -> None:
    await issue(team, actor, letter_id, seen=seen)


async def test_an_issued_letter_has_a_number_a_day_and_whoever_issued_it(team: ATeam) -> None:
    family = await a_family(team)
    letters = [await a_finished_draft(family) for _ in range(2)]

    for letter_id in letters:
        await issue_it(team, letter_id)

    issued = [(await stored(team, letter_id)).issue_of for letter_id in letters]
    assert [(one.number, one.by, one.at) for one in issued if one] == [(1, LEAD.id, NOW), (2, LEAD.id, NOW)]
    assert letter_reference("TEA-2026-000001", 2) == "TEA-2026-000001-L2"
    assert ("letter.issue", family.family_id) in await team.audited()


async def test_the_database_itself_keeps_an_issued_letter_as_it_is(team: ATeam) -> None:
    family = await a_family(team)
    letter_id = await a_finished_draft(family)
    await issue_it(team, letter_id)

    for change in ("text = ''", "recipient_address = 'x'", "issued_at = now()", "number = 7", "discarded_at = now()"):
        with pytest.raises(DBAPIError, match="never changes"):
            async with team.engine.begin() as connection:
                await connection.execute(text(f"UPDATE letter SET {change}"))
    with pytest.raises(DBAPIError, match="permission denied"):
        async with team.engine.begin() as connection:
            await connection.execute(text("DELETE FROM letter"))


async def test_a_letter_with_a_gap_is_not_issued_and_the_gap_is_named(team: ATeam) -> None:
    family = await a_family(team)
    referral_id = await referral_of(team, family.family_id)
    letter_id = await write(team, family.practitioner, referral_id, LetterKind.FAMILY_ACCEPTED, family.leonie)

    with pytest.raises(RuleBroken) as refusal:
        await issue_it(team, letter_id, seen=1)

    assert refusal.value.sentence == (
        "Fill in what is missing, or take it out: the date by which we get in touch; what the baby is telling us; "
        "what holds the family while they wait."
    )


async def test_what_somebody_typed_between_brackets_is_in_no_refusal(team: ATeam) -> None:
    family = await a_family(team)
    letter_id = await a_finished_draft(family)
    async with team.begin(LEAD) as work:
        await edit_letter(EditLetter(letter_id, 2, "# Hello\n\n[[ask Dan Example]] {{ baby_name }}"), work)

    with pytest.raises(RuleBroken) as refusal:
        await issue_it(team, letter_id, seen=3)

    assert "Dan" not in refusal.value.sentence
    assert "what is between [[ and ]]" in refusal.value.sentence


async def test_after_a_death_no_draft_leaves(team: ATeam) -> None:
    family = await a_family(team)
    drafts = [
        await a_finished_draft(family),
        await a_finished_draft(family, LetterKind.REFERRER_DISCHARGED, "referrer"),
    ]
    async with team.begin(LEAD) as work:
        await record_death(RecordDeath(family.family_id, family.shannon, 1, TODAY), work)

    for letter_id in drafts:
        with pytest.raises(RuleBroken) as refusal:
            await issue_it(team, letter_id)
        assert refusal.value.code == "letter_silence"


async def test_a_draft_to_somebody_who_turned_out_unsafe_does_not_leave(team: ATeam) -> None:
    family = await a_family(team)
    letter_id = await a_finished_draft(family)
    async with team.engine.begin() as connection:
        await connection.execute(update(person).where(person.c.id == family.leonie).values(contact_unsafe=True))

    with pytest.raises(RuleBroken) as refusal:
        await issue_it(team, letter_id)

    assert refusal.value.code == "letter_unsafe"


async def test_a_draft_to_somebody_who_left_the_family_does_not_leave(team: ATeam) -> None:
    family = await a_family(team)
    assert family.dan
    letter_id = await a_finished_draft(family, to=str(family.dan))
    async with team.begin(LEAD) as work:
        await end_membership(EndMembership(family.family_id, family.dan), work)

    with pytest.raises(RuleBroken) as refusal:
        await issue_it(team, letter_id)

    assert refusal.value.code == "letter_recipient_left"


async def test_an_administrator_issues_only_what_judges_nothing(team: ATeam) -> None:
    family = await a_family(team)
    appointment = await a_finished_draft(family, LetterKind.FAMILY_APPOINTMENT)
    missed = await a_finished_draft(family)

    await issue_it(team, appointment, ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        await issue_it(team, missed, ADMINISTRATOR)


async def test_a_second_press_issues_nothing(team: ATeam) -> None:
    family = await a_family(team)
    letter_id = await a_finished_draft(family)

    results = await asyncio.gather(*(issue_it(team, letter_id) for _ in range(5)), return_exceptions=True)

    assert results.count(None) == 1
    assert {type(one) for one in results if one} == {Conflict}
    issued = (await stored(team, letter_id)).issue_of
    assert issued
    assert issued.number == 1


async def test_letters_of_one_referral_issued_at_once_have_numbers_without_a_hole(team: ATeam) -> None:
    family = await a_family(team)
    letters = [await a_finished_draft(family) for _ in range(5)]

    await asyncio.gather(*(issue_it(team, letter_id) for letter_id in letters))

    numbers: list[Any] = [(await stored(team, letter_id)).issue_of for letter_id in letters]
    assert sorted(one.number for one in numbers) == [1, 2, 3, 4, 5]


async def test_a_letter_of_another_team_is_not_found(team: ATeam) -> None:
    with pytest.raises(NotFound):
        await issue_it(team, new_id())
