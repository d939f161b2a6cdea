"""A family's sessions: the list, and the form that records one."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter

from services.referral.contacts.queries.session_list import SessionFilter, SessionLine, session_list
from services.referral.people.web.family_page import of_family
from services.referral.staff.domain.capabilities import BOOK_APPOINTMENT, CAPABILITIES, RECORD_CONTACT
from services.referral.staff.web.access import STAFF
from shared.contracts.pathway_codes import Attendance, ContactKind
from shared.kernel.calendar import moment_words
from shared.staff.column import PLAIN, Column
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing

router = APIRouter(prefix="/families/{family_id}/sessions")

DONE = {
    "recorded": "The session is saved.",
    "corrected": "The correction is saved. What was there before is kept.",
    "booked": "The appointment is booked.",
    "moved": "The appointment is moved.",
    "cancelled": "The appointment is cancelled.",
    "liaison": "The conversation is saved.",
    "risk": "The risk is noted, and there is a task to answer today.",
}


async def _find(asked: Asked[SessionFilter]) -> Listing[SessionLine]:
    return await session_list(asked.work, asked.at["family_id"], asked.chosen)


async def _more(asked: Asked[SessionFilter]) -> dict[str, Any]:
    actor, goes_on = asked.work.actor, asked.frame["family"].open_episode is not None
    return {
        "may_record": CAPABILITIES.holds(actor.roles, RECORD_CONTACT) and goes_on,
        "may_book": CAPABILITIES.holds(actor.roles, BOOK_APPOINTMENT) and goes_on,
    }


_COLUMNS: Sequence[Column[SessionLine]] = (
    Column("Day", lambda line: line.held_on, cell="day", place="who"),
    Column("Time", lambda line: moment_words(line.starts_at).split(", ")[1] if line.starts_at else None),
    Column("Type of contact", lambda line: line.contact.details.kind, cell="kind"),
    Column("What happened", lambda line: line.contact.details.attendance or "Booked", cell="attendance", place="needs"),
    Column("Who", lambda line: line.who, cell=PLAIN),
    Column("Where", cell="venue"),
    Column("Practitioner", lambda line: line.practitioner_name, cell=PLAIN),
    Column("How", lambda line: line.contact.details.mode),
    Column("Where", lambda line: line.contact.details.venue),
    Column("Minutes", lambda line: line.contact.details.minutes),
    Column("Intervention", lambda line: line.intervention),
    Column("Interpreter", lambda line: line.contact.details.interpreter),
    Column("What the baby showed", lambda line: line.contact.details.infant_voice),
    Column(
        "What you did in the session",
        lambda line: ", ".join(sorted(one.label for one in line.contact.details.elements)),
    ),
    Column("Note", lambda line: line.contact.details.note),
)

SESSIONS = ListPage(
    path="",
    may=STAFF,
    opens=of_family("sessions"),
    reads="sessions.read",
    exports="sessions.export",
    filters=(
        Filter("kind", ContactKind, "Type of contact", every="All"),
        Filter("attendance", Attendance, "What happened", every="All"),
    ),
    chosen=SessionFilter,
    find=_find,
    columns=_COLUMNS,
    template="contacts/sessions.html",
    more=_more,
    done=DONE,
    file_name="sessions.csv",
)
add_list(router, SESSIONS)
