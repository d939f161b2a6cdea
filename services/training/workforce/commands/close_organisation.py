"""An organisation is no longer offered; who worked there stays on record."""

from dataclasses import dataclass
from uuid import UUID

from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_WORKFORCE
from services.training.workforce.database.organisations import Organisations
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class CloseOrganisation:
    organisation_id: UUID
    expected_version: int


async def close_organisation(command: CloseOrganisation, work: UnitOfWork) -> None:
    """Raises NotFound, NotAllowed, Conflict and RuleBroken as the domain says."""
    CAPABILITIES.check(work.actor.roles, KEEP_WORKFORCE)
    organisations = Organisations(work)
    one = await organisations.get(command.organisation_id)
    at_work = await organisations.at_work(one.id, work.today)
    one.close(work.today, seen=command.expected_version, at_work=at_work)
    await organisations.save(one)
    work.record("organisation.close", one.id)
