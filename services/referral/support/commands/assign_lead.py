"""Choose the practitioner who leads the work with a family."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_SUPPORT
from services.referral.staff.queries.practitioner_list import practitioner_list
from services.referral.support.database.episodes import Episodes
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AssignLead:
    episode_id: UUID
    lead_id: UUID


async def assign_lead(command: AssignLead, work: UnitOfWork) -> None:
    """The family is in that practitioner's caseload from now on.

    Raises:
        NotFound: this team has no such episode.
        NotAllowed: the actor does not work with families.
        RuleBroken: it is nobody who works with families here.
    """
    CAPABILITIES.check(work.actor.roles, RECORD_SUPPORT)
    episodes = Episodes(work)
    episode = await episodes.get_to_change(command.episode_id)
    if command.lead_id not in {one.id for one in await practitioner_list(work.session)}:
        raise RuleBroken("lead_unknown", "Choose a practitioner from the list.", field="lead_id")
    await episodes.save_lead(episode.id, command.lead_id)
    work.record("lead.assign", episode.family_id)
