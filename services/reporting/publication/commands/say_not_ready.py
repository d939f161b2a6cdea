"""A team does not stand by its figures of a month yet: until then they are provisional, and outside nobody has them."""

from dataclasses import dataclass
from datetime import date

from services.reporting.facts.domain.regional_lead import check_leads_region
from services.reporting.publication.database.readiness import Readiness
from services.reporting.publication.database.snapshots import Snapshots
from shared.contracts.region import month_of
from shared.kernel.calendar import month_words
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class SayNotReady:
    team: str
    month: date
    """Its first day."""
    why: str
    """In the team's words: what is missing, and when it will be there."""


async def say_not_ready(command: SayNotReady, work: UnitOfWork) -> None:
    """A regional lead says it for the team.

    Raises:
        NotAllowed: they do not lead the region.
        NotFound: the region has no such team.
        RuleBroken: the month has not come, or is frozen already.
    """
    check_leads_region(work.actor)
    await Snapshots(work.session).hold()
    await Readiness(work).must_know(command.team)
    last = await Snapshots(work.session).last_frozen()
    if command.month > month_of(work.today):
        raise RuleBroken("month_to_come", "That month has not begun. Choose one that has.", field="month")
    if last and command.month <= last.month:
        raise RuleBroken(
            "month_frozen",
            f"{month_words(command.month)} is frozen. What the team sends now is published as a revision, with the next"
            " month’s snapshot; nothing needs to be said.",
        )
    await Readiness(work).say_not_ready(command.team, command.month, command.why)
    work.record("readiness.say_not_ready")
