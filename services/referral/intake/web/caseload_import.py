"""Import of a team's existing caseload: all of it or nothing, with a report line by line."""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI
from starlette.requests import Request

from services.referral.intake.commands.import_caseload import ImportCaseload, import_caseload
from services.referral.intake.domain.caseload_row import WrongLines
from services.referral.intake.web.caseload_file import COLUMNS, EXAMPLE, read_caseload
from services.referral.staff.domain.capabilities import CAPABILITIES, IMPORT_CASELOAD
from services.referral.staff.web.work import circumstances_of
from services.referral.team.database.team_work import TeamWork
from shared.kernel.actor import Actor
from shared.kernel.errors import Refusal
from shared.staff.column import Column
from shared.staff.download import Download, download_at
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork
from shared.web.body_limit import API_LIMIT
from shared.web.form_body import read_file
from shared.web.forms import Form
from shared.web.permissions import need
from shared.web.questions import Circumstances, Line

PATH = "/caseload/import"
MAY_IMPORT: Any = need(*CAPABILITIES.roles_with(IMPORT_CASELOAD))

router = APIRouter()


def prepare(app: FastAPI) -> None:
    app.state.body_limits[PATH] = API_LIMIT
    app.state.upload_paths.add(PATH)


_DONE = {
    "stored": "Saved. Every family of the file is in the caseload now.",
    "before": "This file had been taken in before. Nothing was changed.",
}


class ImportForm(Form):
    looked: Annotated[str | None, Line()]
    """The file whose likely duplicates were looked at."""


@dataclass(frozen=True)
class CaseloadFile:
    """The file that was sent, if one was."""

    content: bytes
    circumstances: Circumstances
    done: str

    @property
    def content_hash(self) -> bytes:
        return hashlib.sha256(self.content).digest()


async def _read(work: UnitOfWork, request: Request, done: str = "") -> CaseloadFile:  # noqa: ARG001 - nothing is stored
    return CaseloadFile(await read_file(request, "file"), circumstances_of(request), done)


async def _import(sent: Sent[CaseloadFile, ImportForm, TeamWork]) -> str:
    file = sent.place
    read = await asyncio.to_thread(read_caseload, file.content, file.circumstances)
    if read.problems:
        raise WrongLines(read.problems, file.content_hash)
    looked = sent.form.looked == file.content_hash.hex()
    imported = await import_caseload(ImportCaseload(file.content_hash, tuple(read.rows), looked), sent.work)
    return f"{PATH}?done={'before' if imported.taken_in_before else 'stored'}"


def _line_by_line(refusal: Refusal) -> dict[str, Any]:
    if not isinstance(refusal, WrongLines):
        return {}
    problems = [asdict(problem) for problem in refusal.problems]
    only_known = all(problem.may_be_known for problem in refusal.problems)
    return {"problems": problems, "only_known": only_known, "file": refusal.content_hash.hex()}


IMPORT = FormPage(
    path=PATH,
    may=MAY_IMPORT,
    capability=IMPORT_CASELOAD,
    site=Site(_read, lambda _: {"back": "/caseload"}),
    form=ImportForm,
    store=_import,
    template="intake/caseload-import.html",
    shows=lambda place: {"done": _DONE.get(place.done), "file": place.content_hash.hex()},
    tells=_line_by_line,
)

add_forms(router, IMPORT)


@download_at(router, f"{PATH}/template.csv")
async def download_template(actor: Annotated[Actor, MAY_IMPORT]) -> Download[Mapping[str, str]]:  # noqa: ARG001 - who may
    return Download("caseload.csv", [_column(name) for name in COLUMNS], [EXAMPLE])


def _column(name: str) -> Column[Mapping[str, str]]:
    return Column(name, lambda example: example.get(name, ""))
