"""Move an appointment to another time, place or practitioner."""

from dataclasses import dataclass, replace
from uuid import UUID

from services.referral.contacts.database.contact_surroundings import read_around
from services.referral.contacts.database.contacts import Contacts, keep_contact
from services.referral.contacts.domain.appointment import Booking
from services.referral.support.database.episodes import Episodes
from services.referral.support.database.waits import refresh_and_tell
from services.referral.team.database.team_work import TeamWork


@dataclass(frozen=True)
class MoveAppointment:
    contact_id: UUID
    episode_id: UUID
    expected_version: int
    """Of the appointment on the page."""
    booking: Booking


async def move_appointment(command: MoveAppointment, work: TeamWork) -> None:
    """The time before is kept.

    Raises:
        NotFound: this team has no such episode, or the family no such appointment.
        NotAllowed: the actor is not of the team.
        Conflict: someone changed it, or said what happened, after the page was opened.
        RuleBroken: the new time is in the past, or something is missing.
    """
    contacts = Contacts(work)
    episode = await Episodes(work).get_to_change(command.episode_id)
    contact = await contacts.get_to_change(episode.family_id, command.contact_id)
    around, before = await read_around(work, episode.id), replace(contact)
    contact.move(command.booking, around, work.actor.roles, work.now, seen=command.expected_version)
    await keep_contact(work, before)
    await contacts.save(contact)
    await refresh_and_tell(work, episode)
    work.record("appointment.move", episode.family_id)
