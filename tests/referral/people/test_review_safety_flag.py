from datetime import date
from uuid import UUID

import pytest

from services.referral.people.commands.add_safety_flag import AddSafetyFlag, add_safety_flag
from services.referral.people.commands.review_safety_flag import ReviewSafetyFlag, review_safety_flag
from services.referral.people.database.family_notes import FamilyNotes
from services.referral.people.domain.safety_flag import FlagDetails, FlagKind, SafetyFlag
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.people.builders import ADMINISTRATOR, PRACTITIONER, accepted, does


async def flagged(team: ATeam, family_id: UUID) -> UUID:
    details = FlagDetails(FlagKind.TWO_TO_VISIT, None, TODAY, date(2026, 4, 1), "Health visitor", "A dog.")
    flag_id: UUID = await does(team, add_safety_flag, AddSafetyFlag(family_id, details))
    return flag_id


async def only_flag(team: ATeam, family_id: UUID) -> SafetyFlag:
    async with team.begin(PRACTITIONER) as work:
        (flag,) = await FamilyNotes(work).flags(family_id)
        return flag


async def test_a_flag_that_holds_gets_another_date_and_keeps_its_note(team: ATeam) -> None:
    family_id = await accepted(team)
    flag_id = await flagged(team, family_id)

    await does(team, review_safety_flag, ReviewSafetyFlag(family_id, flag_id, 1, date(2026, 6, 1), ""))

    flag = await only_flag(team, family_id)
    assert (flag.review_on, flag.note, flag.ended_on, flag.version) == (date(2026, 6, 1), "A dog.", None, 2)
    assert ("safety_flag.review", family_id) in await team.audited()


async def test_a_flag_ends_with_a_reason_and_is_not_deleted(team: ATeam) -> None:
    family_id = await accepted(team)
    flag_id = await flagged(team, family_id)

    with pytest.raises(RuleBroken, match="flag_ending"):
        await does(team, review_safety_flag, ReviewSafetyFlag(family_id, flag_id, 1, None, " "))
    await does(team, review_safety_flag, ReviewSafetyFlag(family_id, flag_id, 1, None, "The dog has gone."))

    flag = await only_flag(team, family_id)
    assert (flag.ended_on, flag.ending, flag.is_overdue(date(2027, 1, 1))) == (TODAY, "The dog has gone.", False)
    with pytest.raises(RuleBroken, match="flag_ended"):
        await does(team, review_safety_flag, ReviewSafetyFlag(family_id, flag_id, 2, date(2026, 6, 1), ""))


async def test_the_second_review_of_one_version_is_told(team: ATeam) -> None:
    family_id = await accepted(team)
    flag_id = await flagged(team, family_id)
    await does(team, review_safety_flag, ReviewSafetyFlag(family_id, flag_id, 1, date(2026, 6, 1), ""))

    with pytest.raises(Conflict):
        await does(team, review_safety_flag, ReviewSafetyFlag(family_id, flag_id, 1, None, "Gone."))


async def test_a_flag_of_another_family_is_not_found_and_an_administrator_does_not_judge(team: ATeam) -> None:
    family_id, other = await accepted(team), await accepted(team)
    flag_id = await flagged(team, other)

    with pytest.raises(NotFound):
        await does(team, review_safety_flag, ReviewSafetyFlag(family_id, flag_id, 1, None, "Gone."))
    with pytest.raises(NotAllowed):
        await does(team, review_safety_flag, ReviewSafetyFlag(other, flag_id, 1, None, "Gone."), ADMINISTRATOR)
