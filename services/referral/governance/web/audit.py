"""What was recorded of a record, and the pages about records that the team lead begins from."""

from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.governance.queries.audited_records import AUDITED
from services.referral.staff.web.access import LEAD
from shared.kernel.actor import Actor
from shared.staff.audit_pages import AuditPages, add_audit_pages
from shared.web.pages import render

router = APIRouter()


@router.get("/record-keeping")
async def show_record_keeping(request: Request, actor: Annotated[Actor, LEAD]) -> Response:  # noqa: ARG001
    return render(request, "governance/record-keeping.html")


add_audit_pages(router, AuditPages(may=LEAD, service=AUDITED, back="/record-keeping"))
