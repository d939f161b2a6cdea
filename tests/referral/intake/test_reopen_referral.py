from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from services.referral.intake.commands.close_referral import CloseReferral, close_referral
from services.referral.intake.commands.reopen_referral import ReopenReferral, reopen_referral
from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.referral import ReferralState
from services.referral.intake.queries.triage_queue import QueueFilter, triage_queue
from services.referral.staff.domain.restricted_record import RestrictedRecord
from shared.contracts.vocabulary import DeclineReason, Role, TriageOutcome
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from shared.staff.tables import earlier_version
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_actor
from tests.referral.governance.builders import OTHER, restrict
from tests.referral.support.builders import told_to_the_region

PRACTITIONER = an_actor(Role.PRACTITIONER)


async def closed(team: ATeam, outcome: TriageOutcome = TriageOutcome.ADVICE_ONLY, **more: Any) -> UUID:
    referral_id = (await team.receives()).referral_id
    async with team.begin(PRACTITIONER) as work:
        reason = DeclineReason.NEEDS_MET_ELSEWHERE
        await close_referral(CloseReferral(referral_id, 1, outcome, reason, "Told Ola.", **more), work)
    return referral_id


async def reopen(
    team: ATeam, referral_id: UUID, actor: Actor = PRACTITIONER, seen: int = 2, reason: str = "The hub sent them back."
) -> None:
    async with team.begin(actor) as work:
        await reopen_referral(ReopenReferral(referral_id, seen, reason), work)


async def test_the_region_counts_a_decision_that_no_longer_holds_no_more(team: ATeam) -> None:
    referral_id = await closed(team)
    [told] = await told_to_the_region(team, "referral_closed")

    await reopen(team, referral_id)

    assert await told_to_the_region(team, "referral_closed_corrected") == [{"was": told, "instead": None}]


async def test_a_referral_opened_again_keeps_its_first_receipt_and_what_was_decided(team: ATeam) -> None:
    referral_id = await closed(team)
    team.now = NOW + timedelta(28)

    await reopen(team, referral_id)

    async with team.begin(PRACTITIONER) as work:
        referral = await Referrals(work).get(referral_id)
        kept = (await work.session.execute(select(earlier_version))).one()
    assert (referral.state, referral.received_on) == (ReferralState.RECEIVED, TODAY)
    assert referral.reopening == "The hub sent them back."
    assert (kept.kind, kept.record_id, kept.content["explanation"]) == ("referral", referral_id, "Told Ola.")
    assert (await team.published())[2] == (
        "uk.pairs.referral.reopened.v1",
        {"referral_id": str(referral_id), "reopened_on": "2026-03-30"},
    )
    assert ("referral.reopen", referral_id) in await team.audited()


async def test_what_was_added_to_a_restricted_record_stays_with_it_when_it_is_opened_again(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id
    referral_id = await closed(team, TriageOutcome.JOINED, family_id=family_id)
    await restrict(team, family_id, PRACTITIONER.id)

    with pytest.raises(RestrictedRecord):
        await reopen(team, referral_id, OTHER)
    await reopen(team, referral_id)

    async with team.begin(OTHER) as work:
        (line,) = (await triage_queue(work, TODAY, QueueFilter()).page(work.session)).rows
        with pytest.raises(RestrictedRecord):
            await Referrals(work).get(referral_id)
    assert (line.referral_id, line.baby_name, line.caregiver_name) == (referral_id, "Restricted record", "")


async def test_after_28_days_a_new_referral_is_made(team: ATeam) -> None:
    referral_id = await closed(team)
    team.now = NOW + timedelta(29)

    with pytest.raises(RuleBroken) as refusal:
        await reopen(team, referral_id)

    assert "Enter a new referral" in refusal.value.sentence


async def test_an_administrator_does_not_reopen(team: ATeam) -> None:
    referral_id = await closed(team)

    with pytest.raises(NotAllowed):
        await reopen(team, referral_id, an_actor(Role.TEAM_ADMINISTRATOR))


async def test_a_referral_that_is_open_or_accepted_is_not_opened_again(team: ATeam) -> None:
    referral_id = (await team.receives()).referral_id

    with pytest.raises(RuleBroken):
        await reopen(team, referral_id, seen=1)


async def test_a_second_press_is_told_so(team: ATeam) -> None:
    referral_id = await closed(team)
    await reopen(team, referral_id)

    with pytest.raises(RuleBroken):
        await reopen(team, referral_id)


async def test_a_page_of_another_version_is_a_conflict(team: ATeam) -> None:
    referral_id = await closed(team)

    with pytest.raises(Conflict):
        await reopen(team, referral_id, seen=1)


async def test_a_reason_is_given(team: ATeam) -> None:
    referral_id = await closed(team)

    with pytest.raises(RuleBroken):
        await reopen(team, referral_id, reason=" ")
