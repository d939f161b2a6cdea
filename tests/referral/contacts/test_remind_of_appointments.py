"""Whoever is invited to an appointment is reminded, if they may be reached by email."""

from datetime import timedelta
from uuid import UUID

from services.referral.contacts.commands.cancel_appointment import CancelAppointment, cancel_appointment
from services.referral.contacts.timers.remind_of_appointments import remind_of_appointments
from services.referral.people.commands.record_death import RecordDeath, record_death
from shared.contracts.pathway_codes import Attendance
from shared.staff.message import MessageState
from tests.mail.server import a_mail_server
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.contacts.builders import AFamily
from tests.referral.messages import a_family_with_email, agrees, has_email, send, stored

TOMORROW = NOW + timedelta(days=1)


async def remind(team: ATeam) -> int:
    return await remind_of_appointments(team.units)


async def cancel(family: AFamily, contact_id: UUID) -> None:
    async with family.team.begin(family.practitioner) as work:
        await cancel_appointment(
            CancelAppointment(contact_id, family.episode_id, 1, Attendance.CANCELLED_BY_FAMILY), work
        )


async def test_a_parent_who_agreed_to_e_mail_is_reminded_once(team: ATeam) -> None:
    family = await a_family_with_email(team)
    await family.books(TOMORROW)

    assert [await remind(team), await remind(team)] == [1, 0]

    async with a_mail_server() as server:
        await send(team, server)
    (taken,) = server.taken
    assert taken["Subject"] == "Your appointment"
    assert "3 March 2026, 10:30am" in taken.get_content()
    for word in ("Shannon", "baby", "parent", "team"):
        assert word not in taken.get_content()


async def test_a_dad_who_is_invited_and_agreed_is_reminded_too(team: ATeam) -> None:
    family = await a_family_with_email(team)
    assert family.dan
    await has_email(family, family.dan, "dan@example.org")
    await agrees(family, family.dan)
    await family.books(TOMORROW, people=frozenset({family.leonie, family.dan, family.shannon}))

    assert await remind(team) == 2


async def test_nobody_is_reminded_of_somebody_elses_appointment(team: ATeam) -> None:
    family = await a_family_with_email(team)
    assert family.dan
    await has_email(family, family.dan, "dan@example.org")
    await agrees(family, family.dan)
    await family.books(TOMORROW)

    assert await remind(team) == 1


async def test_reminders_begin_two_days_ahead(team: ATeam) -> None:
    family = await a_family_with_email(team)
    await family.books(NOW + timedelta(hours=49))

    assert await remind(team) == 0
    team.now = NOW + timedelta(hours=1)
    assert await remind(team) == 1


async def test_who_did_not_agree_or_is_unsafe_or_lost_a_baby_is_not_reminded(team: ATeam) -> None:
    family = await a_family_with_email(team)
    await family.books(TOMORROW)
    await has_email(family, family.leonie, "leonie@example.org", contact_unsafe=True)
    assert await remind(team) == 0
    await has_email(family, family.leonie, "leonie@example.org", contact_unsafe=False)
    async with team.begin(family.practitioner) as work:
        await record_death(RecordDeath(family.family_id, family.shannon, 1, TODAY), work)
    assert await remind(team) == 0


async def test_no_reminder_leaves_of_an_appointment_that_was_cancelled_meanwhile(team: ATeam) -> None:
    family = await a_family_with_email(team)
    contact_id = await family.books(TOMORROW)
    await remind(team)
    await cancel(family, contact_id)

    async with a_mail_server() as server:
        await send(team, server)

    (message,) = await stored(team)
    assert (message.state, server.taken) == (MessageState.STOPPED, [])
