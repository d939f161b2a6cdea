"""The log: who asked the team for what."""

from collections.abc import Sequence

from fastapi import APIRouter

from services.consultation.consultations.queries.consultation_list import (
    ConsultationChip,
    ConsultationFilter,
    ConsultationLine,
    consultation_counts,
    consultation_list,
)
from services.consultation.consultations.queries.usefulness import usefulness
from services.consultation.organisations.queries.organisation_list import who_asks
from services.consultation.staff.domain.capabilities import CAPABILITIES, LOG
from services.consultation.staff.web.access import STAFF
from shared.staff.column import Column
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, Counts, Frame, ListPage, Mark
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing

router = APIRouter()


async def _find(asked: Asked[ConsultationFilter]) -> Listing[ConsultationLine]:
    return consultation_list(asked.work, asked.chosen)


async def _counts(asked: Asked[ConsultationFilter]) -> Counts:
    return await consultation_counts(asked.work)


async def _more(asked: Asked[ConsultationFilter]) -> Frame:
    work = asked.work
    return {
        "may_log": CAPABILITIES.holds(work.actor.roles, LOG),
        "who_asks": await who_asks(work),
        "usefulness": await usefulness(work),
    }


def _mark(line: ConsultationLine) -> Mark | None:
    if line.concern_id:
        return Mark.ALARM
    return Mark.LATE if line.is_late else None


_COLUMNS: Sequence[Column[ConsultationLine]] = (
    Column("When", lambda line: line.one.held_on, cell="when", place="when"),
    Column("Minutes", lambda line: line.one.minutes),
    Column("Who asked", lambda line: line.organisation, cell="asker", place="who", heads_row=True),
    Column("Profession", lambda line: line.one.asker.profession),
    Column("Tier", lambda line: line.one.asker.tier),
    Column("People", lambda line: line.one.asker.people),
    Column("About", lambda line: line.one.about.kind, cell="about"),
    Column("Family", lambda line: line.reference or None),
    Column("You talked about", lambda line: "; ".join(topic.label for topic in sorted(line.one.talk.topics))),
    Column("What next", lambda line: line.one.talk.outcome, cell="next", place="next"),
    Column("By", lambda line: line.one.talk.follow_up_on),
    Column("Referral", lambda line: line.referral_words),
    Column("Helped, of 10", lambda line: line.useful, cell="helped"),
    Column("Consultant", lambda line: line.consultant_name, cell="consultant"),
)

CONSULTATIONS = ListPage(
    path="/consultations",
    may=STAFF,
    reads="consultations.read",
    exports="consultations.export",
    filters=(
        Filter("chip", ConsultationChip, "Which", every="All", is_chips=True, alarms=(ConsultationChip.CONCERN,)),
    ),
    chosen=ConsultationFilter,
    find=_find,
    counts=_counts,
    marks=_mark,
    columns=_COLUMNS,
    template="consultations/consultations.html",
    more=_more,
    done={"logged": "Saved", "withdrawn": "Withdrawn", "identified": "Linked to the family"},
    file_name="consultations.csv",
)
add_list(router, CONSULTATIONS)
