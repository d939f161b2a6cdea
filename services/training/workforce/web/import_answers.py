"""What somebody is asked about a file of people: is it the same person, is it to be stored, and who has left."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.training.staff.domain.capabilities import KEEP_WORKFORCE
from services.training.staff.web.access import KEEPERS
from services.training.workforce.commands.answer_same_person import AnswerSamePerson, answer_same_person
from services.training.workforce.commands.confirm_leavers import ConfirmLeavers, confirm_leavers
from services.training.workforce.commands.store_people import StorePeople, store_people
from services.training.workforce.database.workforce_imports import WorkforceImport, WorkforceImports
from services.training.workforce.domain.import_plan import Outcome, Plan
from services.training.workforce.domain.register import LEFT_OUT, SOMEBODY_ELSE
from services.training.workforce.queries.import_preview import (
    MissingPost,
    import_preview,
    missing_posts,
    name_of_organisation,
)
from services.training.workforce.queries.similar_people import SimilarPerson, people_shown
from services.training.workforce.web.forms.imports import LeaversForm, SamePersonForm
from shared.kernel.calendar import date_words
from shared.kernel.errors import NotFound
from shared.staff.answer_words import Ask, Offered
from shared.staff.form_page import Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import ConfirmForm, Screen
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/people/imports/{import_id}")


@dataclass(frozen=True)
class AskedLine:
    import_id: UUID
    line: int
    said: str
    """All that the row says."""
    candidates: list[SimilarPerson]
    answer: str | None


@dataclass(frozen=True)
class StorePlace:
    sent: WorkforceImport
    plan: Plan | None


@dataclass(frozen=True)
class LeaversPlace:
    sent: WorkforceImport
    organisation: str
    missing: list[MissingPost]


def _back(import_id: UUID) -> dict[str, Any]:
    return {"back": f"/people/imports/{import_id}/lines"}


async def _read_line(work: UnitOfWork, import_id: UUID, line: int) -> AskedLine:
    """As the row would be without an answer. Raises NotFound when nothing is asked about it."""
    sent = await WorkforceImports(work).get(import_id)
    work.record("import.read", import_id)
    answer = sent.same_people.pop(str(line), None)
    plan = await import_preview(work, sent) if sent.content else None
    found = next((one for one in (plan.lines if plan else ()) if one.line == line), None)
    if found is None or found.outcome is not Outcome.ASKED:
        raise NotFound("import_line", "Nothing is asked about this line. Go back to the file.")
    said = ", ".join(filter(None, found.cells))
    return AskedLine(import_id, line, said, await people_shown(work, found.candidates), answer)


async def _read_store(work: UnitOfWork, import_id: UUID) -> StorePlace:
    sent = await WorkforceImports(work).get(import_id)
    work.record("import.read", import_id)
    return StorePlace(sent, await import_preview(work, sent) if sent.content else None)


async def _read_left(work: UnitOfWork, import_id: UUID) -> LeaversPlace:
    sent = await WorkforceImports(work).get(import_id)
    work.record("import.read", import_id)
    return LeaversPlace(sent, await name_of_organisation(work, sent.everybody_at), await missing_posts(work, sent))


async def _answer(sent: Sent[AskedLine, SamePersonForm]) -> None:
    place = sent.place
    await answer_same_person(AnswerSamePerson(place.import_id, place.line, sent.form.answer), sent.work)


async def _store(sent: Sent[StorePlace, ConfirmForm]) -> None:
    await store_people(StorePeople(sent.place.sent.id), sent.work)


async def _left(sent: Sent[LeaversPlace, LeaversForm]) -> None:
    form = sent.form
    await confirm_leavers(
        ConfirmLeavers(sent.place.sent.id, form.posts, form.last_on, is_sure=bool(form.is_sure)), sent.work
    )


def _who(place: AskedLine) -> list[Offered]:
    same = [Offered(str(one.person_id), f"Yes: {one.shown}") for one in place.candidates]
    return [*same, Offered(SOMEBODY_ELSE, "No, someone else"), Offered(LEFT_OUT, "Not sure: leave this line out")]


def _says(place: StorePlace) -> str:
    if place.plan is None:
        return "This file was saved already."
    counts = place.plan.counts
    said = f"{counts[Outcome.ADDED]} new, {counts[Outcome.UPDATED]} changed, {counts[Outcome.UNCHANGED]} as on record."
    missing = (
        f" {len(place.plan.missing)} are not named: you are asked whether they have left." if place.plan.missing else ""
    )
    return said + missing


ANSWER = Screen(
    path="/lines/{line}",
    title="Is it the same person?",
    may=KEEPERS,
    capability=KEEP_WORKFORCE,
    site=Site(_read_line, lambda place: _back(place.import_id)),
    form=SamePersonForm,
    suggested=lambda place: {"answer": place.answer} if place.answer else {},
    choices=lambda place: {"answer": _who(place)},
    about=lambda place: f"line {place.line}",
    sentence=lambda place: f"The file says: {place.said}",
    asks={"answer": Ask("Are they on the register?", "Two people can have the same name, and two can share an email")},
    store=_answer,
    to=lambda place: f"/people/imports/{place.import_id}/lines?outcome=asked&done=answered",
)
STORE = Screen(
    path="/store",
    title="Save the file",
    may=KEEPERS,
    capability=KEEP_WORKFORCE,
    site=Site(_read_store, lambda place: _back(place.sent.id)),
    form=ConfirmForm,
    sentence=_says,
    intro=("All of it is saved, or nothing. Whoever is not in the file stays as they are.",),
    button="Save all",
    store=_store,
    to=lambda place: f"/people/imports/{place.sent.id}/lines?done=stored",
)
LEFT = Screen(
    path="/left",
    title="Have these left?",
    may=KEEPERS,
    capability=KEEP_WORKFORCE,
    site=Site(_read_left, lambda place: _back(place.sent.id)),
    form=LeaversForm,
    suggested=lambda place: {"last_on": place.sent.as_of},
    choices=lambda place: {"posts": [Offered(str(one.post_id), f"{one.name}, {one.works}") for one in place.missing]},
    about=lambda place: place.organisation,
    sentence=lambda place: f"The file of everyone on {date_words(place.sent.as_of)} does not name them.",
    intro=("Nobody leaves because of a file: choose those of whom you know it.",),
    asks={
        "posts": Ask("Who has left?"),
        "last_on": Ask("Their last day of work"),
        "is_sure": Ask("More than one in ten of them?", "Then say yes: the file was whole, and they have left"),
    },
    store=_left,
    to=lambda place: f"/people/imports/{place.sent.id}/lines?done=left",
)
add_forms(router, ANSWER, STORE, LEFT)
