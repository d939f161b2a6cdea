from datetime import date, timedelta

from services.referral.intake.commands.accept_referral import AcceptReferral, accept_referral
from services.referral.intake.commands.undo_merge import UndoMerge, undo_merge
from shared.contracts.vocabulary import Urgency
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, an_opening
from tests.referral.intake.test_merge_families import LEAD, ended, merge
from tests.referral.support.builders import told_to_the_region


async def test_a_family_that_comes_back_is_told_with_the_band_of_days_since_its_work_ended(team: ATeam) -> None:
    before = await ended(team)
    team.now = NOW + timedelta(days=120)
    receipt = await team.receives()
    async with team.begin(LEAD) as work:
        back = AcceptReferral(
            receipt.referral_id, 1, Urgency.ROUTINE, an_opening(review_on=date(2026, 8, 3)), before.family_id
        )
        await accept_referral(back, work)

    assert await told_to_the_region(team, "family_rereferred") == [
        {"month": "2026-06-01", "months_since_accepted": 3, "discharged": "2026-03-01", "gap": "days_91_365"}
    ]


async def test_the_region_counts_one_family_and_two_again_when_they_are_two(team: ATeam) -> None:
    team.now = NOW - timedelta(days=100)
    gone = await ended(team, nhs_number=None)
    team.now = NOW
    kept = await team.accepts()
    merge_id = await merge(team, kept.family_id, gone.family_id)

    [told] = await told_to_the_region(team, "family_rereferred")
    assert told == {
        "month": "2026-03-01", "months_since_accepted": 4, "discharged": "2026-03-01", "gap": "days_0_90",
    }  # fmt: skip

    async with team.begin(LEAD) as work:
        await undo_merge(UndoMerge(merge_id, "They only share an address."), work)

    assert await told_to_the_region(team, "family_rereferred_corrected") == [{"was": told, "instead": None}]
