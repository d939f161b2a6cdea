"""The audit trail: who read or changed what, filtered in the address, as a file, and checked.

add_audit_pages(router, AuditPages(may=LEAD, service=AuditedService(words=ACTIONS), back="/record-keeping"))
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from shared.audit.trail import check_on
from shared.kernel.actor import Actor
from shared.kernel.calendar import day_of
from shared.kernel.errors import RuleBroken
from shared.staff.address import address
from shared.staff.audit_list import AuditedService, AuditFilter, AuditLine, audit_list, audit_pieces
from shared.staff.colleagues import Colleagues
from shared.staff.column import Column
from shared.staff.download import download_at, in_pieces
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render

COLUMNS: Sequence[Column[AuditLine]] = (
    Column("Number", lambda line: line.number),
    Column("At (UTC)", lambda line: line.at.isoformat(timespec="seconds")),
    Column("Who", lambda line: line.who),
    Column("What", lambda line: line.what),
    Column("Action", lambda line: line.action),
    Column("Reference", lambda line: line.about.reference),
)
_PARTS = ("reference", "colleague", "action", "from_on", "until_on")


@dataclass(frozen=True, kw_only=True)
class AuditPages:
    """What a service says of its pages of the audit trail, at `/audit`."""

    may: Any
    """The permission, as a route declares it."""
    service: AuditedService
    back: str = "/"
    """Where the page leads back."""


def add_audit_pages(router: APIRouter, pages: AuditPages) -> None:
    """The list with its file, and the check."""
    router.add_api_route("/audit", _page(pages))
    download_at(router, "/audit.csv")(_file(pages))
    router.add_api_route("/audit/check", _check(pages))


def _page(pages: AuditPages) -> Any:
    service = pages.service

    async def show_audit(
        request: Request,
        actor: Annotated[Actor, pages.may],
        before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    ) -> Response:
        given, error, chosen = _given(request), "", AuditFilter()
        try:
            chosen = _chosen(service, given, before)
        except RuleBroken as refusal:
            error = refusal.sentence
        async with begin(request, actor) as work:
            page = None if error else await audit_list(work.session, service, chosen)
            colleagues = await Colleagues(work.session).everyone()
            work.record("audit.read")
        return render(
            request,
            "audit.html",
            status=422 if error else 200,
            page=page,
            error=error,
            given=given,
            colleagues=colleagues,
            service=service,
            page_address=partial(address, "/audit", **given),
            csv_address=address("/audit.csv", **given),
            back=pages.back,
        )

    return show_audit


def _file(pages: AuditPages) -> Any:
    async def download_audit(request: Request, actor: Annotated[Actor, pages.may]) -> Response:
        chosen = _chosen(pages.service, _given(request))
        async with begin(request, actor) as work:
            answer = await audit_download(request, "audit-trail.csv", work, pages.service, chosen)
            work.record("audit.export")
        return answer

    return download_audit


def _check(pages: AuditPages) -> Any:
    async def check_audit(request: Request, actor: Annotated[Actor, pages.may]) -> Response:
        """What the rounds have found; a trail of fewer than 10,000 entries is checked to its end here and now."""
        async with begin(request, actor) as work:
            check = await check_on(work.session)
            work.record("audit.verify")
        return render(request, "audit-check.html", check=check, back="/audit")

    return check_audit


async def audit_download(
    request: Request, file_name: str, work: UnitOfWork, service: AuditedService, chosen: AuditFilter
) -> Response:
    """All entries that were chosen, as a file."""
    return await in_pieces(request, file_name, COLUMNS, audit_pieces(work.session, service, chosen))


def _given(request: Request) -> dict[str, str]:
    """What the address says, as it was given."""
    return {part: request.query_params.get(part, "")[:100].strip() for part in _PARTS}


def _chosen(service: AuditedService, given: Mapping[str, str], before: int | None = None) -> AuditFilter:
    """Raises RuleBroken when a part is not what it should be."""
    reference = given["reference"].upper()
    try:
        return AuditFilter(
            within=service.named(reference) if service.named and reference else None,
            colleague_id=UUID(given["colleague"]) if given["colleague"] else None,
            action=given["action"],
            from_on=day_of(given["from_on"]) if given["from_on"] else None,
            until_on=day_of(given["until_on"]) if given["until_on"] else None,
            before=before,
        )
    except ValueError:
        raise RuleBroken("audit_filter", "Enter dates like 2026-03-27, and choose a colleague from the list.") from None
