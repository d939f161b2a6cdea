"""Notice contacts that were missed in a row, so that somebody thinks about the family. Nobody is discharged by it."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.contacts.database.contacts import Contacts
from services.referral.contacts.domain.contact import MISSED_BEFORE_TASK, missed_to_think_about
from services.referral.staff.commands.raise_task import RaiseTask, raise_task
from shared.contracts.pathway_codes import TaskKind
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class NoticeMissedContacts:
    family_id: UUID
    episode_id: UUID
    limit: int = MISSED_BEFORE_TASK
    """Of missed ones in a row, from 1."""


async def notice_missed_contacts(command: NoticeMissedContacts, work: UnitOfWork) -> UUID | None:
    """Raise a task when the limit, or a multiple of it, is reached; gives its id, or None."""
    about = missed_to_think_about(await Contacts(work).kept(command.episode_id), command.limit)
    if about is None:
        return None
    task = RaiseTask(command.family_id, TaskKind.NON_ATTENDANCE, about=about, episode_id=command.episode_id)
    return await raise_task(task, work)
