"""Put an organisation on the list of those that may ask."""

from dataclasses import dataclass
from uuid import UUID

from services.consultation.organisations.database.organisations import Organisations
from services.consultation.organisations.domain.organisation import Organisation
from services.consultation.staff.domain.capabilities import CAPABILITIES, KEEP_ORGANISATIONS
from shared.contracts.vocabulary import SourceGroup
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AddOrganisation:
    organisation_id: UUID
    name: str
    sector: SourceGroup


async def add_organisation(command: AddOrganisation, work: UnitOfWork) -> None:
    """Raises NotAllowed for whoever is not of the team, and RuleBroken for a name that is missing or on the list."""
    CAPABILITIES.check(work.actor.roles, KEEP_ORGANISATIONS)
    one = Organisation(command.organisation_id, command.name, command.sector)
    one.check()
    await Organisations(work).add(one)
    work.record("organisation.add", one.id)
