"""The caseload: families who get support, those who need the team next first."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.staff.queries.asking import Whose
from services.referral.staff.web.access import STAFF, address, code_of
from services.referral.staff.web.asking import asking_of, whose_of
from services.referral.staff.web.work import begin
from services.referral.team.domain.need import Need
from services.referral.worklists.queries.caseload import (
    CaseloadFilter,
    CaseloadLine,
    CaseloadOrder,
    caseload,
    families_without_practitioner,
)
from shared.contracts.vocabulary import Tier
from shared.kernel.actor import Actor
from shared.kernel.clock import london_date
from shared.web.csv_file import csv_download
from shared.web.pages import render

router = APIRouter()

TIERS = [tier for tier in Tier if tier is not Tier.COMMUNITY]
"""A family at community level gets no support, and is in no caseload."""


@router.get("/caseload")
async def show_caseload(
    request: Request,
    actor: Annotated[Actor, STAFF],
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    chosen = _chosen(request, actor)
    async with begin(request, actor) as work:
        families = await caseload(work.session, asking_of(request, work), chosen, page=page)
        without = await families_without_practitioner(work.session)
        work.record("caseload.read")
    if page > 1 and not families.rows:
        return RedirectResponse(_address("/caseload", chosen), 303)
    return render(
        request,
        "worklists/caseload.html",
        families=families,
        without=without if chosen.whose is Whose.MINE else 0,
        chosen=chosen,
        is_filtered=bool(chosen.tier or chosen.need),
        whose=list(Whose),
        tiers=TIERS,
        needs=list(Need),
        orders=list(CaseloadOrder),
        page_address=partial(_address, "/caseload", chosen),
        csv_address=_address("/caseload.csv", chosen),
    )


@router.get("/caseload.csv")
async def download_caseload(request: Request, actor: Annotated[Actor, STAFF]) -> Response:
    chosen = _chosen(request, actor)
    async with begin(request, actor) as work:
        families = await caseload(work.session, asking_of(request, work), chosen, page=None)
        work.record("caseload.export")
    return csv_download("caseload.csv", _COLUMNS, [_row(line) for line in families.rows])


def _chosen(request: Request, actor: Actor) -> CaseloadFilter:
    given = request.query_params
    return CaseloadFilter(
        whose_of(given.get("whose", ""), actor),
        code_of(Tier, given.get("tier", "")),
        code_of(Need, given.get("need", "")),
        code_of(CaseloadOrder, given.get("order", "")) or CaseloadOrder.NEED,
    )


def _address(path: str, chosen: CaseloadFilter, page: int | None = None) -> str:
    return address(
        path,
        whose=chosen.whose,
        tier=chosen.tier,
        need=chosen.need,
        order=None if chosen.order is CaseloadOrder.NEED else chosen.order,
        page=page,
    )


_COLUMNS = (
    "Reference",
    "Baby",
    "Age",
    "Parents and carers",
    "What is needed",
    "Tier",
    "Level",
    "Risk support",
    "Direct work",
    "Urgency",
    "Practitioner",
    "Last contact",
    "Next appointment",
    "Opened on",
    "Review on",
    "Review overdue",
)


def _row(line: CaseloadLine) -> tuple[str, ...]:
    return (
        line.reference,
        line.family.babies,
        line.family.ages,
        line.family.carers,
        "; ".join(needed.words for needed in line.needs),
        line.support.tier.label,
        line.support.level.label,
        _yes_or_no(line.support.risk_support),
        _yes_or_no(line.support.direct_work),
        line.urgency.label,
        line.lead_name or "",
        line.last_contact_on.isoformat() if line.last_contact_on else "",
        london_date(line.next_contact_at).isoformat() if line.next_contact_at else "",
        line.opened_on.isoformat(),
        line.review_on.isoformat(),
        _yes_or_no(line.review_overdue),
    )


def _yes_or_no(statement: bool) -> str:  # noqa: FBT001 - it is a cell of a table
    return "Yes" if statement else "No"
