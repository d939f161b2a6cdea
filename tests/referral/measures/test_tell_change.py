from datetime import timedelta

from services.referral.measures.domain.administration import Subject
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.measures.builders import an_entry, enters, phq9, the_family
from tests.referral.measures.test_withdraw_measure import withdraws
from tests.referral.support.builders import told_to_the_region


async def test_the_region_counts_a_change_no_more_when_one_of_its_two_scores_was_a_mistake(team: ATeam) -> None:
    family = await the_family(team)
    await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(16)))
    team.now += timedelta(days=60)
    await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(15), on=TODAY + timedelta(40)))
    last = await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(9), on=TODAY + timedelta(60)))
    recovered = {"month": "2026-05-01", "measure": "phq9", "change": "recovered", "was_clinical": True}
    little = {**recovered, "month": "2026-04-01", "change": "no_reliable_change"}
    assert await told_to_the_region(team, "change_measured") == [little]
    assert await told_to_the_region(team, "change_measured_corrected") == [{"was": little, "instead": recovered}]

    await withdraws(team, last)

    assert (await told_to_the_region(team, "change_measured_corrected"))[-1] == {"was": recovered, "instead": little}


async def test_of_one_score_the_region_hears_of_no_change(team: ATeam) -> None:
    family = await the_family(team)
    await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(16)))
    team.now += timedelta(days=60)
    last = await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(9), on=TODAY + timedelta(60)))
    [told] = await told_to_the_region(team, "change_measured")

    await withdraws(team, last)

    assert await told_to_the_region(team, "change_measured_corrected") == [{"was": told, "instead": None}]
