"""What the record of a whole piece of work puts into its letters."""

from datetime import timedelta
from uuid import UUID

from services.referral.letters.domain.letter_kind import LetterKind
from services.referral.support.commands.rate_goal import RateGoal, rate_goal
from services.referral.support.commands.record_formulation import RecordFormulation, record_formulation
from services.referral.support.domain.formulation import Formulation
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.endings.test_discharge_family import discharge
from tests.referral.letters.builders import referral_of, stored, write
from tests.referral.support.builders import agree, assess, set_a_goal


async def draft(family: AFamily, kind: LetterKind, to: UUID | str) -> str:
    referral_id = await referral_of(family.team, family.family_id)
    return (await stored(family.team, await write(family.team, family.practitioner, referral_id, kind, to))).text


async def understands(family: AFamily, presenting: str, *, seen: int, is_shared: bool) -> None:
    formulation = Formulation(
        presenting, "Leonie was alone as a child.", "", "", "Dan sings.", "Shannon looks away.", is_shared=is_shared
    )
    async with family.team.begin(family.practitioner) as work:
        await record_formulation(RecordFormulation(family.episode_id, seen, formulation), work)


async def a_finished_work(team: ATeam) -> AFamily:
    """A goal rated twice, three sessions of which two were for the plan, and a discharge."""
    family = await a_family(team)
    (strand_id,) = await agree(family)
    for strand in (None, strand_id, strand_id):
        await family.has(family.session(strand_id=strand))
    goal_id = await set_a_goal(family)
    async with team.begin(family.practitioner) as work:
        await rate_goal(RateGoal(goal_id, 1, TODAY, 8), work)
    await discharge(family)
    return family


async def test_a_familys_last_letter_tells_the_work_from_the_record_and_leaves_no_gap(team: ATeam) -> None:
    family = await a_finished_work(team)

    text = await draft(family, LetterKind.FAMILY_DISCHARGED, family.leonie)

    assert "## What we did together\n\nWe met 3 times.\n\n- Baby states and cues: 2 sessions\n" in text
    assert "- To enjoy bath time together (from 2 to 8 out of 10)\n" in text
    assert "## What has changed\n\nLeonie knows what Shannon needs.\n" in text
    assert "## What Shannon is telling us\n\nShannon reaches for her mother.\n" in text
    assert "## What happens now\n\nThe health visitor goes on.\n" in text
    assert "[[" not in text


async def test_a_gps_last_letter_says_who_the_baby_is_and_how_the_work_ended(team: ATeam) -> None:
    family = await a_finished_work(team)

    text = await draft(family, LetterKind.PROFESSIONAL_DISCHARGED, "gp")

    assert "- Baby: Shannon Example\n- Born: 20 October 2025\n- NHS number: 999 000 0018\n" in text
    assert "- Parent or carer: Leonie Example\n" in text
    assert "## How it ended\n\nPlanned: the work is complete\n" in text
    assert "[[" not in text


async def test_a_referrers_last_letter_has_nothing_that_the_family_said(team: ATeam) -> None:
    family = await a_finished_work(team)

    text = await draft(family, LetterKind.REFERRER_DISCHARGED, "referrer")

    assert "[[" not in text
    for said in ("bath time", "Leonie knows", "reaches for"):
        assert said not in text


async def test_an_understanding_is_shared_with_others_only_as_the_family_has_seen_it(team: ATeam) -> None:
    family = await a_family(team)
    await understands(family, "Shannon cries when Leonie leaves.", seen=0, is_shared=True)
    await understands(family, "An idea that nobody has talked through.", seen=1, is_shared=False)
    await agree(family)

    text = await draft(family, LetterKind.PROFESSIONAL_FORMULATION, "gp")

    assert "Shannon cries when Leonie leaves.\n\nLeonie was alone as a child.\n\nDan sings.\n" in text
    assert "nobody has talked through" not in text
    assert "- Baby states and cues: 3 sessions planned\n" in text


async def test_the_newest_voice_of_the_infant_is_the_one_in_the_letter(team: ATeam) -> None:
    family = await a_family(team)
    await family.has(family.session(infant_voice="Shannon grasps a finger."))
    team.now = NOW + timedelta(hours=1)
    await assess(family)

    text = await draft(family, LetterKind.FAMILY_ACCEPTED, family.leonie)

    assert "Shannon looks for her mother's voice." in text
