"""Cancel an appointment, and say who cancelled it."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.contacts.database.contact_surroundings import read_around
from services.referral.contacts.database.contacts import Contacts
from services.referral.support.database.episodes import Episodes
from services.referral.support.database.waits import refresh_and_tell
from services.referral.team.database.team_work import TeamWork
from shared.contracts.pathway_codes import Attendance


@dataclass(frozen=True)
class CancelAppointment:
    contact_id: UUID
    episode_id: UUID
    expected_version: int
    """Of the appointment on the page."""
    attendance: Attendance
    """Cancelled by the family, or by the team."""
    note: str = ""
    """Stays in the team."""


async def cancel_appointment(command: CancelAppointment, work: TeamWork) -> None:
    """Publish ContactRecorded. A cancellation is no missed contact: whoever cancels is in touch.

    Raises:
        NotFound: this team has no such episode, or the family no such appointment.
        NotAllowed: the actor is not of the team.
        Conflict: someone changed it, or said what happened, after the page was opened.
        RuleBroken: it is not said who cancelled.
    """
    contacts = Contacts(work)
    episode = await Episodes(work).get_to_change(command.episode_id)
    contact = await contacts.get_to_change(episode.family_id, command.contact_id)
    around = await read_around(work, episode.id)
    recorded = contact.cancel(command.attendance, command.note, around, work.actor.roles, seen=command.expected_version)
    work.publish(recorded, about=contact)
    await contacts.save(contact)
    await refresh_and_tell(work, episode)
    work.record("appointment.cancel", episode.family_id)
