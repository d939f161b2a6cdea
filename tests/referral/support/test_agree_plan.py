from datetime import date

import pytest

from services.referral.people.commands.record_consent import RecordConsent, record_consent
from services.referral.people.domain.consent import ConsentDetails, ConsentMethod
from services.referral.support.commands.agree_plan import AgreePlan, agree_plan
from services.referral.support.domain.intervention import Course
from services.referral.support.domain.plan import PreferenceMet
from shared.contracts.intervention import Intervention
from shared.contracts.pathway_codes import ConsentScope
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.contacts.builders import a_family
from tests.referral.support.builders import ADMINISTRATOR, a_strand, agree, told, train

NBO = Intervention.NEWBORN_BEHAVIOURAL_OBSERVATIONS
VIG = Intervention.VIDEO_INTERACTION_GUIDANCE


async def test_a_plan_has_several_strands_for_several_people(team: ATeam) -> None:
    family = await a_family(team)
    for_leonie = a_strand(family, intervention=Intervention.PSYCHOEDUCATION, person_id=family.leonie)

    strands = await agree(family, a_strand(family), for_leonie)

    [agreed] = await told(team, "plan.agreed")
    assert (agreed["strand_count"], agreed["is_preference_met"]) == (2, True)
    assert len(strands) == 2


async def test_a_practitioner_without_the_training_says_why_it_goes_on(team: ATeam) -> None:
    family = await a_family(team)

    with pytest.raises(RuleBroken, match="strand_training"):
        await agree(family, a_strand(family, intervention=NBO))
    await agree(family, a_strand(family, intervention=NBO, override_reason="Supervised by a trained colleague."))


async def test_training_that_is_held_gives_no_warning_and_one_that_ran_out_does(team: ATeam) -> None:
    family = await a_family(team)
    await train(team, family.practitioner.id, Course.NBO)
    await agree(family, a_strand(family, intervention=NBO))
    other = await a_family(team)
    await train(team, other.practitioner.id, Course.NBO, until_on=date(2026, 3, 2))

    with pytest.raises(RuleBroken, match="strand_training"):
        await agree(other, a_strand(other, intervention=NBO))


async def test_nobody_is_filmed_without_consent(team: ATeam) -> None:
    family = await a_family(team)
    await train(team, family.practitioner.id, Course.VIG)

    with pytest.raises(RuleBroken, match="strand_filming"):
        await agree(family, a_strand(family, intervention=VIG))
    filming = ConsentDetails(family.leonie, family.leonie, ConsentScope.FILMING, ConsentMethod.WRITTEN, TODAY)
    async with team.begin(family.practitioner) as work:
        await record_consent(RecordConsent(family.family_id, filming), work)
    await agree(family, a_strand(family, intervention=VIG))


async def test_a_plan_agreed_meanwhile_is_not_passed_over(team: ATeam) -> None:
    family = await a_family(team)
    await agree(family)

    with pytest.raises(Conflict):
        await agree(family, seen=0)


async def test_a_plan_has_a_strand_for_somebody_of_the_family(team: ATeam) -> None:
    family = await a_family(team)
    empty = AgreePlan(family.episode_id, 0, TODAY, "Leonie", PreferenceMet.NONE_STATED, ())

    with pytest.raises(RuleBroken, match="plan_empty"):
        async with team.begin(family.practitioner) as work:
            await agree_plan(empty, work)
    with pytest.raises(NotFound):
        await agree(family, a_strand(family, person_id=new_id()))


async def test_an_administrator_does_not_agree_a_plan(team: ATeam) -> None:
    family = await a_family(team)

    with pytest.raises(NotAllowed):
        await agree(family, actor=ADMINISTRATOR)
