from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from services.referral.contacts.commands.cancel_appointment import CancelAppointment, cancel_appointment
from services.referral.database.tables import episode
from shared.contracts.pathway_codes import Attendance
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, an_actor
from tests.referral.contacts.builders import AFamily, a_family

TOMORROW = NOW + timedelta(days=1)


async def cancel(
    family: AFamily,
    contact_id: UUID,
    attendance: Attendance = Attendance.CANCELLED_BY_FAMILY,
    actor: Actor | None = None,
    **changes: Any,
) -> None:
    command = CancelAppointment(contact_id, family.episode_id, changes.pop("seen", 1), attendance, "Dan is ill.")
    async with family.team.begin(actor or family.practitioner) as work:
        await cancel_appointment(command, work)


@pytest.mark.parametrize("attendance", [Attendance.CANCELLED_BY_FAMILY, Attendance.CANCELLED_BY_SERVICE])
async def test_the_record_says_who_cancelled(team: ATeam, attendance: Attendance) -> None:
    family = await a_family(team)
    contact_id = await family.books(TOMORROW)

    await cancel(family, contact_id, attendance, actor=an_actor(Role.TEAM_ADMINISTRATOR))

    details = (await family.stored(contact_id)).details
    assert (details.attendance, details.note) == (attendance, "Dan is ill.")
    kind, body = (await team.published())[-1]
    assert (kind, body["attendance"], body["minutes"]) == ("uk.pairs.contact.recorded.v1", attendance.value, 0)
    async with team.engine.connect() as connection:
        assert await connection.scalar(select(episode.c.next_contact_at)) is None
    assert (await team.audited())[-1] == ("appointment.cancel", family.family_id)


async def test_a_repeated_cancellation_is_told_of_the_first(team: ATeam) -> None:
    family = await a_family(team)
    contact_id = await family.books(TOMORROW)
    await cancel(family, contact_id)

    with pytest.raises(Conflict):
        await cancel(family, contact_id)


async def test_a_missed_appointment_is_no_cancellation(team: ATeam) -> None:
    family = await a_family(team)
    contact_id = await family.books(TOMORROW)

    with pytest.raises(RuleBroken) as refusal:
        await cancel(family, contact_id, Attendance.WAS_NOT_BROUGHT)

    assert refusal.value.field == "attendance"


async def test_an_old_page_a_regional_lead_and_an_unknown_appointment_cancel_nothing(team: ATeam) -> None:
    family = await a_family(team)
    contact_id = await family.books(TOMORROW)

    with pytest.raises(Conflict):
        await cancel(family, contact_id, seen=7)
    with pytest.raises(NotAllowed):
        await cancel(family, contact_id, actor=an_actor(Role.REGIONAL_LEAD))
    with pytest.raises(NotFound):
        await cancel(family, new_id())
