"""What is said of a supervision session: it is recorded, planned, moved, corrected and cancelled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.consultation.staff.domain.capabilities import HAVE_SUPERVISION
from services.consultation.staff.web.access import SUPERVISED
from services.consultation.supervision.commands.cancel_supervision import CancelSupervision, cancel_supervision
from services.consultation.supervision.commands.change_supervision import ChangeSupervision, change_supervision
from services.consultation.supervision.commands.note_early_leaving import NoteEarlyLeaving, note_early_leaving
from services.consultation.supervision.commands.record_supervision import RecordSupervision, record_supervision
from services.consultation.supervision.queries.session_list import (
    SessionShown,
    names_of,
    one_session,
)
from services.consultation.supervision.queries.supervision_records import supervision_records
from services.consultation.supervision.web.forms.supervision import (
    CancelSupervisionForm,
    ChangeSupervisionForm,
    EarlyLeavingForm,
    SupervisionForm,
)
from shared.contracts.supervision import SupervisionKind
from shared.kernel.clock import LONDON
from shared.kernel.errors import NotFound
from shared.kernel.typed_day import day_typed
from shared.staff.answer_words import Ask, Choice, Offered
from shared.staff.does import does
from shared.staff.form_page import Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen, Zone
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/supervision")

_ASKS = {
    "kind": Ask("What it is"),
    "supervisor": Ask("Supervisor", "Leave empty among peers, and for someone outside the team"),
    "supervisees": Ask("Who is supervised"),
    "held_on": Ask("Day", "Like today, thu or 3/12"),
    "starts_at": Ask("Begins at", "Like 10, 10.30 or 2pm"),
    "minutes": Ask("Minutes"),
}
_ZONES = (Zone("Who", ("kind", "supervisor", "supervisees")), Zone("When", ("held_on", "starts_at", "minutes")))


@dataclass(frozen=True)
class Choosing:
    """Who can be chosen."""

    colleagues: Sequence[Choice]
    supervisees: Sequence[Choice]
    """With whom something is agreed."""

    @property
    def offered(self) -> Mapping[str, Sequence[Choice]]:
        return {"supervisor": self.colleagues, "supervisees": self.supervisees}


@dataclass(frozen=True)
class NewSession:
    choosing: Choosing
    suggested: Mapping[str, Any]


@dataclass(frozen=True)
class SessionPlace:
    """A session, where something is said of it."""

    shown: SessionShown
    choosing: Choosing

    @property
    def address(self) -> str:
        return f"/supervision/sessions/{self.shown.session.id}"


async def _choosing(work: UnitOfWork) -> tuple[Choosing, Mapping[UUID, UUID | None]]:
    """And the supervisor of each."""
    names, records = await names_of(work), await supervision_records(work, since=work.today)
    agreed = {one.supervisee_id: one.terms for one in records if one.terms}
    choosing = Choosing(
        [Offered(str(who), name) for who, name in names.items()],
        [Offered(str(one.supervisee_id), one.name) for one in records if one.terms],
    )
    return choosing, {who: terms.supervisor_id for who, terms in agreed.items()}


async def _read_new(work: UnitOfWork, whose: UUID | None = None, kind: str = "") -> NewSession:
    """Args: whose: who is supervised; kind: `group`, where it begins as one of several."""
    choosing, supervisors = await _choosing(work)
    is_group = kind == SupervisionKind.GROUP.value
    whose = whose if whose in supervisors else work.actor.id if work.actor.id in supervisors else None
    whom = [] if is_group or whose is None else [str(whose)]
    supervisor = work.actor.id if is_group or whose is None else supervisors[whose]
    suggested = {
        "kind": SupervisionKind.GROUP if is_group else SupervisionKind.ONE_TO_ONE,
        "supervisor": supervisor,
        "supervisees": whom,
        "held_on": day_typed(work.today),
        "minutes": 60,
    }
    return NewSession(choosing, {name: value for name, value in suggested.items() if value is not None})


async def _read(work: UnitOfWork, session_id: UUID) -> SessionPlace:
    shown = await one_session(work, session_id)
    work.record("supervision_session.read", session_id)
    return SessionPlace(shown, (await _choosing(work))[0])


def _known(place: SessionPlace) -> dict[str, Any]:
    session = place.shown.session
    meeting = session.meeting
    local = meeting.starts_at.astimezone(LONDON)
    known = {
        "version": session.version,
        "kind": meeting.kind,
        "supervisor": meeting.supervisor_id,
        "supervisees": [str(who) for who in meeting.supervisees],
        "held_on": day_typed(meeting.on),
        "starts_at": time(local.hour, local.minute),
        "minutes": meeting.minutes,
    }
    return {name: value for name, value in known.items() if value is not None}


def _root(place: SessionPlace) -> str:
    return place.address


async def _record(sent: Sent[NewSession, SupervisionForm]) -> str:
    await record_supervision(RecordSupervision(sent.intention, sent.form.meeting()), sent.work)
    return f"/supervision/sessions/{sent.intention}?done=recorded"


_SITE = Site(_read, lambda place: {"back": _root(place)})

RECORD = Screen(
    path="/sessions/new",
    title="Record or plan supervision",
    may=SUPERVISED,
    capability=HAVE_SUPERVISION,
    site=Site(_read_new, lambda _: {"back": "/supervision"}),
    form=SupervisionForm,
    suggested=lambda place: place.suggested,
    choices=lambda place: place.choosing.offered,
    intro=("What is still to come is planned, and counts when it was held.",),
    asks=_ASKS,
    zones=_ZONES,
    store=_record,
)
CHANGE = Screen(
    path="/sessions/{session_id}/change",
    title="Move or correct supervision",
    may=SUPERVISED,
    capability=HAVE_SUPERVISION,
    site=_SITE,
    form=ChangeSupervisionForm,
    suggested=_known,
    choices=lambda place: place.choosing.offered,
    intro=("With a time that is over it was held; with one to come it is planned. What it was is kept.",),
    asks=_ASKS,
    zones=_ZONES,
    store=does(
        change_supervision,
        lambda sent: ChangeSupervision(sent.place.shown.session.id, sent.form.version, sent.form.meeting()),
    ),
)
CANCEL = Screen(
    path="/sessions/{session_id}/cancel",
    title="It is not held",
    may=SUPERVISED,
    capability=HAVE_SUPERVISION,
    site=_SITE,
    form=CancelSupervisionForm,
    suggested=lambda place: {"version": place.shown.session.version},
    asks={"by": Ask("Who cancelled it?")},
    button="Cancel the session",
    store=does(
        cancel_supervision,
        lambda sent: CancelSupervision(sent.place.shown.session.id, sent.form.version, sent.form.by),
    ),
)


@dataclass(frozen=True)
class OneThere:
    """Somebody who was there."""

    at: SessionPlace
    supervisee_id: UUID

    @property
    def name(self) -> str:
        return self.at.shown.people[self.supervisee_id]


async def _read_one(work: UnitOfWork, session_id: UUID, supervisee_id: UUID) -> OneThere:
    place = await _read(work, session_id)
    if supervisee_id not in place.shown.people:
        raise no_such_person()
    return OneThere(place, supervisee_id)


def no_such_person() -> NotFound:
    return NotFound("supervision_person", "They are not supervised in this session. Go back to it.")


LEFT = Screen(
    path="/sessions/{session_id}/people/{supervisee_id}",
    title="Left early",
    may=SUPERVISED,
    capability=HAVE_SUPERVISION,
    site=Site(_read_one, lambda place: {"back": place.at.address}),
    form=EarlyLeavingForm,
    about=lambda place: place.name,
    suggested=lambda place: {
        "version": place.at.shown.session.version,
        "minutes": place.at.shown.session.own[place.supervisee_id],
    },
    asks={"minutes": Ask("Minutes that they were there")},
    store=does(
        note_early_leaving,
        lambda sent: NoteEarlyLeaving(
            sent.place.at.shown.session.id, sent.place.supervisee_id, sent.form.minutes, sent.form.version
        ),
    ),
    to=lambda place: f"{place.at.address}?done=left",
)
add_forms(router, RECORD, CHANGE, CANCEL, LEFT)
