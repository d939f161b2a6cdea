"""A file of people: it is sent, looked at line by line, and stored as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, FastAPI
from starlette.requests import Request

from services.training.staff.domain.capabilities import KEEP_WORKFORCE
from services.training.staff.web.access import KEEPERS
from services.training.workforce.commands.send_people import SendPeople, send_people
from services.training.workforce.database.workforce_imports import WorkforceImport, WorkforceImports
from services.training.workforce.domain.import_plan import Outcome, Plan, PlanLine
from services.training.workforce.domain.import_row import COLUMNS, columns_of_headings
from services.training.workforce.domain.workforce_file import MOST_BYTES
from services.training.workforce.queries.import_list import ImportLine, import_list
from services.training.workforce.queries.import_preview import import_preview
from services.training.workforce.queries.organisations_offered import organisations_offered
from services.training.workforce.web.forms.imports import SendPeopleForm
from shared.contracts.consultation_codes import Profession
from shared.kernel.actor import Actor
from shared.staff.answer_words import Ask, Offered
from shared.staff.column import PLAIN, Column
from shared.staff.download import Download, download_at
from shared.staff.filter import Filter
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.list_page import Asked, Counts, Frame, ListPage, Mark, Unfiltered
from shared.staff.list_routes import add_list
from shared.staff.listing import Lines, Listing
from shared.unit_of_work import UnitOfWork
from shared.web.form_body import read_file

PATH = "/people/imports"

router = APIRouter(prefix=PATH)


def prepare(app: FastAPI) -> None:
    app.state.body_limits[f"{PATH}/new"] = MOST_BYTES + 64 * 1024
    app.state.upload_paths.add(f"{PATH}/new")


@dataclass(frozen=True)
class SendPlace:
    content: bytes
    """Of the file that was chosen, if one was."""
    organisations: list[Offered]


async def _read(work: UnitOfWork, request: Request) -> SendPlace:
    work.record("import.open")
    return SendPlace(await read_file(request, "file"), await organisations_offered(work))


async def _send(sent: Sent[SendPlace, SendPeopleForm]) -> str:
    form = sent.form
    await send_people(SendPeople(sent.intention, sent.place.content, form.everybody_at, form.as_of), sent.work)
    return f"{PATH}/{sent.intention}/lines"


SEND = FormPage(
    path="/new",
    may=KEEPERS,
    capability=KEEP_WORKFORCE,
    title="Import people",
    site=Site(_read, lambda _: {"back": "/people"}),
    form=SendPeopleForm,
    store=_send,
    template="workforce/import-new.html",
    shows=lambda place: {"organisations": place.organisations},
    choices=lambda place: {"everybody_at": place.organisations},
    asks={"everybody_at": Ask("The file names everyone at"), "as_of": Ask("On which day")},
)


@dataclass(frozen=True)
class PreviewFilter:
    outcome: Outcome | None = None


async def _open(work: UnitOfWork, action: str, import_id: UUID) -> Frame:
    sent = await WorkforceImports(work).get(import_id)
    work.record(action, sent.id)
    plan = await import_preview(work, sent) if sent.content else None
    return {"sent": sent, "plan": plan, "left": len(sent.missing)}


async def _find(asked: Asked[PreviewFilter]) -> Listing[PlanLine]:
    plan: Plan | None = asked.frame["plan"]
    chosen = asked.chosen.outcome
    return Lines([line for line in (plan.lines if plan else ()) if chosen in (None, line.outcome)])


async def _counts(asked: Asked[PreviewFilter]) -> Counts:
    plan: Plan | None = asked.frame["plan"]
    return {None: len(plan.lines), **plan.counts} if plan else {}


async def _more(asked: Asked[PreviewFilter]) -> Frame:
    """Where the names stand in a row, and what was stored."""
    plan: Plan | None = asked.frame["plan"]
    sent: WorkforceImport = asked.frame["sent"]
    at: Mapping[str, int] = columns_of_headings(plan.file.headings) if plan else {}
    done = {outcome: sent.counts.get(outcome.value, 0) for outcome in Outcome if sent.counts.get(outcome.value)}
    return {"at": at, "stored": done}


def _mark(line: PlanLine) -> Mark | None:
    return {Outcome.WRONG: Mark.ALARM, Outcome.ASKED: Mark.LATE}.get(line.outcome)


def _to_do(line: PlanLine) -> str:
    problems = [f"{one.column}: {one.sentence}" if one.column else one.sentence for one in line.problems]
    return " ".join(problems) or "; ".join(line.changes)


def _columns(asked: Asked[PreviewFilter]) -> Sequence[Column[PlanLine]]:
    """The file gets back all that it had, with what is to be done in front."""
    plan: Plan | None = asked.frame["plan"]
    headings = plan.file.headings if plan else ()
    return (
        Column("Line", lambda line: line.line, cell=PLAIN, is_number=True, place="when"),
        Column("Who", cell="who", place="who", heads_row=True),
        Column("What becomes of it", lambda line: line.outcome, cell="outcome", place="tag"),
        Column("What to do", _to_do, cell="todo", place="needs"),
        *(_sent(place, heading) for place, heading in enumerate(headings)),
    )


def _sent(place: int, heading: str) -> Column[PlanLine]:
    return Column(heading, lambda line: line.cells[place] if place < len(line.cells) else "")


PREVIEW = ListPage(
    path="/{import_id}/lines",
    may=KEEPERS,
    reads="import.read",
    exports="import.export",
    opens=_open,
    filters=(Filter("outcome", Outcome, "Lines", every="All", is_chips=True, alarms=(Outcome.WRONG, Outcome.ASKED)),),
    chosen=PreviewFilter,
    find=_find,
    counts=_counts,
    marks=_mark,
    columns=_columns,
    template="workforce/import.html",
    more=_more,
    done={"stored": "Saved", "answered": "Saved", "left": "Saved"},
    file_name="people-to-put-right.csv",
)


async def _imports(asked: Asked[Unfiltered]) -> Listing[ImportLine]:
    return import_list(asked.work)


IMPORTS = ListPage(
    path="",
    may=KEEPERS,
    reads="import.list",
    exports="import.list_export",
    find=_imports,
    columns=(
        Column("Sent", lambda line: line.sent_at, cell="sent", place="who", heads_row=True),
        Column("By", lambda line: line.sent_by, cell=PLAIN),
        Column("Everyone at", lambda line: line.everybody_at, cell=PLAIN),
        Column("New", lambda line: line.added, cell=PLAIN, is_number=True),
        Column("Changed", lambda line: line.updated, cell=PLAIN, is_number=True),
        Column("Not named", lambda line: line.missing, cell=PLAIN, is_number=True),
        Column("State", lambda line: line.state, cell=PLAIN),
    ),
    template="workforce/imports.html",
    file_name="imports.csv",
)

EXAMPLE: Mapping[str, str] = {
    "organisation": "Grange Park Health Visiting",
    "staff_number": "00123",
    "given_name": "Ruth",
    "family_name": "Example",
    "email": "ruth.example@example.org",
    "profession": Profession.HEALTH_VISITOR.label,
    "from_on": "01/09/2024",
    "last_on": "",
}


@download_at(router, "/template.csv")
async def download_template(actor: Annotated[Actor, KEEPERS]) -> Download[Mapping[str, str]]:  # noqa: ARG001 - who may
    return Download("people.csv", [_template(field) for field in COLUMNS], [EXAMPLE])


def _template(field: str) -> Column[Mapping[str, Any]]:
    return Column(COLUMNS[field][0], lambda example: example[field])


add_list(router, IMPORTS)
add_forms(router, SEND)
add_list(router, PREVIEW)
