"""What a step of the work with a family may use."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.demonstration.family_so_far import FamilySoFar
from services.referral.demonstration.team import PRACTITIONERS
from services.referral.people.domain.family import Family
from services.referral.people.domain.person import Person
from services.referral.team.database.team_work import TeamWork


@dataclass
class Taking:
    """One moment of the work with a family."""

    family: FamilySoFar
    family_id: UUID
    episode_id: UUID
    record: Family
    work: TeamWork

    @property
    def lead_id(self) -> UUID:
        return PRACTITIONERS[self.family.lead or 0].id

    @property
    def carer_id(self) -> UUID:
        return self.record.carers[0].id

    @property
    def baby_id(self) -> UUID:
        return self.record.babies[0].id

    @property
    def babies(self) -> list[Person]:
        """Those who live, or are expected."""
        return [one for one in self.record.babies if not one.is_lost]
