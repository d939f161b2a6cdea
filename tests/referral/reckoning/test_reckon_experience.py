"""What the region hears of how families found the help."""

from datetime import UTC, datetime

from services.referral.measures.domain.administration import Subject
from services.referral.reckoning.timers.reckon_experience import reckon_experience
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW
from tests.referral.measures.builders import an_entry, answers, enters, the_family
from tests.referral.support.builders import told_to_the_region

IN_APRIL = datetime(2026, 4, 2, 9, tzinfo=UTC)
CERTAINLY, NOT_TRUE = answers(*[2] * 12), answers(*[0] * 12)


async def test_the_region_hears_a_mean_of_five_families_and_nothing_of_fewer(team: ATeam) -> None:
    for given in (CERTAINLY, CERTAINLY, CERTAINLY, NOT_TRUE):
        family = await the_family(team)
        await enters(team, family, an_entry("ESQ_P", Subject(family.leonie), given))
    team.now = IN_APRIL
    await reckon_experience(team.units)
    told = {"month": "2026-03-01", "asked": 4, "answered": 4, "certainly_true": None}
    assert await told_to_the_region(team, "experience_reckoned") == [told]

    team.now = NOW
    family = await the_family(team)
    await enters(team, family, an_entry("ESQ_P", Subject(family.leonie), NOT_TRUE))
    team.now = IN_APRIL
    assert (await reckon_experience(team.units), await reckon_experience(team.units)) == (1, 0)

    assert (await told_to_the_region(team, "experience_reckoned"))[-1] == {
        "month": "2026-03-01", "asked": 5, "answered": 5, "certainly_true": 60,
    }  # fmt: skip
