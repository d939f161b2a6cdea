"""Take in the file of a team's existing caseload: all of it or nothing, with a report line by line."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.intake.commands.import_caseload import ImportCaseload, ImportedCaseload, import_caseload
from services.referral.intake.domain.caseload_row import IMPORTS, LineProblem, WrongLines
from services.referral.intake.web.caseload_file import COLUMNS, EXAMPLE, read_caseload
from services.referral.staff.web.access import remember_actor
from services.referral.staff.web.work import begin, circumstances_of
from shared.kernel.actor import Actor
from shared.kernel.errors import RuleBroken
from shared.staff.column import Column
from shared.staff.download import Download, download_at
from shared.web.body_limit import API_LIMIT
from shared.web.form_body import read_file
from shared.web.forms import Filled, Form, blank, read_form
from shared.web.pages import render
from shared.web.permissions import need
from shared.web.questions import YesOrNo

PATH = "/caseload/import"
MAY_IMPORT: Any = need(*IMPORTS)

router = APIRouter()


def prepare(app: FastAPI) -> None:
    app.state.body_limits[PATH] = API_LIMIT
    app.state.upload_paths.add(PATH)


_DONE = {
    "stored": "The caseload is stored. Every family of the file is in the caseload now.",
    "before": "This file had been taken in before. Nothing was changed.",
}


class ImportForm(Form):
    looked: Annotated[bool | None, YesOrNo()]


@router.get(PATH)
async def show_import(request: Request, actor: Annotated[Actor, MAY_IMPORT]) -> Response:  # noqa: ARG001 - who may
    return _page(request, blank(ImportForm))


@download_at(router, f"{PATH}/template.csv")
async def download_template(actor: Annotated[Actor, MAY_IMPORT]) -> Download[Mapping[str, str]]:  # noqa: ARG001 - who may
    return Download("caseload.csv", [_column(name) for name in COLUMNS], [EXAMPLE])


def _column(name: str) -> Column[Mapping[str, str]]:
    return Column(name, lambda example: example.get(name, ""))


@router.post(PATH)
async def import_file(request: Request, actor: Annotated[Actor, MAY_IMPORT]) -> Response:
    filled = await read_form(request, ImportForm)
    if filled.form is None:
        return _page(request, filled, status=422)
    try:
        imported = await _import(request, actor, await read_file(request, "file"), looked=bool(filled.form.looked))
    except WrongLines as wrong:
        return _page(request, filled.refused(wrong), wrong.problems, status=422)
    except RuleBroken as refusal:
        return _page(request, filled.refused(refusal), status=422)
    done = "before" if imported.taken_in_before else "stored"
    return RedirectResponse(f"{PATH}?done={done}", 303)


async def _import(request: Request, actor: Actor, content: bytes, *, looked: bool) -> ImportedCaseload:
    read = read_caseload(content, circumstances_of(request))
    if read.problems:
        raise WrongLines(read.problems)
    content_hash = hashlib.sha256(content).digest()
    command = ImportCaseload(content_hash, tuple(read.rows), looked)
    async with begin(request, actor) as work:
        imported = await import_caseload(command, work)
        await remember_actor(request, work)
    return imported


def _page(
    request: Request, filled: Filled[ImportForm], problems: Sequence[LineProblem] = (), *, status: int = 200
) -> Response:
    return render(
        request,
        "intake/caseload-import.html",
        status=status,
        filled=filled,
        problems=problems,
        only_known=bool(problems) and all(problem.may_be_known for problem in problems),
        done=_DONE.get(request.query_params.get("done", "")),
        back="/caseload",
    )
