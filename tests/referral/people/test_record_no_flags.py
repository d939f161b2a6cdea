from datetime import date

import pytest

from services.referral.people.commands.add_safety_flag import AddSafetyFlag, add_safety_flag
from services.referral.people.commands.record_no_flags import RecordNoFlags, record_no_flags
from services.referral.people.domain.safety_flag import FlagDetails, FlagKind
from shared.kernel.errors import NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.people.builders import ADMINISTRATOR, accepted, does, family_of


async def test_that_somebody_asked_is_on_record_and_asking_again_does_no_harm(team: ATeam) -> None:
    family_id = await accepted(team)
    assert (await family_of(team, family_id)).safety_asked_on is None

    await does(team, record_no_flags, RecordNoFlags(family_id))
    await does(team, record_no_flags, RecordNoFlags(family_id))

    assert (await family_of(team, family_id)).safety_asked_on == TODAY
    assert ("safety_flag.none", family_id) in await team.audited()


async def test_nobody_says_none_while_a_flag_counts(team: ATeam) -> None:
    family_id = await accepted(team)
    details = FlagDetails(FlagKind.NO_VOICEMAIL, None, TODAY, date(2026, 4, 1), "Leonie")
    await does(team, add_safety_flag, AddSafetyFlag(family_id, details))

    with pytest.raises(RuleBroken, match="flags_known"):
        await does(team, record_no_flags, RecordNoFlags(family_id))


async def test_an_administrator_does_not_judge(team: ATeam) -> None:
    family_id = await accepted(team)

    with pytest.raises(NotAllowed):
        await does(team, record_no_flags, RecordNoFlags(family_id), ADMINISTRATOR)
