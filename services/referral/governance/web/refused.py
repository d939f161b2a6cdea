"""What someone gets who asks for what they may not see; the audit trail says that they asked.

The transaction that refused is rolled back with its audit entries, so the refusal is recorded here, in one of its own.
"""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from services.referral.governance.web.forms.governance import BreakGlassForm
from services.referral.staff.domain.restricted_record import RestrictedRecord
from services.referral.staff.web.work import begin
from shared.kernel.actor import Actor
from shared.kernel.errors import NotAllowed
from shared.web.forms import blank
from shared.web.pages import render
from shared.web.permissions import current_session
from shared.web.problems import answer_problem

_API = "/fhir/"


def prepare(app: FastAPI) -> None:
    """Registers the answers; a change that is refused is answered by its own page."""
    app.add_exception_handler(RestrictedRecord, _restricted)
    app.add_exception_handler(NotAllowed, _not_allowed)


async def _restricted(request: Request, error: Exception) -> Response:
    assert isinstance(error, RestrictedRecord)  # noqa: S101 - it was registered for nothing else
    async with begin(request, Actor(error.actor_id, frozenset())) as work:
        work.record("family.refused", error.family_id)
    if request.url.path.startswith(_API):
        return await answer_problem(request, error)
    root, filled = f"/families/{error.family_id}", blank(BreakGlassForm)
    return render(request, "governance/restricted.html", status=403, root=root, filled=filled, back="/caseload")


async def _not_allowed(request: Request, error: Exception) -> Response:
    session = current_session(request)
    if session is not None and isinstance(error, NotAllowed) and error.code == "role":
        async with begin(request, session.actor) as work:
            work.record("page.refused")
    return await answer_problem(request, error)
