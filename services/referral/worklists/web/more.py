"""All that is not in the header: the team's lists, its groups, words and colleagues, and the keeping of records."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.staff.domain.capabilities import CAPABILITIES, IMPORT_CASELOAD, LEAD_RECORDS, RECORD
from services.referral.staff.web.access import STAFF
from shared.kernel.actor import Actor
from shared.kernel.capability import Capability
from shared.web.pages import render

router = APIRouter()


@dataclass(frozen=True)
class Link:
    """One page, for those who hold what it asks."""

    text: str
    href: str
    about: str
    needs: Capability = RECORD


GROUPS: Sequence[tuple[str, Sequence[Link]]] = (
    (
        "Lists",
        (
            Link("What needs me", "/needs-me", "What the team lead watches over, the most urgent first.", LEAD_RECORDS),
            Link("Missing outcomes", "/missing-outcomes", "Families without a first or last measure."),
            Link("Caseloads", "/team", "Who has how many families, and what is overdue."),
            Link("Diary", "/diary", "Who is met when, today, tomorrow or in a week."),
            Link("Messages", "/messages", "What was sent, and what could not be."),
        ),
    ),
    (
        "What the team offers",
        (
            Link("Groups", "/groups", "Groups that are running, with their registers."),
            Link("Interventions", "/interventions", "What each is for, and what it asks of a practitioner."),
            Link(
                "Colleagues and training",
                "/colleagues",
                "How many families each can have, and their training.",
            ),
            Link("Letter templates", "/settings/letters", "The team's own words for its letters."),
            Link("Note templates", "/settings/notes", "What the note of a session can begin with."),
        ),
    ),
    (
        "New families",
        (
            Link("New referral", "/referrals/new", "Told by phone, on paper or in person."),
            Link("Import caseload", "/caseload/import", "Families from a file of another system.", IMPORT_CASELOAD),
        ),
    ),
    (
        "Record keeping",
        (
            Link("Record keeping", "/record-keeping", "What the team lead watches over, on one page.", LEAD_RECORDS),
            Link("Requests for a copy of a record", "/subject-access", "Each with the day it is due."),
            Link("Audit trail", "/audit", "Who read or changed what, and when.", LEAD_RECORDS),
            Link("Restricted records opened", "/break-glass", "Reasons for you to review.", LEAD_RECORDS),
            Link("Records to review", "/retention", "Records past the date they must be kept.", LEAD_RECORDS),
            Link("National extract", "/extract", "For the Mental Health Services Data Set.", LEAD_RECORDS),
        ),
    ),
)


@router.get("/more")
async def show_more(request: Request, actor: Annotated[Actor, STAFF]) -> Response:
    shown = [
        (heading, [link for link in links if CAPABILITIES.holds(actor.roles, link.needs)]) for heading, links in GROUPS
    ]
    return render(request, "worklists/more.html", groups=[(heading, links) for heading, links in shown if links])
