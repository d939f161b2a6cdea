"""Conversations about a family, attempts to reach it, and risk notes: the lists, and the forms that add to them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.contacts.commands.note_risk import NoteRisk, note_risk
from services.referral.contacts.commands.record_liaison import record_liaison
from services.referral.contacts.domain.liaison import (
    ConsentSought,
    DisclosureBasis,
    LiaisonKind,
    Profession,
    SharedConcern,
    SharingBasis,
    Way,
)
from services.referral.contacts.queries.notes_about_family import LiaisonLine, RiskLine, liaisons_of, risk_notes_of
from services.referral.contacts.web.forms.liaison import LiaisonForm, RiskForm
from services.referral.people.queries.family_banner import FamilyBanner
from services.referral.people.web.family_page import in_family, open_episode_of, read_family, render_family
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_CONTACT
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import begin
from shared.kernel.actor import Actor
from shared.kernel.calendar import moment_words
from shared.kernel.clock import LONDON, london_date
from shared.staff.answer_words import Ask, Words
from shared.staff.column import Column, Value
from shared.staff.download import Download, download_at
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/families/{family_id}")

LIAISON_DONE = {"recorded": "The conversation is saved."}
RISK_DONE = {"noted": "The risk is noted. There is a task to answer today."}


@router.get("/liaison")
async def show_liaison(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], done: str = "") -> Response:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "liaison.read")
        lines = await liaisons_of(work, family_id)
    return render_family(
        request,
        banner,
        "contacts/liaison.html",
        section="sessions",
        lines=lines,
        may_record=CAPABILITIES.holds(actor.roles, RECORD_CONTACT) and banner.open_episode is not None,
        done=LIAISON_DONE.get(done),
    )


@download_at(router, "/liaison.csv")
async def download_liaison(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Download[LiaisonLine]:
    async with begin(request, actor) as work:
        await read_family(work, family_id, "liaison.export")
        lines = await liaisons_of(work, family_id, most=None)
    return Download("liaison.csv", _COLUMNS, lines)


@dataclass(frozen=True)
class NewLiaison:
    """Where a conversation is recorded."""

    banner: FamilyBanner
    now: datetime


@dataclass(frozen=True)
class RiskNotes:
    """The risks noted of a family, and where one is added."""

    banner: FamilyBanner
    lines: Sequence[RiskLine]
    may_note: bool
    done: str


async def _read_liaison(work: UnitOfWork, family_id: UUID) -> NewLiaison:
    banner = await read_family(work, family_id, "liaison.read")
    return NewLiaison(banner, work.now.astimezone(LONDON))


async def _record_liaison(sent: Sent[NewLiaison, LiaisonForm]) -> None:
    episode = open_episode_of(sent.place.banner)
    await record_liaison(sent.form.to_command(sent.intention, episode.episode_id), sent.work)


async def _alike_liaison(sent: Sent[NewLiaison, LiaisonForm]) -> Words:
    """With the same kind of person, on the same day."""
    said = sent.form.to_command(sent.intention, open_episode_of(sent.place.banner).episode_id)
    for line in await liaisons_of(sent.work, sent.place.banner.family_id):
        one = line.liaison
        same = (one.kind, one.profession, london_date(one.happened_at))
        if same == (said.kind, said.profession, london_date(said.happened_at)):
            whom = one.profession.label if one.profession else "The family"
            return [("When", moment_words(one.happened_at)), ("Whom", whom), ("About", one.about)]
    return []


async def _alike_risk(sent: Sent[RiskNotes, RiskForm]) -> Words:
    """Noted on the same day."""
    lines = await risk_notes_of(sent.work, sent.place.banner.family_id)
    today = [one for one in lines if london_date(one.noted_at) == sent.work.today]
    return _risk_words(today[0]) if today else []


def _risk_words(one: RiskLine) -> Words:
    return [("The concern", one.concern), ("What you did at once", one.action), ("Who was told", one.told)]


async def _read_risks(work: UnitOfWork, family_id: UUID, done: str = "") -> RiskNotes:
    banner = await read_family(work, family_id, "risk_notes.read")
    may_note = CAPABILITIES.holds(work.actor.roles, RECORD_CONTACT) and banner.open_episode is not None
    return RiskNotes(banner, await risk_notes_of(work, family_id), may_note, done)


async def _note_risk(sent: Sent[RiskNotes, RiskForm]) -> None:
    form, episode = sent.form, open_episode_of(sent.place.banner)
    await note_risk(NoteRisk(sent.intention, episode.episode_id, form.concern, form.action, form.told), sent.work)


async def _noted(work: UnitOfWork, place: RiskNotes, intention: UUID) -> Words:  # noqa: ARG001 - it is on the page
    noted = [one for one in place.lines if one.note_id == intention]
    return _risk_words(noted[0]) if noted else []


LIAISON = FormPage(
    path="/liaison/new",
    may=STAFF,
    capability=RECORD_CONTACT,
    title="Add a conversation",
    site=Site(_read_liaison, in_family("sessions", "/liaison")),
    needs=lambda place: open_episode_of(place.banner),
    form=LiaisonForm,
    suggested=lambda place: {
        "kind": LiaisonKind.PROFESSIONAL,
        "happened_on": place.now.date(),
        "happened_at": place.now.time(),
    },
    store=_record_liaison,
    alike=_alike_liaison,
    to=lambda place: f"/families/{place.banner.family_id}/liaison?done=recorded",
    template="contacts/liaison-form.html",
    shows=lambda _: {
        "kinds": list(LiaisonKind),
        "ways": list(Way),
        "professions": list(Profession),
        "bases": list(SharingBasis),
        "grounds": list(DisclosureBasis),
        "consents": list(ConsentSought),
    },
)
RISK = FormPage(
    path="/risk-notes",
    may=STAFF,
    capability=RECORD_CONTACT,
    is_read_by_all=True,
    title="Note a new risk",
    site=Site(_read_risks, in_family("sessions", "/sessions")),
    form=RiskForm,
    store=_note_risk,
    alike=_alike_risk,
    to=lambda place: f"/families/{place.banner.family_id}/risk-notes?done=noted",
    template="contacts/risk-notes.html",
    shows=lambda place: {"lines": place.lines, "may_note": place.may_note, "done": RISK_DONE.get(place.done)},
    asks={"concern": Ask("The concern"), "action": Ask("What you did at once"), "told": Ask("Who was told")},
    first=_noted,
)

add_forms(router, LIAISON, RISK)


def _shared(line: LiaisonLine, part: Callable[[SharedConcern], Value]) -> Value:
    return part(line.liaison.disclosure) if line.liaison.disclosure else None


_COLUMNS: Sequence[Column[LiaisonLine]] = (
    Column("Day", lambda line: line.liaison.happened_at.astimezone(LONDON).date()),
    Column("Time", lambda line: f"{line.liaison.happened_at.astimezone(LONDON):%H:%M}"),
    Column("Type of contact", lambda line: line.liaison.kind),
    Column("Whom", lambda line: line.liaison.profession),
    Column("Organisation", lambda line: line.liaison.organisation),
    Column("How", lambda line: line.liaison.way),
    Column("Minutes", lambda line: line.liaison.minutes),
    Column("About", lambda line: line.liaison.about),
    Column("Why it may be shared", lambda line: line.liaison.basis),
    Column("Concern shared", lambda line: _shared(line, lambda shared: shared.what)),
    Column("With", lambda line: _shared(line, lambda shared: shared.to_whom)),
    Column("Ground", lambda line: _shared(line, lambda shared: shared.basis)),
    Column("Was the family asked?", lambda line: _shared(line, lambda shared: shared.consent)),
    Column("Why without agreement", lambda line: _shared(line, lambda shared: shared.why_without)),
    Column("Practitioner", lambda line: line.practitioner_name),
)
