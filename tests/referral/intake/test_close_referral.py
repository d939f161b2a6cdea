from dataclasses import replace
from uuid import UUID

import pytest

from services.referral.intake.commands.ask_for_more import AskForMore, ask_for_more
from services.referral.intake.commands.close_referral import CloseReferral, close_referral
from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.triage import Closure, TargetService, Told
from shared.contracts.vocabulary import DeclineReason, Role, TriageOutcome
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_actor

PRACTITIONER = an_actor(Role.PRACTITIONER)
EXPLANATION = "Told the health visitor; the family will go to baby massage at the hub."


async def close(
    team: ATeam,
    referral_id: UUID,
    actor: Actor = PRACTITIONER,
    seen: int = 1,
    explanation: str = EXPLANATION,
    safety_to: UUID | None = None,
) -> None:
    async with team.begin(actor) as work:
        command = CloseReferral(
            referral_id,
            seen,
            TriageOutcome.SIGNPOSTED,
            DeclineReason.NEEDS_MET_ELSEWHERE,
            explanation,
            frozenset({Told.REFERRER}),
            TargetService.FAMILY_HUB,
            safety_to=safety_to,
        )
        await close_referral(command, work)


async def test_a_practitioner_signposts_a_family(team: ATeam) -> None:
    receipt = await team.receives()
    team.now = NOW.replace(day=4)

    await close(team, receipt.referral_id)

    async with team.begin(PRACTITIONER) as work:
        stored = await Referrals(work).get(receipt.referral_id)
    assert stored.decision == Closure(
        TriageOutcome.SIGNPOSTED,
        DeclineReason.NEEDS_MET_ELSEWHERE,
        EXPLANATION,
        TODAY.replace(day=4),
        PRACTITIONER.id,
        frozenset({Told.REFERRER}),
        TargetService.FAMILY_HUB,
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

    assert refusal.value.sentence == "This referral was closed on 2 March 2026. Nothing that you entered was saved."
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


async def test_a_signpost_says_where_to(team: ATeam) -> None:
    receipt = await team.receives()

    with pytest.raises(RuleBroken) as refusal:
        async with team.begin(PRACTITIONER) as work:
            await close_referral(a_closure(receipt.referral_id, TriageOutcome.SIGNPOSTED), work)

    assert refusal.value.field == "target_service"


async def test_a_second_referral_of_a_family_is_added_to_it(team: ATeam) -> None:
    known = await team.accepts()
    second = await team.receives()

    async with team.begin(PRACTITIONER) as work:
        closure = a_closure(second.referral_id, TriageOutcome.JOINED, reason=DeclineReason.ALREADY_OPEN)
        await close_referral(replace(closure, family_id=known.family_id), work)

    async with team.begin(PRACTITIONER) as work:
        stored = await Referrals(work).get(second.referral_id)
    assert stored.family_id == known.family_id
    assert isinstance(stored.decision, Closure)
    assert stored.decision.family_id == known.family_id


@pytest.mark.parametrize(("family_id", "refused"), [(None, RuleBroken), (UUID(int=9), NotFound)])
async def test_a_referral_joins_a_family_that_is_there(
    team: ATeam, family_id: UUID | None, refused: type[Exception]
) -> None:
    receipt = await team.receives()
    closure = replace(a_closure(receipt.referral_id, TriageOutcome.JOINED), family_id=family_id)

    with pytest.raises(refused):
        async with team.begin(PRACTITIONER) as work:
            await close_referral(closure, work)


@pytest.mark.parametrize(
    ("chases", "worry", "closes"), [(0, False, False), (1, False, False), (2, False, True), (2, True, False)]
)
async def test_a_referral_is_returned_only_after_two_chases_and_without_a_safety_worry(
    team: ATeam,
    chases: int,
    worry: bool,
    closes: bool,
) -> None:
    receipt = await team.receives()
    for seen in range(1, chases + 2):
        async with team.begin(PRACTITIONER) as work:
            chase_on = TODAY.replace(day=16)
            await ask_for_more(AskForMore(receipt.referral_id, seen, "A phone number.", chase_on, worry), work)

    refused = None
    try:
        async with team.begin(PRACTITIONER) as work:
            closure = a_closure(receipt.referral_id, TriageOutcome.RETURNED, reason=DeclineReason.NOT_ENOUGH_KNOWN)
            await close_referral(replace(closure, expected_version=chases + 2), work)
    except RuleBroken as refusal:
        refused = refusal.code

    assert refused == (None if closes else "return_early")


def a_closure(
    referral_id: UUID, outcome: TriageOutcome, reason: DeclineReason = DeclineReason.NEEDS_MET_ELSEWHERE
) -> CloseReferral:
    return CloseReferral(referral_id, 1, outcome, reason, EXPLANATION)
