"""A consultation led to a referral: it is taken in once, and says of which consultation it came."""

from typing import Any
from uuid import UUID

import pytest

from services.referral.intake.commands.receive_referral import Receipt, ReceiveReferral
from services.referral.intake.commands.refer_consultation import ReferConsultation, refer_consultation
from services.referral.intake.database.wanted_referrals import WantedReferrals
from services.referral.intake.reactions.on_consultation_withdrawn import on_consultation_withdrawn
from services.referral.intake.reactions.on_referral_wanted import on_referral_wanted
from shared.contracts.consultation import ReferralWanted
from shared.contracts.consultation_codes import Topic
from shared.contracts.vocabulary import Role, SourceGroup
from shared.kernel.actor import system
from shared.kernel.errors import RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import a_request, an_actor
from tests.referral.contacts.test_heard_consultations import DELIVERY, HELD_ON, held, withdrawn
from tests.referral.intake.test_merge_families import merge, two_records
from tests.referral.intake.web.test_new_referral import FORM
from tests.referral.web.visitor import Visitor


async def hears(team: ATeam, family_id: UUID | None = None) -> UUID:
    """That a consultation should become a referral, twice; gives its id."""
    event = ReferralWanted(
        consultation_id=new_id(),
        held_on=HELD_ON,
        sector=SourceGroup.HEALTH_VISITING,
        topics=(Topic.FEEDING, Topic.WORKER),
        family_id=family_id,
    )
    for _ in range(2):
        async with team.begin(system()) as work:
            await on_referral_wanted(event, DELIVERY, work)
    return event.consultation_id


async def takes_in(team: ATeam, consultation_id: UUID, key: UUID | None = None) -> Receipt:
    async with team.begin(an_actor(Role.PRACTITIONER)) as work:
        receive = ReceiveReferral(key or new_id(), a_request())
        return await refer_consultation(ReferConsultation(consultation_id, receive), work)


async def waiting(team: ATeam) -> list[UUID]:
    async with team.begin(an_actor(Role.PRACTITIONER)) as work:
        return [one.consultation_id for one in await WantedReferrals(work).open()]


async def test_it_waits_above_the_queue_until_it_is_taken_in_and_then_the_consultation_is_told(team: ATeam) -> None:
    consultation_id = await hears(team)
    assert await waiting(team) == [consultation_id]

    receipt = await takes_in(team, consultation_id)

    assert await waiting(team) == []
    type_, body = (await team.published())[-1]
    assert type_ == "uk.pairs.referral.consultation_referred.v1"
    assert (body["consultation_id"], body["referral_id"]) == (str(consultation_id), str(receipt.referral_id))
    assert receipt.reference.endswith(f"{body['reference_year']}-{body['reference_number']:06d}")


async def test_it_is_taken_in_once(team: ATeam) -> None:
    consultation_id = await hears(team)
    await takes_in(team, consultation_id)

    with pytest.raises(RuleBroken):
        await takes_in(team, consultation_id)


async def test_it_can_be_taken_in_before_the_event_comes_and_does_not_wait_then(team: ATeam) -> None:
    event = ReferralWanted(
        consultation_id=new_id(), held_on=HELD_ON, sector=SourceGroup.MATERNITY, topics=(), family_id=None
    )
    await takes_in(team, event.consultation_id)

    async with team.begin(system()) as work:
        await on_referral_wanted(event, DELIVERY, work)

    assert await waiting(team) == []


async def test_one_that_was_withdrawn_waits_no_longer(team: ATeam) -> None:
    consultation_id = await hears(team)

    async with team.begin(system()) as work:
        await on_consultation_withdrawn(withdrawn(held(None, consultation_id)), DELIVERY, work)

    assert await waiting(team) == []


async def test_it_follows_its_family_into_a_merge(team: ATeam) -> None:
    kept_id, gone_id = await two_records(team)
    consultation_id = await hears(team, gone_id)

    await merge(team, kept_id, gone_id)

    async with team.begin(an_actor(Role.PRACTITIONER)) as work:
        wanted = await WantedReferrals(work).find(consultation_id)
    assert wanted is not None
    assert wanted.family_id == kept_id


async def test_its_form_begins_with_what_is_known(team: ATeam, staff: Visitor) -> None:
    consultation_id = await hears(team, (await team.accepts()).family_id)
    queue = (await staff.client.get("/triage")).text
    where = f"/referrals/new?consultation={consultation_id}"

    page = (await staff.client.get(where)).text

    assert f'href="{where}"' in queue
    assert 'value="Leonie Example"' in page
    assert 'value="Shannon Example"' in page
    assert "It comes from a consultation of 2 March 2026: what was said is kept there." in page
    assert 'value="crying_sleep_feeding" checked' in page

    fields: dict[str, Any] = {**FORM, "looked": "yes"}
    sent = await staff.posts(where, fields, seen_on=where)
    again = await staff.client.get(where)
    assert sent.headers["location"].partition("?")[0] == again.headers["location"]
    assert await waiting(team) == []
