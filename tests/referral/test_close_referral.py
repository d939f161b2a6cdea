from uuid import UUID

import pytest

from services.referral.commands.close_referral import CloseReferral, close_referral
from services.referral.database.referrals import Referrals
from services.referral.domain.triage import Closure
from shared.contracts.vocabulary import DeclineReason, Role, TriageOutcome
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from tests.referral.builders import NOW, TODAY, an_actor
from tests.referral.conftest import ATeam

PRACTITIONER = an_actor(Role.PRACTITIONER)
EXPLANATION = "Told the health visitor; the family will go to baby massage at the hub."


async def close(
    team: ATeam, referral_id: UUID, actor: Actor = PRACTITIONER, seen: int = 1, explanation: str = EXPLANATION
) -> None:
    async with team.begin(actor) as work:
        command = CloseReferral(
            referral_id, seen, TriageOutcome.SIGNPOSTED, DeclineReason.NEEDS_MET_ELSEWHERE, explanation
        )
        await close_referral(command, work)


async def test_a_practitioner_signposts_a_family(team: ATeam) -> None:
    receipt = await team.receives()
    team.now = NOW.replace(day=4)

    await close(team, receipt.referral_id)

    async with team.begin(PRACTITIONER) as work:
        stored = await Referrals(work.session).get(receipt.referral_id)
    assert stored.decision == Closure(
        TriageOutcome.SIGNPOSTED,
        DeclineReason.NEEDS_MET_ELSEWHERE,
        EXPLANATION,
        TODAY.replace(day=4),
        PRACTITIONER.id,
    )
    assert (await team.published())[1] == (
        "uk.pairs.referral.closed.v1",
        {
            "referral_id": str(receipt.referral_id),
            "outcome": "signposted",
            "reason": "needs_met_elsewhere",
            "decided_on": "2026-03-04",
            "triage_days": 2,
            "triage_working_days": 2,
        },
    )
    assert ("referral.close", receipt.referral_id) in await team.audited()


@pytest.mark.parametrize("role", [Role.TEAM_ADMINISTRATOR, Role.REGIONAL_LEAD])
async def test_others_may_not_close(team: ATeam, role: Role) -> None:
    receipt = await team.receives()

    with pytest.raises(NotAllowed) as refusal:
        await close(team, receipt.referral_id, an_actor(role))

    assert refusal.value.sentence == "A practitioner or the team lead decides on a referral. Ask one of them."


async def test_a_repeated_submit_is_told_of_the_first(team: ATeam) -> None:
    receipt = await team.receives()
    await close(team, receipt.referral_id)

    with pytest.raises(Conflict) as refusal:
        await close(team, receipt.referral_id)

    assert refusal.value.sentence == "This referral was closed on 2 March 2026. Nothing that you entered was stored."
    assert len(await team.published()) == 2


async def test_a_page_of_another_version_is_a_conflict(team: ATeam) -> None:
    receipt = await team.receives()

    with pytest.raises(Conflict):
        await close(team, receipt.referral_id, seen=2)


async def test_a_referral_of_another_team_is_not_found(team: ATeam, other_team: ATeam) -> None:
    receipt = await other_team.receives()

    with pytest.raises(NotFound):
        await close(team, receipt.referral_id)


async def test_nobody_closes_without_a_word_to_the_referrer(team: ATeam) -> None:
    receipt = await team.receives()

    with pytest.raises(RuleBroken) as refusal:
        await close(team, receipt.referral_id, explanation="  ")

    assert refusal.value.sentence == "Write what the referrer and the family will be told."
    assert len(await team.published()) == 1
