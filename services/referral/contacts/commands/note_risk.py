"""Note a new risk: the concern, what was done at once, and who was told."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.contacts.database.liaisons import Liaisons
from services.referral.contacts.domain.liaison import RiskNote
from services.referral.staff.commands.raise_task import RaiseTask, raise_task
from services.referral.support.database.episodes import Episodes
from shared.contracts.pathway_codes import TaskKind
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class NoteRisk:
    note_id: UUID
    """The same for the same form sent twice, which is stored once."""
    episode_id: UUID
    concern: str
    action: str
    told: str
    contact_id: UUID | None = None
    """The session in which it came up."""


async def note_risk(command: NoteRisk, work: UnitOfWork) -> None:
    """Raise a task that is due today; the words stay in the team and never go into a letter.

    Raises:
        NotFound: this team has no such episode.
        NotAllowed: the actor does not work with families.
        RuleBroken: something is missing.
    """
    episode = await Episodes(work).get(command.episode_id)
    who = (episode.family_id, episode.id, work.actor.id, work.now)
    note = RiskNote(command.note_id, *who, command.concern, command.action, command.told, command.contact_id)
    note.check(work.actor.roles)
    if not await Liaisons(work).add_risk(note):
        return
    await raise_task(RaiseTask(note.family_id, TaskKind.RISK_NOTE, about=note.id, episode_id=note.episode_id), work)
    work.record("risk.note", note.family_id)
