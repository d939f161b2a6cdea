"""A consultation about a family stands on its timeline, as the other service of the team tells of it."""

from datetime import date
from typing import Any
from uuid import UUID

from services.referral.contacts.reactions.on_consultation_held import on_consultation_held
from services.referral.contacts.reactions.on_consultation_identified import on_consultation_identified
from services.referral.contacts.reactions.on_consultation_withdrawn import on_consultation_withdrawn
from services.referral.worklists.queries.family_events import EventFilter, family_events
from shared.contracts.consultation import ConsultationHeld, ConsultationIdentified, ConsultationWithdrawn
from shared.contracts.consultation_codes import ConsultationKind, ConsultationOutcome, Profession, Topic
from shared.contracts.streams import Audience, EntryId, Stream
from shared.contracts.vocabulary import Role, Tier
from shared.inbox.reaction import Delivery
from shared.kernel.actor import system
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, an_actor
from tests.referral.intake.test_merge_families import ended, merge, two_records
from tests.referral.intake.test_undo_merge import undo

DELIVERY = Delivery(Stream("team-one", "consultation", Audience.TEAM), EntryId(1, 1), NOW, is_replay=False)
HELD_ON = date(2026, 3, 2)
COMMON: dict[str, Any] = {
    "profession": Profession.HEALTH_VISITOR,
    "tier": Tier.UNIVERSAL,
    "held_on": HELD_ON,
    "minutes": 30,
}


def held(family_id: UUID | None, consultation_id: UUID | None = None) -> ConsultationHeld:
    return ConsultationHeld(
        consultation_id=consultation_id or new_id(),
        kind=ConsultationKind.CASE_NAMED,
        organisation_id=new_id(),
        outcome=ConsultationOutcome.ADVICE,
        topics=(Topic.INFANT_VOICE,),
        family_id=family_id,
        **COMMON,
    )


def withdrawn(of: ConsultationHeld) -> ConsultationWithdrawn:
    return ConsultationWithdrawn(consultation_id=of.consultation_id, kind=of.kind, family_id=of.family_id, **COMMON)


async def hears(team: ATeam, *events: ConsultationHeld | ConsultationIdentified | ConsultationWithdrawn) -> None:
    """One after the other, each in a transaction of its own."""
    for event in events:
        async with team.begin(system()) as work:
            if isinstance(event, ConsultationHeld):
                await on_consultation_held(event, DELIVERY, work)
            elif isinstance(event, ConsultationIdentified):
                await on_consultation_identified(event, DELIVERY, work)
            else:
                await on_consultation_withdrawn(event, DELIVERY, work)


async def told(team: ATeam, family_id: UUID) -> list[str]:
    """What the timeline says of consultations."""
    async with team.begin(an_actor(Role.PRACTITIONER)) as work:
        events = await (await family_events(work, family_id, EventFilter())).whole(work.session)
    return [event.words for event in events if event.words.startswith("Consultation")]


async def test_it_stands_there_once_however_often_it_is_delivered(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id
    event = held(family_id)

    await hears(team, event, event)

    assert await told(team, family_id) == ["Consultation: A family, by name"]


async def test_one_that_names_no_family_stands_nowhere(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id

    await hears(team, held(None), held(new_id()))

    assert await told(team, family_id) == []


async def test_one_with_no_names_stands_there_from_the_day_that_it_is_linked(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id

    await hears(
        team,
        ConsultationIdentified(
            consultation_id=new_id(), family_id=family_id, held_on=HELD_ON, kind=ConsultationKind.CASE_ANONYMOUS
        ),
    )

    assert await told(team, family_id) == ["Consultation: A family, no names"]


async def test_one_that_was_withdrawn_stands_there_no_longer_also_where_that_is_heard_first(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id
    first, second = held(family_id), held(family_id)

    await hears(team, first, withdrawn(first), first, withdrawn(second), second)

    assert await told(team, family_id) == []


async def test_it_follows_its_family_into_a_merge_and_out_again(team: ATeam) -> None:
    kept_id, gone_id = await two_records(team)
    await hears(team, held(gone_id))

    merge_id = await merge(team, kept_id, gone_id)
    assert await told(team, kept_id) == ["Consultation: A family, by name"]

    await undo(team, merge_id)
    assert await told(team, gone_id) == ["Consultation: A family, by name"]
    assert await told(team, kept_id) == []


async def test_one_that_comes_late_stands_with_the_family_that_its_own_was_merged_into_twice(team: ATeam) -> None:
    first = await ended(team)
    second = await ended(team)
    third = await ended(team)
    await merge(team, second.family_id, first.family_id)
    await merge(team, third.family_id, second.family_id, merged_version=2)

    await hears(team, held(first.family_id))

    assert await told(team, third.family_id) == ["Consultation: A family, by name"]
