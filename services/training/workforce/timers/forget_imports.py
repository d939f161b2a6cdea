"""Every hour: files of people that nobody stored in 30 days are emptied."""

from datetime import timedelta

from services.training.staff.database.training_work import TrainingUnits
from services.training.workforce.database.workforce_imports import WorkforceImports
from shared.kernel.actor import system

KEPT = timedelta(days=30)


async def forget_imports(units: TrainingUnits) -> int:
    """Give how many; when they were sent, and by whom, stays."""
    async with units.begin(system()) as work:
        emptied = await WorkforceImports(work).empty(work.now - KEPT)
        for import_id in emptied:
            work.record("import.forget", import_id)
    return len(emptied)
