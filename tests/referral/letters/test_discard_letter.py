import pytest

from services.referral.letters.commands.discard_letter import DiscardLetter, discard_letter
from services.referral.letters.domain.letter_kind import LetterKind
from shared.contracts.vocabulary import Role
from shared.kernel.errors import Conflict, NotAllowed
from tests.referral.a_team import ATeam
from tests.referral.builders import an_actor
from tests.referral.letters.builders import issue, stored, write

LEAD = an_actor(Role.TEAM_LEAD)


async def test_a_draft_that_nobody_sends_is_put_aside_and_stays_on_record(team: ATeam) -> None:
    referral_id = (await team.receives()).referral_id
    letter_id = await write(team, LEAD, referral_id, LetterKind.REFERRER_RECEIVED, "referrer")

    async with team.begin(LEAD) as work:
        await discard_letter(DiscardLetter(letter_id, 1), work)

    letter = await stored(team, letter_id)
    assert letter.discarded_at
    assert letter.text
    with pytest.raises(Conflict):
        await issue(team, LEAD, letter_id, seen=2)
    with pytest.raises(Conflict):
        async with team.begin(LEAD) as work:
            await discard_letter(DiscardLetter(letter_id, 2), work)


async def test_a_letter_that_left_is_not_put_aside(team: ATeam) -> None:
    referral_id = (await team.receives()).referral_id
    letter_id = await write(team, LEAD, referral_id, LetterKind.REFERRER_RECEIVED, "referrer")
    await issue(team, LEAD, letter_id)

    with pytest.raises(Conflict):
        async with team.begin(LEAD) as work:
            await discard_letter(DiscardLetter(letter_id, 2), work)


async def test_the_region_puts_nothing_aside(team: ATeam) -> None:
    referral_id = (await team.receives()).referral_id
    letter_id = await write(team, LEAD, referral_id, LetterKind.REFERRER_RECEIVED, "referrer")

    with pytest.raises(NotAllowed):
        async with team.begin(an_actor(Role.REGIONAL_LEAD)) as work:
            await discard_letter(DiscardLetter(letter_id, 1), work)
