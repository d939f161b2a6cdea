"""A team stands by its figures of a month after all; where the month is frozen, the next snapshot says so."""

from dataclasses import dataclass
from datetime import date

from services.reporting.facts.domain.regional_lead import check_leads_region
from services.reporting.publication.database.readiness import Readiness
from services.reporting.publication.database.snapshots import Snapshots
from shared.kernel.errors import changed_meanwhile
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class SayReady:
    team: str
    month: date


async def say_ready(command: SayReady, work: UnitOfWork) -> None:
    """A regional lead says it for the team.

    Raises:
        NotAllowed: they do not lead the region.
        NotFound: the region has no such team.
        Conflict: it stands by it already.
    """
    check_leads_region(work.actor)
    await Snapshots(work.session).hold()
    await Readiness(work).must_know(command.team)
    if not await Readiness(work).say_ready(command.team, command.month):
        raise changed_meanwhile("team_ready", "Someone said that the team is ready", then="go back to the list")
    work.record("readiness.say_ready")
