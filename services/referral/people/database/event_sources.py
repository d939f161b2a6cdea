"""Where the events of a family's timeline are read: one source for each table of its record."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    FromClause,
    Integer,
    Select,
    Uuid,
    cast,
    exists,
    func,
    literal,
    null,
    select,
)

from services.referral.database.clinical_tables import (
    assessment,
    discharge,
    formulation,
    goal,
    hand_over,
    pause,
    plan,
    review,
    strand,
)
from services.referral.database.consultation_tables import heard_consultation
from services.referral.database.contact_tables import contact
from services.referral.database.intake_tables import promise
from services.referral.database.letter_tables import letter
from services.referral.database.liaison_tables import liaison, risk_note
from services.referral.database.measure_tables import measure_administration
from services.referral.database.tables import episode, referral, tier_assignment
from services.referral.people.domain.family_event import EventKind
from shared.contracts.pathway_codes import PromiseKind


@dataclass(frozen=True)
class EventSource:
    """How the rows of one table are told."""

    name: str
    kind: EventKind
    source: FromClause
    on: ColumnElement[Any]
    at: ColumnElement[Any]
    by: ColumnElement[Any]
    facts: tuple[ColumnElement[Any], ...] = ()
    where: tuple[ColumnElement[bool], ...] = ()
    id: ColumnElement[Any] | None = None
    number: ColumnElement[Any] | None = None
    """Which of several of one moment came later."""

    def read(self, family_id: UUID | ColumnElement[UUID]) -> Select[*tuple[Any, ...]]:
        """Those of all episodes of the family."""
        its_episodes = select(episode.c.id).where(episode.c.family_id == family_id)
        is_own = (
            self.source.c.episode_id.in_(its_episodes)
            if "episode_id" in self.source.c
            else self.source.c.family_id == family_id
        )
        return select(
            literal(self.name).label("part"),
            self.on.label("on"),
            self.at.label("at"),
            self.by.label("by"),
            cast(null() if self.id is None else self.id, Uuid).label("id"),
            cast(null() if self.number is None else self.number, Integer).label("number"),
            func.jsonb_build_array(*self.facts).label("facts"),
        ).where(is_own, *self.where)


def _london(moment: ColumnElement[Any]) -> ColumnElement[Any]:
    return cast(func.timezone("Europe/London", moment), Date)


_NO_TIME = cast(null(), DateTime(timezone=True))
_NOBODY = cast(null(), Uuid)


def event_sources() -> list[EventSource]:
    """Every table that tells of something that happened."""
    later = measure_administration.alias("later")
    told = select(promise, referral.c.family_id).join(referral, referral.c.id == promise.c.about).subquery("told")
    moves, taken, ended = tier_assignment, measure_administration, discharge
    return [
        EventSource(
            "contact",
            EventKind.CONTACT,
            contact,
            contact.c.held_on,
            contact.c.recorded_at,
            contact.c.practitioner_id,
            (contact.c.kind, contact.c.attendance, contact.c.venue, contact.c.minutes),
            (contact.c.attendance.is_not(None),),
            contact.c.id,
        ),
        EventSource(
            "support",
            EventKind.SUPPORT,
            moves,
            moves.c.effective_from,
            moves.c.decided_at,
            moves.c.decided_by,
            (moves.c.level, moves.c.risk_support, moves.c.direct_work, moves.c.reason),
            number=moves.c.number,
        ),
        EventSource("review", EventKind.REVIEW, review, review.c.held_on, review.c.recorded_at, review.c.recorded_by),
        EventSource(
            "assessment",
            EventKind.UNDERSTANDING,
            assessment,
            assessment.c.completed_on,
            assessment.c.recorded_at,
            assessment.c.recorded_by,
        ),
        EventSource(
            "formulation",
            EventKind.UNDERSTANDING,
            formulation,
            _london(formulation.c.recorded_at),
            formulation.c.recorded_at,
            formulation.c.recorded_by,
            (formulation.c.number, formulation.c.is_shared),
            number=formulation.c.number,
        ),
        EventSource(
            "plan", EventKind.PLAN, plan, plan.c.agreed_on, plan.c.recorded_at, plan.c.recorded_by, (plan.c.number,)
        ),
        EventSource("goal", EventKind.PLAN, goal, goal.c.set_on, _NO_TIME, _NOBODY, id=goal.c.id),
        EventSource(
            "strand",
            EventKind.PLAN,
            strand,
            strand.c.ended_on,
            _NO_TIME,
            strand.c.practitioner_id,
            (strand.c.intervention, strand.c.ending),
            (strand.c.ended_on.is_not(None),),
            strand.c.id,
        ),
        EventSource(
            "measure",
            EventKind.MEASURE,
            taken,
            taken.c.answered_on,
            taken.c.recorded_at,
            taken.c.recorded_by,
            (taken.c.code, taken.c.timepoint),
            (~taken.c.withdrawn, ~exists().where(later.c.supersedes == taken.c.id)),
            taken.c.id,
        ),
        EventSource(
            "liaison",
            EventKind.LIAISON,
            liaison,
            _london(liaison.c.happened_at),
            liaison.c.happened_at,
            liaison.c.practitioner_id,
            (liaison.c.kind,),
        ),
        EventSource(
            "consultation",
            EventKind.LIAISON,
            heard_consultation,
            heard_consultation.c.held_on,
            _NO_TIME,
            _NOBODY,
            (heard_consultation.c.kind,),
            (~heard_consultation.c.is_withdrawn,),
            heard_consultation.c.id,
        ),
        EventSource(
            "risk",
            EventKind.RISK,
            risk_note,
            _london(risk_note.c.noted_at),
            risk_note.c.noted_at,
            risk_note.c.noted_by,
        ),
        EventSource(
            "letter",
            EventKind.LETTER,
            letter,
            _london(letter.c.issued_at),
            letter.c.issued_at,
            letter.c.issued_by,
            (letter.c.kind,),
            (letter.c.issued_at.is_not(None),),
            letter.c.id,
        ),
        EventSource(
            "danger",
            EventKind.RISK,
            told,
            _london(func.coalesce(told.c.answered_at, told.c.made_at)),
            func.coalesce(told.c.answered_at, told.c.made_at),
            func.coalesce(told.c.answered_by, told.c.assigned_to),
            (told.c.answered_at.is_not(None),),
            (told.c.kind == PromiseKind.DANGER_SAID,),
        ),
        EventSource(
            "pause",
            EventKind.PAUSE,
            pause,
            pause.c.started_on,
            pause.c.recorded_at,
            pause.c.recorded_by,
            (pause.c.reason,),
        ),
        EventSource(
            "resumed",
            EventKind.PAUSE,
            pause,
            pause.c.ended_on,
            _NO_TIME,
            _NOBODY,
            (),
            (pause.c.ended_on.is_not(None),),
        ),
        EventSource(
            "handed_over",
            EventKind.ENDING,
            hand_over,
            hand_over.c.completed_on,
            _NO_TIME,
            hand_over.c.recorded_by,
            (),
            (hand_over.c.completed_on.is_not(None),),
        ),
        EventSource(
            "discharge",
            EventKind.ENDING,
            ended,
            ended.c.ended_on,
            ended.c.recorded_at,
            ended.c.recorded_by,
            (ended.c.ending, ended.c.undone_on.is_not(None)),
        ),
    ]
