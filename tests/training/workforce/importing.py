"""Files of people, sent and stored."""

from datetime import date
from uuid import UUID

from services.training.workforce.commands.send_people import SendPeople, send_people
from services.training.workforce.commands.store_people import StorePeople, store_people
from services.training.workforce.database.workforce_imports import WorkforceImports
from services.training.workforce.domain.import_plan import Plan
from services.training.workforce.queries.import_preview import import_preview
from shared.kernel.identifiers import new_id
from tests.training.conftest import TrainedTeam

HEADINGS = "organisation,staff number,first name,last name,email,profession,start date,last day"


def a_file(*rows: str) -> bytes:
    return "\n".join([HEADINGS, *rows]).encode()


def people(count: int) -> list[str]:
    """Of Grange Park; the two Ruths of the register are not among them."""
    return [
        f"Grange Park,{number:05},Given{number},Family{number * 7919:08},p{number}@grange.example,Midwife,01/09/2024,"
        for number in range(1000, 1000 + count)
    ]


async def sends(trained: TrainedTeam, *rows: str, everybody: bool = False, as_of: date | None = None) -> UUID:
    import_id = new_id()
    async with trained.begin() as work:
        where = trained.organisation_id if everybody else None
        await send_people(SendPeople(import_id, a_file(*rows), where, as_of), work)
    return import_id


async def preview(trained: TrainedTeam, import_id: UUID) -> Plan:
    async with trained.begin() as work:
        return await import_preview(work, await WorkforceImports(work).get(import_id))


async def stores(trained: TrainedTeam, import_id: UUID) -> dict[str, int]:
    """The counts of what was stored."""
    async with trained.begin() as work:
        await store_people(StorePeople(import_id), work)
    async with trained.begin() as work:
        return (await WorkforceImports(work).get(import_id)).counts
