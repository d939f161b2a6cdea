"""Old addresses of a family whose record is part of another one lead to that one."""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.people.domain.merged_record import MergedRecord
from shared.web.problems import answer_problem

_PAGES = "/families/"


def prepare(app: FastAPI) -> None:
    app.add_exception_handler(MergedRecord, _merged)


async def _merged(request: Request, error: Exception) -> Response:
    """To the same page of the kept family; what was posted is not stored there unseen."""
    assert isinstance(error, MergedRecord)  # noqa: S101 - it was registered for nothing else
    path = request.url.path
    if not path.startswith(_PAGES):
        return await answer_problem(request, error)
    kept = f"{_PAGES}{error.kept_id}"
    is_read = request.method in {"GET", "HEAD"}
    return RedirectResponse(path.replace(f"{_PAGES}{error.merged_id}", kept, 1) if is_read else kept, 303)
