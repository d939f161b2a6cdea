"""Somebody leaves an address, to hear once when a course has new dates."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from services.training.courses.database.cohorts import Cohorts
from services.training.places.database.date_watches import DateWatches
from services.training.places.database.place_messages import PlaceMessages
from services.training.places.domain.date_watch import DateWatch
from services.training.places.domain.place_message import PlaceMessage
from services.training.places.domain.place_words import watches_words
from services.training.staff.database.training_work import TrainingWork
from shared.contracts.training_codes import TrainingCourse
from shared.staff.message import QueueMessage, ToAddress


@dataclass(frozen=True)
class WatchDates:
    watch_id: UUID
    course: TrainingCourse
    email: str


async def watch_dates(command: WatchDates, work: TrainingWork) -> None:
    """They get an email at once, with the address at which they take theirs out; asked twice it is asked once."""
    known = [one.id for one in await Cohorts(work).coming(command.course)]
    new = DateWatch(command.watch_id, command.course, command.email, secrets.token_urlsafe(24), known, work.now)
    if await DateWatches(work).add(new):
        words = watches_words(command.course.label, f"{work.team.address}/book/dates/{new.secret}", work.team)
        about = QueueMessage(PlaceMessage.WATCHES, ToAddress(command.email), str(new.id), words)
        await PlaceMessages(work).queue(about)
    work.record("dates.watch")
