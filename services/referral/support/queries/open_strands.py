"""Which interventions go on with a family, for the form that records a session?"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from services.referral.database.clinical_tables import strand
from services.referral.database.family_tables import person
from services.referral.staff.database.record_access import check_episode
from shared.contracts.intervention import Intervention
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class OpenStrand:
    """One strand of the plan that has not ended."""

    strand_id: UUID
    intervention: Intervention
    for_name: str | None

    @property
    def value(self) -> str:
        """For a list of a form."""
        return str(self.strand_id)

    @property
    def label(self) -> str:
        return f"{self.intervention.label}, for {self.for_name}" if self.for_name else self.intervention.label


async def open_strands(work: UnitOfWork, episode_id: UUID) -> list[OpenStrand]:
    """In the order in which they were agreed."""
    await check_episode(work, episode_id)
    rows = await work.session.execute(_OPEN, {"strands_of": episode_id})
    return [OpenStrand(row.id, Intervention(row.intervention), row.name) for row in rows]


_OPEN = (
    select(strand.c.id, strand.c.intervention, person.c.name)
    .join(person, person.c.id == strand.c.person_id)
    .where(strand.c.episode_id == bindparam("strands_of", type_=Uuid()), strand.c.ended_on.is_(None))
    .order_by(strand.c.plan_number, strand.c.id)
)
