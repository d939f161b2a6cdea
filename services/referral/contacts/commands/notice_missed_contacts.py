"""Notice contacts that were missed in a row, so that someone thinks about the family. Nobody is discharged by it."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.contacts.database.contacts import Contacts
from services.referral.contacts.domain.contact import missed_to_think_about
from services.referral.staff.commands.raise_task import RaiseTask, raise_task
from services.referral.team.database.team_work import TeamWork
from shared.contracts.pathway_codes import TaskKind


@dataclass(frozen=True)
class NoticeMissedContacts:
    family_id: UUID
    episode_id: UUID


async def notice_missed_contacts(command: NoticeMissedContacts, work: TeamWork) -> UUID | None:
    """Raise a task when as many as the team says, or a multiple of it, were missed; gives its id, or None."""
    about = missed_to_think_about(await Contacts(work).kept(command.episode_id), work.team.missed_before_task)
    if about is None:
        return None
    task = RaiseTask(command.family_id, TaskKind.NON_ATTENDANCE, about=about, episode_id=command.episode_id)
    return await raise_task(task, work)
