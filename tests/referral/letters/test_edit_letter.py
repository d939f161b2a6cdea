from typing import Any
from uuid import UUID

import pytest

from services.referral.letters.commands.edit_letter import EditLetter, edit_letter
from services.referral.letters.domain.letter_facts import Recipient
from services.referral.letters.domain.letter_kind import LetterKind
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import an_actor
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.letters.builders import issue, referral_of, stored, write

TEXT = "# Hello\n\nDear Leonie\n\nYou can call us."


async def a_draft(family: AFamily, kind: LetterKind = LetterKind.FAMILY_MISSED, to: str = "") -> UUID:
    referral_id = await referral_of(family.team, family.family_id)
    return await write(family.team, family.practitioner, referral_id, kind, to or family.leonie)


async def edit(team: ATeam, actor: Actor, letter_id: UUID, text: str = TEXT, *, seen: int = 1, **more: Any) -> None:
    async with team.begin(actor) as work:
        await edit_letter(EditLetter(letter_id, seen, text, **more), work)


async def test_a_practitioner_words_the_letter_before_it_leaves(team: ATeam) -> None:
    family = await a_family(team)
    letter_id = await a_draft(family)

    await edit(team, family.practitioner, letter_id)

    letter = await stored(team, letter_id)
    assert (letter.text, letter.gaps, letter.version) == (TEXT, [], 2)
    assert ("letter.edit", family.family_id) in await team.audited()


async def test_a_familys_address_does_not_change_with_the_words_and_a_professionals_does(team: ATeam) -> None:
    family = await a_family(team)
    other = Recipient("Someone else", ("1 Other Street",))
    to_family, to_gp = await a_draft(family), await a_draft(family, LetterKind.PROFESSIONAL_DISCHARGED, "gp")

    for letter_id in (to_family, to_gp):
        await edit(team, family.practitioner, letter_id, addressed=other)

    assert (await stored(team, to_family)).recipient.name == "Leonie Example"
    assert (await stored(team, to_gp)).recipient == other


async def test_of_two_colleagues_who_edit_at_once_the_second_is_told(team: ATeam) -> None:
    family = await a_family(team)
    letter_id = await a_draft(family)
    await edit(team, family.practitioner, letter_id)

    with pytest.raises(Conflict) as refusal:
        await edit(team, an_actor(Role.TEAM_LEAD), letter_id, "# Other\n\nWords", seen=1)

    assert refusal.value.code == "letter_changed"
    assert (await stored(team, letter_id)).text == TEXT


async def test_a_letter_that_was_issued_is_not_edited(team: ATeam) -> None:
    family = await a_family(team)
    letter_id = await a_draft(family)
    await edit(team, family.practitioner, letter_id)
    await issue(team, family.practitioner, letter_id, seen=2)

    with pytest.raises(Conflict) as refusal:
        await edit(team, family.practitioner, letter_id, "# Other\n\nWords", seen=3)

    assert refusal.value.code == "letter_issued"


@pytest.mark.parametrize("text", ["", "Dear Leonie", "# Hello", "# Hello\n\n \n"])
async def test_a_letter_has_a_title_and_something_to_say(team: ATeam, text: str) -> None:
    family = await a_family(team)
    letter_id = await a_draft(family)

    with pytest.raises(RuleBroken) as refusal:
        await edit(team, family.practitioner, letter_id, text)

    assert refusal.value.field == "text"


async def test_the_region_edits_no_letter(team: ATeam) -> None:
    letter_id = await a_draft(await a_family(team))

    with pytest.raises(NotAllowed):
        await edit(team, an_actor(Role.REGIONAL_LEAD), letter_id)
