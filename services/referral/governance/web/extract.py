"""The national extract of a month: what is in it, and the staging files."""

import csv
from datetime import date
from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.governance.domain.extract import Report, check_team_type, month_of
from services.referral.governance.packs.mhsds import MHSDS
from services.referral.governance.queries.extract_rows import extract_rows, left_out
from services.referral.governance.web.zip_download import ZipDownload
from services.referral.staff.web.access import LEAD
from services.referral.staff.web.work import begin, settings_of, today_of
from shared.kernel.actor import Actor
from shared.kernel.errors import RuleBroken
from shared.staff.column import in_order
from shared.staff.download import Download
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render
from shared.web.permissions import prove_first

router = APIRouter()

_REPORT = in_order("Table", "Column", "What", "Number")
_MAPPING = in_order("Table", "Column", "From", "Codes", "Verified")


@router.get("/extract")
async def show_extract(request: Request, actor: Annotated[Actor, LEAD], month: str = "") -> Response:
    """The form, what stands in the way of it, and for a chosen month how many rows there are and what they lack."""
    team_type = settings_of(request).mhsds_team_type
    lines: list[tuple[str, str, str, int]] = []
    hidden, refusal = 0, None
    try:
        check_team_type(team_type)
        if month:
            async with begin(request, actor) as work:
                report = await _report(work, month_of(month), team_type)
                hidden = await left_out(work)
                work.record("extract.read")
            lines = report.lines(MHSDS.tables)
    except RuleBroken as broken:
        refusal = broken
    return render(
        request,
        "governance/extract.html",
        status=422 if refusal and refusal.field else 200,
        data_set=MHSDS,
        month=month[:20],
        latest=f"{today_of(request):%Y-%m}",
        refusal=refusal,
        lines=lines,
        hidden=hidden,
        back="/record-keeping",
    )


@router.get("/extract.zip")
async def download_extract(request: Request, actor: Annotated[Actor, LEAD], month: str) -> Response:
    first, team_type = month_of(month), settings_of(request).mhsds_team_type
    check_team_type(team_type)
    prove_first(request, then=f"/extract?month={first:%Y-%m}")
    async with begin(request, actor) as work:
        packed = await _packed(work, first, team_type)
        work.record("extract.export")
    return packed.answer(f"mhsds-staging-{first:%Y-%m}.zip")


async def _packed(work: UnitOfWork, month: date, team_type: str) -> ZipDownload:
    """One file for each table, then the report on all of them and the mapping that made them.

    The tables are as a submission takes them: plain values, no byte order mark and no apostrophes against spreadsheets.
    """
    report, packed = Report(), ZipDownload(work.now)
    for table in MHSDS.tables:
        with packed.open(f"{table.name}.csv") as file:
            lines = csv.writer(file)
            lines.writerow([column.name for column in table.columns])
            async for row in extract_rows(work, table.name, month, team_type):
                lines.writerow(report.mapped(table, row))
    packed.add("report.csv", Download("report.csv", _REPORT, report.lines(MHSDS.tables)).text)
    packed.add("mapping.csv", Download("mapping.csv", _MAPPING, _mapping()).text)
    return packed


async def _report(work: UnitOfWork, month: date, team_type: str) -> Report:
    report = Report()
    for table in MHSDS.tables:
        async for row in extract_rows(work, table.name, month, team_type):
            report.mapped(table, row)
    return report


def _mapping() -> list[tuple[str, str, str, str, str]]:
    return [
        (
            table.name,
            column.name,
            column.part,
            "; ".join(f"{ours} {theirs}" for ours, theirs in column.codes.codes.items()) if column.codes else "",
            "Yes" if column.is_verified and (column.codes is None or column.codes.is_verified) else "No",
        )
        for table in MHSDS.tables
        for column in table.columns
    ]
