"""Gives invented supervision to the real commands."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.consultation.demonstration.happening import Supervised
from services.consultation.demonstration.supervision import AGREEMENTS
from services.consultation.staff.domain.capabilities import CAPABILITIES, LEAD_SUPERVISION
from services.consultation.supervision.commands.agree_supervision import AgreeSupervision, agree_supervision
from services.consultation.supervision.commands.record_supervision import RecordSupervision, record_supervision
from services.consultation.supervision.domain.supervision_agreement import Terms
from services.consultation.supervision.domain.supervision_session import SupervisionMeeting
from shared.contracts.supervision import SupervisionKind
from shared.kernel.actor import Actor
from shared.kernel.calendar import add_months
from shared.kernel.identifiers import new_id
from shared.manifest import Person
from shared.unit_of_work import UnitsOfWork


async def agree_with_all(units: UnitsOfWork[Any], people: Sequence[Person]) -> None:
    """The team lead, with each colleague, from that day on."""
    lead = next(one for one in people if one.roles & CAPABILITIES.roles_with(LEAD_SUPERVISION))
    async with units.begin(Actor(lead.id, lead.roles)) as work:
        for person, agreed in zip(people, AGREEMENTS, strict=True):
            supervisor_id = None if agreed.supervisor is None else people[agreed.supervisor].id
            manager_id = supervisor_id if agreed.is_managed_by_supervisor else None
            terms = Terms(work.today, agreed.share, supervisor_id, manager_id)
            began = add_months(work.today, -agreed.experience)
            await agree_supervision(AgreeSupervision(new_id(), person.id, began, terms), work)


async def supervise(units: UnitsOfWork[Any], people: Sequence[Person], session_id: UUID, had: Supervised) -> None:
    """Recorded by the supervisor, or by whoever had it outside the team."""
    whom = people[had.supervisee]
    by = whom if had.supervisor is None else people[had.supervisor]
    supervisor_id = None if had.supervisor is None else by.id
    meeting = SupervisionMeeting(SupervisionKind.ONE_TO_ONE, had.starts_at, had.minutes, supervisor_id, (whom.id,))
    async with units.begin(Actor(by.id, by.roles)) as work:
        await record_supervision(RecordSupervision(session_id, meeting), work)
