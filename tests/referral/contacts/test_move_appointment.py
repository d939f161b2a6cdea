from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from services.referral.contacts.commands.move_appointment import MoveAppointment, move_appointment
from services.referral.contacts.domain.appointment import Booking
from shared.contracts.pathway_codes import ContactMode, Venue
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from shared.staff.tables import earlier_version
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, an_actor
from tests.referral.contacts.builders import AFamily, a_family

TOMORROW, NEXT_WEEK = NOW + timedelta(days=1), NOW + timedelta(days=7)


async def move(
    family: AFamily, contact_id: UUID, to: datetime, seen: int = 1, actor: Actor | None = None, **changes: Any
) -> None:
    place: dict[str, Any] = {"mode": ContactMode.FACE_TO_FACE, "venue": Venue.FAMILY_HUB, **changes}
    booking = Booking(to, family.practitioner.id, place["mode"], place["venue"], None)
    async with family.team.begin(actor or family.practitioner) as work:
        await move_appointment(MoveAppointment(contact_id, family.episode_id, seen, booking), work)


async def test_another_time_and_place_and_the_time_before_is_kept(team: ATeam) -> None:
    family = await a_family(team)
    contact_id = await family.books(TOMORROW)

    await move(family, contact_id, NEXT_WEEK, actor=an_actor(Role.TEAM_ADMINISTRATOR))

    contact = await family.stored(contact_id)
    assert (contact.starts_at, contact.details.held_on) == (NEXT_WEEK, date(2026, 3, 9))
    assert (contact.details.venue, contact.version) == (Venue.FAMILY_HUB, 2)
    async with team.engine.connect() as connection:
        kept = (await connection.execute(select(earlier_version.c.content))).scalar_one()
    assert (kept["starts_at"], kept["venue"]) == (TOMORROW.isoformat(), "home")
    assert (await team.audited())[-1] == ("appointment.move", family.family_id)


async def test_of_two_who_move_it_the_second_is_told(team: ATeam) -> None:
    family = await a_family(team)
    contact_id = await family.books(TOMORROW)
    await move(family, contact_id, NEXT_WEEK)

    with pytest.raises(Conflict):
        await move(family, contact_id, NEXT_WEEK + timedelta(days=1))


async def test_what_has_happened_is_not_moved(team: ATeam) -> None:
    family = await a_family(team)
    contact_id = await family.has()

    with pytest.raises(Conflict):
        await move(family, contact_id, NEXT_WEEK)


async def test_it_is_not_moved_into_the_past(team: ATeam) -> None:
    family = await a_family(team)
    contact_id = await family.books(TOMORROW)

    with pytest.raises(RuleBroken) as refusal:
        await move(family, contact_id, NOW - timedelta(days=1))

    assert refusal.value.field == "starts_at"


async def test_a_regional_lead_moves_nothing_and_an_unknown_one_is_not_found(team: ATeam) -> None:
    family = await a_family(team)
    contact_id = await family.books(TOMORROW)

    with pytest.raises(NotAllowed):
        await move(family, contact_id, NEXT_WEEK, actor=an_actor(Role.REGIONAL_LEAD))
    with pytest.raises(NotFound):
        await move(family, new_id(), NEXT_WEEK)
