"""The caseload: families who get support, those with an overdue review first."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.queries.caseload import CaseloadFilter, CaseloadLine, caseload
from services.referral.web.staff import STAFF, address, code_of
from services.referral.web.work import begin
from shared.contracts.vocabulary import Tier
from shared.kernel.actor import Actor
from shared.web.csv_file import csv_download
from shared.web.pages import render

router = APIRouter()

TIERS = [tier for tier in Tier if tier is not Tier.COMMUNITY]
"""A family at community level gets no support, and is in no caseload."""


@router.get("/caseload")
async def show_caseload(
    request: Request,
    actor: Annotated[Actor, STAFF],
    tier: str = "",
    overdue: str = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    chosen = CaseloadFilter(code_of(Tier, tier), overdue_only=overdue == "yes")
    async with begin(request, actor) as work:
        families = await caseload(work.session, work.today, chosen, page=page)
        work.record("caseload.read")
    if page > 1 and not families.rows:
        return RedirectResponse(address("/caseload", tier=tier, overdue=overdue), 303)
    return render(
        request,
        "staff/caseload.html",
        families=families,
        chosen=chosen,
        tiers=TIERS,
        page_address=partial(address, "/caseload", tier=tier, overdue=overdue),
        csv_address=address("/caseload.csv", tier=tier, overdue=overdue),
    )


@router.get("/caseload.csv")
async def download_caseload(
    request: Request, actor: Annotated[Actor, STAFF], tier: str = "", overdue: str = ""
) -> Response:
    chosen = CaseloadFilter(code_of(Tier, tier), overdue_only=overdue == "yes")
    async with begin(request, actor) as work:
        families = await caseload(work.session, work.today, chosen, page=None)
        work.record("caseload.export")
    return csv_download("caseload.csv", _COLUMNS, [_row(line) for line in families.rows])


_COLUMNS = (
    "Reference",
    "Baby",
    "Age",
    "Parent or carer",
    "Tier",
    "Level",
    "Risk support",
    "Direct work",
    "Urgency",
    "Opened on",
    "Review on",
    "Review overdue",
)


def _row(line: CaseloadLine) -> tuple[str, ...]:
    return (
        line.reference,
        line.baby_name or "Not born at referral",
        line.age,
        line.caregiver_name,
        line.support.tier.label,
        line.support.level.label,
        _yes_or_no(line.support.risk_support),
        _yes_or_no(line.support.direct_work),
        line.urgency.label,
        line.opened_on.isoformat(),
        line.review_on.isoformat(),
        _yes_or_no(line.overdue),
    )


def _yes_or_no(statement: bool) -> str:  # noqa: FBT001 - it is a cell of a table
    return "Yes" if statement else "No"
