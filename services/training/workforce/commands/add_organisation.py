"""Put an organisation on the list of those whose people are on the register."""

from dataclasses import dataclass
from uuid import UUID

from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_WORKFORCE
from services.training.workforce.database.organisations import Organisations
from services.training.workforce.domain.organisation import Organisation
from shared.contracts.vocabulary import SourceGroup
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AddOrganisation:
    organisation_id: UUID
    name: str
    sector: SourceGroup
    home_team: str | None = None
    """The team in whose area it is, where that is another one."""


async def add_organisation(command: AddOrganisation, work: UnitOfWork) -> None:
    """Raises NotAllowed, and RuleBroken for a name that is missing or on the list."""
    CAPABILITIES.check(work.actor.roles, KEEP_WORKFORCE)
    one = Organisation(command.organisation_id, command.name, command.sector, home_team=command.home_team)
    one.check()
    await Organisations(work).add(one)
    work.record("organisation.add", one.id)
