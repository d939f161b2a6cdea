"""A file of people is sent: it is kept as it came, and nothing on the register changes yet."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_WORKFORCE
from services.training.workforce.database.organisations import Organisations
from services.training.workforce.database.workforce_imports import WorkforceImport, WorkforceImports
from services.training.workforce.domain.import_row import columns_of_headings
from services.training.workforce.domain.workforce_file import read_file
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class SendPeople:
    import_id: UUID
    content: bytes
    everybody_at: UUID | None = None
    """The organisation all of whose people it names."""
    as_of: date | None = None
    """On which day; None: today."""


async def send_people(command: SendPeople, work: UnitOfWork) -> None:
    """Raises NotAllowed, NotFound, and RuleBroken when the file is no table of people, or is of a day to come."""
    CAPABILITIES.check(work.actor.roles, KEEP_WORKFORCE)
    as_of = command.as_of or work.today
    if as_of > work.today:
        raise RuleBroken("import_day", "The day must be today or in the past.", field="as_of")
    columns_of_headings(read_file(command.content).headings)
    if command.everybody_at:
        await Organisations(work).get(command.everybody_at)
    sent = WorkforceImport(
        command.import_id, command.content, as_of, work.actor.id, work.now, everybody_at=command.everybody_at
    )
    await WorkforceImports(work).add(sent)
    work.record("import.send", sent.id)
