"""Reviews due and overdue: the longest overdue first."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.staff.queries.asking import Whose
from services.referral.staff.web.access import STAFF, address, code_of
from services.referral.staff.web.asking import asking_of, whose_of
from services.referral.staff.web.work import begin
from services.referral.worklists.queries.review_list import ReviewFilter, ReviewLine, ReviewsDue, review_list
from shared.kernel.actor import Actor
from shared.web.csv_file import Cell, csv_download
from shared.web.pages import render

router = APIRouter()


@router.get("/reviews")
async def show_reviews(
    request: Request, actor: Annotated[Actor, STAFF], page: Annotated[int, Query(ge=1, le=10_000)] = 1
) -> Response:
    chosen = _chosen(request, actor)
    async with begin(request, actor) as work:
        reviews = await review_list(work.session, asking_of(request, work), chosen, page=page)
        work.record("reviews.read")
    if page > 1 and not reviews.rows:
        return RedirectResponse(_address("/reviews", chosen), 303)
    return render(
        request,
        "worklists/reviews.html",
        reviews=reviews,
        chosen=chosen,
        whose=list(Whose),
        due=list(ReviewsDue),
        page_address=partial(_address, "/reviews", chosen),
        csv_address=_address("/reviews.csv", chosen),
    )


@router.get("/reviews.csv")
async def download_reviews(request: Request, actor: Annotated[Actor, STAFF]) -> Response:
    chosen = _chosen(request, actor)
    async with begin(request, actor) as work:
        reviews = await review_list(work.session, asking_of(request, work), chosen, page=None)
        work.record("reviews.export")
    return csv_download("reviews.csv", _COLUMNS, [_row(line) for line in reviews.rows])


def _chosen(request: Request, actor: Actor) -> ReviewFilter:
    given = request.query_params
    due = code_of(ReviewsDue, given.get("due", "")) or ReviewsDue.SOON
    return ReviewFilter(whose_of(given.get("whose", ""), actor), due)


def _address(path: str, chosen: ReviewFilter, page: int | None = None) -> str:
    due = None if chosen.due is ReviewsDue.SOON else chosen.due
    return address(path, whose=chosen.whose, due=due, page=page)


_COLUMNS = (
    "Reference",
    "Baby",
    "Age",
    "Parents and carers",
    "Tier",
    "Review on",
    "Days overdue",
    "Working together since",
    "Contacts attended",
    "Practitioner",
)


def _row(line: ReviewLine) -> tuple[Cell, ...]:
    return (
        line.reference,
        line.family.babies,
        line.family.ages,
        line.family.carers,
        line.support.tier.label,
        line.review_on.isoformat(),
        line.days_over,
        line.opened_on.isoformat(),
        line.contacts_attended,
        line.lead_name or "",
    )
