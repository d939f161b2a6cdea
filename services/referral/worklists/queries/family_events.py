"""What has happened with a family? One timeline over every part of its record, the newest first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Select, Uuid, bindparam, select, union_all

from services.referral.contacts.domain.contact_check import MISSED
from services.referral.contacts.domain.liaison import LiaisonKind
from services.referral.letters.domain.letter_kind import LetterKind
from services.referral.measures.domain.administration import measure_of
from services.referral.people.database.event_sources import event_sources
from services.referral.people.domain.family_event import EventKind
from services.referral.people.domain.support import Support
from services.referral.staff.database.record_access import check_family
from shared.contracts.consultation_codes import ConsultationKind
from shared.contracts.intervention import Intervention
from shared.contracts.pathway_codes import (
    Attendance,
    ContactKind,
    EpisodeEnding,
    Measure,
    MeasureTimepoint,
    PauseReason,
    StrandEnding,
    Venue,
)
from shared.contracts.vocabulary import Level, TierMoveReason
from shared.database.built_once import built_once
from shared.staff.listing import Found, Listing, cut_to
from shared.staff.page_of import Cut
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class EventFilter:
    kind: EventKind | None = None


@dataclass(frozen=True)
class FamilyEvent:
    """One thing that happened."""

    on: date
    """In Europe/London."""
    kind: EventKind
    words: str
    """What happened, from closed lists only: what someone wrote is on the page of its own."""
    by_name: str | None
    """Who recorded it; None when the record does not know their name."""
    sign: str = ""
    """Of a contact: `held`, `missed` or `gone`."""
    path: str = ""
    """Where more is said, after the family's own address."""


async def family_events(work: UnitOfWork, family_id: UUID, chosen: EventFilter) -> Listing[FamilyEvent]:
    """All episodes of the family, in one statement, for someone who may see it."""
    await check_family(work, family_id)
    return Found(partial(_cut, chosen.kind), _event, {_FAMILY.key: family_id})


_FAMILY: BindParameter[UUID] = bindparam("events_of", type_=Uuid())


@built_once
def _cut(kind: EventKind | None, cut: Cut | None) -> Select[Any]:
    sources = [one.read(_FAMILY) for one in event_sources() if kind in (None, one.kind)]
    parts = union_all(*sources).subquery("event")
    query = (
        select(parts, colleague.c.name.label("by_name"))
        .outerjoin(colleague, colleague.c.id == parts.c.by)
        .order_by(parts.c.on.desc(), parts.c.at.desc().nulls_last(), parts.c.part, parts.c.number.desc(), parts.c.id)
    )
    return cut_to(query, cut)


def _contact(facts: Sequence[Any]) -> str:
    kind, became = ContactKind(facts[0]).label, Attendance(facts[1])
    if became is not Attendance.ATTENDED:
        return f"{kind}: {became.inside}"
    minutes = f", {facts[3]} minutes" if facts[3] is not None else ""
    return f"{kind}, {Venue(facts[2]).inside}{minutes}"


def _sign(facts: Sequence[Any]) -> str:
    became = Attendance(facts[1])
    return "held" if became is Attendance.ATTENDED else "missed" if became in MISSED else "gone"


def _support(facts: Sequence[Any]) -> str:
    support = Support(Level(facts[0]), risk_support=facts[1], direct_work=facts[2])
    if facts[3] is None:
        return f"Work began with support: {support.in_words()}"
    return f"Support changed: {support.in_words()} ({TierMoveReason(facts[3]).inside})"


def _formulation(facts: Sequence[Any]) -> str:
    return f"Formulation, version {facts[0]}{', shared with the family' if facts[1] else ''}"


def _measure(facts: Sequence[Any]) -> str:
    measure = measure_of(facts[0])
    name = facts[0] if measure is Measure.OTHER else measure.label
    return f"{name}: {MeasureTimepoint(facts[1]).inside}"


def _discharge(facts: Sequence[Any]) -> str:
    return f"Work ended: {EpisodeEnding(facts[0]).label}{' (undone later)' if facts[1] else ''}"


_TOLD: Mapping[str, tuple[EventKind, Callable[[Sequence[Any]], str], str]] = {
    "contact": (EventKind.CONTACT, _contact, "/sessions/{id}"),
    "support": (EventKind.SUPPORT, _support, "/tier"),
    "review": (EventKind.REVIEW, lambda _: "Review held", "/plan"),
    "assessment": (EventKind.UNDERSTANDING, lambda _: "Assessment completed", "/plan"),
    "formulation": (EventKind.UNDERSTANDING, _formulation, "/plan"),
    "plan": (EventKind.PLAN, lambda facts: f"Plan agreed{'' if facts[0] == 1 else ': more was added'}", "/plan"),
    "goal": (EventKind.PLAN, lambda _: "Goal set", "/plan"),
    "strand": (
        EventKind.PLAN,
        lambda facts: f"{Intervention(facts[0]).label} ended: {StrandEnding(facts[1]).inside}",
        "/plan",
    ),
    "measure": (EventKind.MEASURE, _measure, "/measures"),
    "liaison": (EventKind.LIAISON, lambda facts: LiaisonKind(facts[0]).label, "/liaison"),
    "consultation": (EventKind.LIAISON, lambda facts: f"Consultation: {ConsultationKind(facts[0]).label}", "/timeline"),
    "risk": (EventKind.RISK, lambda _: "Risk noted", "/risk-notes"),
    "danger": (EventKind.RISK, lambda facts: f"Danger told: {'answered' if facts[0] else 'to be answered by'}", ""),
    "letter": (EventKind.LETTER, lambda facts: LetterKind(facts[0]).label, "/letters/{id}"),
    "pause": (EventKind.PAUSE, lambda facts: f"Work paused: {PauseReason(facts[0]).inside}", "/plan"),
    "resumed": (EventKind.PAUSE, lambda _: "Work went on", "/plan"),
    "handed_over": (EventKind.ENDING, lambda _: "Hand-over complete", "/plan"),
    "discharge": (EventKind.ENDING, _discharge, "/plan"),
}


def _event(row: Any) -> FamilyEvent:
    kind, words, path = _TOLD[row.part]
    sign = _sign(row.facts) if kind is EventKind.CONTACT else ""
    return FamilyEvent(row.on, kind, words(row.facts), row.by_name, sign, path.format(id=row.id))
