"""Missing outcome data: families whose measure is missing and nobody said why."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.staff.queries.asking import Whose
from services.referral.staff.web.access import STAFF, address, code_of
from services.referral.staff.web.asking import asking_of, whose_of
from services.referral.staff.web.work import begin
from services.referral.worklists.queries.missing_outcomes import (
    MissingFilter,
    MissingLine,
    MissingOutcome,
    missing_outcomes,
)
from shared.kernel.actor import Actor
from shared.web.csv_file import csv_download
from shared.web.pages import render

router = APIRouter()


@router.get("/missing-outcomes")
async def show_missing_outcomes(
    request: Request, actor: Annotated[Actor, STAFF], page: Annotated[int, Query(ge=1, le=10_000)] = 1
) -> Response:
    chosen = _chosen(request, actor)
    async with begin(request, actor) as work:
        families = await missing_outcomes(work.session, asking_of(request, work), chosen, page=page)
        work.record("missing_outcomes.read")
    if page > 1 and not families.rows:
        return RedirectResponse(_address("/missing-outcomes", chosen), 303)
    return render(
        request,
        "worklists/missing-outcomes.html",
        families=families,
        chosen=chosen,
        whose=list(Whose),
        kinds=list(MissingOutcome),
        page_address=partial(_address, "/missing-outcomes", chosen),
        csv_address=_address("/missing-outcomes.csv", chosen),
    )


@router.get("/missing-outcomes.csv")
async def download_missing_outcomes(request: Request, actor: Annotated[Actor, STAFF]) -> Response:
    chosen = _chosen(request, actor)
    async with begin(request, actor) as work:
        families = await missing_outcomes(work.session, asking_of(request, work), chosen, page=None)
        work.record("missing_outcomes.export")
    return csv_download("missing-outcomes.csv", _COLUMNS, [_row(line) for line in families.rows])


def _chosen(request: Request, actor: Actor) -> MissingFilter:
    given = request.query_params
    return MissingFilter(whose_of(given.get("whose", ""), actor), code_of(MissingOutcome, given.get("missing", "")))


def _address(path: str, chosen: MissingFilter, page: int | None = None) -> str:
    return address(path, whose=chosen.whose, missing=chosen.missing, page=page)


_COLUMNS = (
    "Reference",
    "Baby",
    "Age",
    "Parents and carers",
    "What is missing",
    "First contact",
    "Ended on",
    "Practitioner",
)


def _row(line: MissingLine) -> tuple[str, ...]:
    return (
        line.reference,
        line.family.babies,
        line.family.ages,
        line.family.carers,
        line.missing.label,
        line.first_contact_on.isoformat(),
        line.ended_on.isoformat() if line.ended_on else "",
        line.lead_name or "",
    )
