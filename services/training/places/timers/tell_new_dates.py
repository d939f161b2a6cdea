"""Every minute: whoever wanted to hear of new dates of a course gets one email of them, and is forgotten."""

from services.training.places.database.date_watches import DateWatches
from services.training.places.database.place_messages import PlaceMessages
from services.training.places.domain.date_watch import DateWatch
from services.training.places.domain.place_message import PlaceMessage
from services.training.places.domain.place_words import new_dates_words
from services.training.places.queries.coming_dates import coming_dates
from services.training.staff.database.training_work import TrainingUnits, TrainingWork
from shared.kernel.actor import system
from shared.staff.message import QueueMessage, ToAddress


async def tell_new_dates(units: TrainingUnits) -> int:
    """One at a time; gives 1, or 0 when nobody is due."""
    async with units.begin(system()) as work:
        watches = DateWatches(work)
        if (one := await watches.next_due()) is None:
            return 0
        await _tell(one, work)
        one.end(work.now)
        await watches.save(one)
        work.record("dates.tell")
        return 1


async def _tell(one: DateWatch, work: TrainingWork) -> None:
    """Nothing, where only the time is over for which an address is kept."""
    new = [dates for dates in await coming_dates(work, one.course) if dates.cohort.id not in one.known]
    if new:
        lines = [f"{dates.dates}, {dates.cohort.venue}" for dates in new]
        words = new_dates_words(one.course.label, lines, f"{work.team.address}/book/{one.course.value}", work.team)
        await PlaceMessages(work).queue(QueueMessage(PlaceMessage.NEW_DATES, ToAddress(one.email), str(one.id), words))
