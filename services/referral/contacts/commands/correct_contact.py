"""Correct what was recorded of a contact; the version before is kept."""

from dataclasses import dataclass, replace
from uuid import UUID

from services.referral.contacts.commands.notice_missed_contacts import NoticeMissedContacts, notice_missed_contacts
from services.referral.contacts.database.contact_surroundings import read_around
from services.referral.contacts.database.contacts import Contacts, keep_contact
from services.referral.contacts.domain.contact_check import ContactDetails
from services.referral.support.database.episodes import Episodes
from services.referral.support.database.waits import refresh_and_tell
from services.referral.team.database.team_work import TeamWork


@dataclass(frozen=True)
class CorrectContact:
    contact_id: UUID
    episode_id: UUID
    expected_version: int
    """Of the contact on the page that the actor corrected."""
    details: ContactDetails


async def correct_contact(command: CorrectContact, work: TeamWork) -> None:
    """Publish ContactCorrected; milestones and waits follow.

    Raises:
        NotFound: this team has no such episode, or the family no such contact.
        NotAllowed: the actor does not work with families.
        Conflict: it was changed after the page was opened.
        RuleBroken: what is said cannot be right.
    """
    contacts = Contacts(work)
    episode = await Episodes(work).get_to_change(command.episode_id)
    contact = await contacts.get_to_change(episode.family_id, command.contact_id)
    around, before = await read_around(work, episode.id), replace(contact)
    corrected = contact.correct(command.details, around, work.actor.roles, seen=command.expected_version)
    await keep_contact(work, before)
    work.publish(corrected, about=contact)
    await contacts.save(contact)
    await refresh_and_tell(work, episode)
    await notice_missed_contacts(NoticeMissedContacts(episode.family_id, episode.id), work)
    work.record("contact.correct", episode.family_id)
