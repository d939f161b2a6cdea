"""Book an appointment with a family."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.referral.contacts.database.contact_surroundings import read_around
from services.referral.contacts.database.contacts import Contacts
from services.referral.contacts.domain.contact import Contact
from services.referral.contacts.domain.contact_check import ContactDetails
from services.referral.support.database.episodes import Episodes
from services.referral.support.database.waits import refresh_and_tell
from services.referral.team.database.team_work import TeamWork


@dataclass(frozen=True)
class BookAppointment:
    contact_id: UUID
    """New, and the same for the same form sent twice, which is stored once."""
    episode_id: UUID
    starts_at: datetime
    """UTC."""
    details: ContactDetails
    """Without attendance; its day is that of `starts_at` in London."""


async def book_appointment(command: BookAppointment, work: TeamWork) -> None:
    """It stays open until someone says what happened.

    Raises:
        NotFound: this team has no such episode.
        NotAllowed: the actor is not of the team.
        RuleBroken: it is in the past, nobody of the family would come, or nobody asked about an interpreter.
    """
    contacts = Contacts(work)
    episode = await Episodes(work).get_to_change(command.episode_id)
    if await contacts.is_stored(command.contact_id, episode.family_id):
        return
    contact = Contact(
        command.contact_id, episode.family_id, episode.id, work.now, command.details, command.starts_at, version=1
    )
    contact.book(await read_around(work, episode.id), work.actor.roles, work.now)
    await contacts.add(contact)
    await refresh_and_tell(work, episode)
    work.record("appointment.book", episode.family_id)
