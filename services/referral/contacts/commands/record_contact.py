"""Record a session or visit that took place, or did not; an appointment becomes the contact."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.contacts.commands.notice_missed_contacts import NoticeMissedContacts, notice_missed_contacts
from services.referral.contacts.database.contact_surroundings import read_around
from services.referral.contacts.database.contacts import Contacts
from services.referral.contacts.domain.contact import Contact
from services.referral.contacts.domain.contact_check import ContactDetails
from services.referral.staff.commands.keep_promises import KeepPromises, keep_promises
from services.referral.staff.commands.raise_task import RaiseTask, raise_task
from services.referral.support.commands.start_strand import StartStrand, start_strand
from services.referral.support.database.episodes import Episodes
from services.referral.support.database.waits import refresh_and_tell
from services.referral.team.database.team_work import TeamWork
from shared.contracts.pathway_codes import Attendance, PromiseKind, TaskKind


@dataclass(frozen=True)
class RecordContact:
    contact_id: UUID
    """Of the appointment; else new, and the same for the same form sent twice, which is stored once."""
    episode_id: UUID
    details: ContactDetails
    appointment_version: int | None = None
    """Of the appointment on the page; None: there was none."""
    supervision: str = ""
    """What to bring to supervision; empty: nothing. Stays in the team."""


async def record_contact(command: RecordContact, work: TeamWork) -> None:
    """Publish ContactRecorded, and WaitStopped for each wait that this ends; missed ones in a row raise a task.

    Raises:
        NotFound: this team has no such episode, or the family no such appointment.
        NotAllowed: the actor does not work with families.
        Conflict: someone recorded, or changed, the appointment after the page was opened.
        RuleBroken: what is said cannot be right.
    """
    contacts, seen, roles = Contacts(work), command.appointment_version, work.actor.roles
    episode = await Episodes(work).get_to_change(command.episode_id)
    around = await read_around(work, episode.id)
    if seen is not None:
        contact = await contacts.get_to_change(episode.family_id, command.contact_id)
        work.publish(contact.say_what_happened(command.details, around, roles, seen=seen), about=contact)
        await contacts.save(contact)
    elif await contacts.is_stored(command.contact_id, episode.family_id):
        return
    else:
        contact = Contact(command.contact_id, episode.family_id, episode.id, work.now, command.details)
        work.publish(contact.record(around, roles), about=contact)
        await contacts.add(contact)
    if command.details.strand_id and command.details.attendance is Attendance.ATTENDED:
        await start_strand(StartStrand(command.details.strand_id, command.details.held_on), work)
    await refresh_and_tell(work, episode)
    await notice_missed_contacts(NoticeMissedContacts(episode.family_id, episode.id), work)
    if command.details.attendance is Attendance.ATTENDED:
        await keep_promises(KeepPromises(episode.referral_id, {PromiseKind.HEARD_BY}), work)
    if command.supervision:
        kind, detail = TaskKind.SUPERVISION, command.supervision
        await raise_task(RaiseTask(episode.family_id, kind, contact.id, episode.id, detail, work.actor.id), work)
    work.record("contact.record", episode.family_id)
