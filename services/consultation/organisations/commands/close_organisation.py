"""An organisation is no longer offered; what it asked stays."""

from dataclasses import dataclass
from uuid import UUID

from services.consultation.organisations.database.organisations import Organisations
from services.consultation.staff.domain.capabilities import CAPABILITIES, KEEP_ORGANISATIONS
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class CloseOrganisation:
    organisation_id: UUID
    expected_version: int


async def close_organisation(command: CloseOrganisation, work: UnitOfWork) -> None:
    """Raises NotFound, NotAllowed, Conflict and RuleBroken as the domain says."""
    CAPABILITIES.check(work.actor.roles, KEEP_ORGANISATIONS)
    organisations = Organisations(work)
    one = await organisations.get(command.organisation_id)
    one.close(work.today, seen=command.expected_version)
    await organisations.save(one)
    work.record("organisation.close", one.id)
