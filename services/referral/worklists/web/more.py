"""All that is not in the header: the team's lists, its groups, words and colleagues, and the keeping of records."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.intake.domain.caseload_row import IMPORTS
from services.referral.staff.web.access import STAFF, STAFF_ROLES
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.web.pages import render

router = APIRouter()


@dataclass(frozen=True)
class Link:
    """One page, for those who hold one of the roles."""

    text: str
    href: str
    about: str
    roles: frozenset[Role] = STAFF_ROLES


_LEAD = frozenset({Role.TEAM_LEAD})

GROUPS: Sequence[tuple[str, Sequence[Link]]] = (
    (
        "Lists",
        (
            Link("Missing outcomes", "/missing-outcomes", "Families who lack a measure from the start or the end."),
            Link("Team", "/team", "How the work is shared out."),
            Link("Messages", "/messages", "What was sent, and what could not be."),
        ),
    ),
    (
        "What the team offers",
        (
            Link("Groups", "/groups", "Groups that run, with their registers."),
            Link("Interventions", "/interventions", "What each is for, and what it asks of a practitioner."),
            Link("Colleagues and training", "/colleagues", "Who may deliver what, and until when."),
            Link("Words of the letters", "/settings/letters", "The team's own words for its letters."),
        ),
    ),
    (
        "New families",
        (
            Link("New referral", "/referrals/new", "Told by telephone, on paper or in person."),
            Link("Bring over a caseload", "/caseload/import", "Families from a file of another system.", IMPORTS),
        ),
    ),
    (
        "Record keeping",
        (
            Link("Record keeping", "/record-keeping", "What the team lead watches over, on one page.", _LEAD),
            Link("Requests for a copy of a record", "/subject-access", "Each with its day to be answered by."),
            Link("Audit trail", "/audit", "Who read or changed what, and when.", _LEAD),
            Link("Restricted records opened", "/break-glass", "Reasons that wait for your review.", _LEAD),
            Link("Records to review", "/retention", "Those that need not be kept any longer.", _LEAD),
            Link("National extract", "/extract", "For the Mental Health Services Data Set.", _LEAD),
        ),
    ),
)


@router.get("/more")
async def show_more(request: Request, actor: Annotated[Actor, STAFF]) -> Response:
    shown = [(heading, [link for link in links if link.roles & actor.roles]) for heading, links in GROUPS]
    return render(request, "worklists/more.html", groups=[(heading, links) for heading, links in shown if links])
