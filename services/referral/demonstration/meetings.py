"""What is done in the sessions with one invented family: assessment, goals, plan, measures, and the work itself."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from services.referral.demonstration.endings import PAIRED, ended, why_missing
from services.referral.demonstration.families import weighted
from services.referral.demonstration.happening import Begun
from services.referral.demonstration.plans import plan
from services.referral.demonstration.scores import SPREADS, answers, asks_about_self_harm, totals
from services.referral.demonstration.sentences import Sentences
from services.referral.demonstration.sessions import attendance, place, session
from services.referral.demonstration.steps import (
    Assessed,
    BornAfterReferral,
    GoalChosen,
    GoalSeen,
    Led,
    Measured,
    Met,
    NotMeasured,
    SafetyAsked,
    Step,
    TasksAnswered,
    Understood,
    Work,
)
from services.referral.demonstration.team import SHARES
from services.referral.people.domain.age import completed_months
from services.referral.people.domain.subject import Baby
from services.referral.support.domain.assessment import AssessmentDetails
from services.referral.support.domain.formulation import Formulation
from shared.contracts.pathway_codes import Attendance, ContactKind, EpisodeEnding, MeasureTimepoint, TaskKind
from shared.contracts.vocabulary import ReferralReason
from shared.kernel.clock import london_date

_UNANSWERED = 0.12
"""Of tasks: they stay open until the work ends."""
_MEASURED_AT_START = 0.6
"""Of those who have no pair."""
_GOAL_START, _GOAL_CHANGE = (3.0, 1.5), (4.0, 2.0)
_CONFIDENCE_ONLY = 0.3
_TOO_OLD_FOR_KPCS = 12


@dataclass(frozen=True)
class Meeting:
    at: datetime
    is_last: bool


class Meetings:
    """One family's.

    Args:
        birth: when the baby was not born at the referral.
        how: the work will end.
    """

    def __init__(
        self,
        chance: random.Random,
        begun: Begun,
        sentences: Sentences,
        birth: BornAfterReferral | None,
        how: EpisodeEnding,
    ) -> None:
        self._chance = chance
        self._begun = begun
        self._unborn = sentences
        self._birth = birth
        self._how = how
        self._stops_coming = how is EpisodeEnding.DISENGAGED
        self._is_paired = not self._stops_coming and chance.random() < PAIRED
        self._is_measured = self._is_paired or chance.random() < _MEASURED_AT_START
        self._totals = {code: totals(chance, spread) for code, spread in SPREADS.items()}
        self._codes = ["EPDS"]
        self._goals: list[int] = []
        self._lead = begun.accepted.lead if begun.accepted.lead is not None else weighted(chance, SHARES)

    def in_short(self, first_at: datetime, ends_at: datetime) -> list[tuple[datetime, Work]]:
        """The first contact, the discharge, and the measures that belong to them."""
        if self._confidence(first_at) and self._chance.random() < _CONFIDENCE_ONLY:
            self._codes = ["KPCS"]
        first = (*self._leads(), self._session(first_at, Attendance.ATTENDED, ContactKind.ASSESSMENT))
        last = self._measures_at_end() if self._is_paired else ()
        how = ended(self._chance, self._sentences(london_date(ends_at)), self._how, london_date(ends_at))
        return [
            (first_at, Work((*first, *self._measures_at_start()))),
            (ends_at, Work((*last, how), by_team_lead=True)),
        ]

    def in_full(self, meetings: list[Meeting]) -> Iterator[tuple[datetime, Work]]:
        """All of them; what is to be done in a session waits for the next one when nobody came."""
        to_do = [self._first, self._assess, self._agree]
        missed = 0
        for place_of, meeting in enumerate(meetings):
            happened = self._attendance(meeting, place_of, len(meetings))
            came = happened is Attendance.ATTENDED
            kind = ContactKind.ASSESSMENT if len(to_do) > 1 else ContactKind.SESSION
            steps = to_do.pop(0)(meeting.at) if came and to_do else ()
            met = self._session(meeting.at, happened, kind)
            after = self._last() if meeting.is_last and came else ()
            yield meeting.at, Work((*steps, met, *after) if kind is ContactKind.SESSION else (met, *steps, *after))
            missed = 0 if came else missed + 1
            yield from self._afterwards(meeting.at, met, missed)

    def _afterwards(self, at: datetime, met: Met, missed: int) -> Iterator[tuple[datetime, Work]]:
        """Tasks are mostly answered within some days."""
        if self._chance.random() < _UNANSWERED:
            return
        if met.supervision:
            supervised = TasksAnswered(self._unborn.a("supervised"), TaskKind.SUPERVISION)
            yield at + timedelta(self._chance.randint(3, 12)), Work((supervised,))
        if missed == 2:
            answered = TasksAnswered(self._unborn.a("task_answers"), TaskKind.NON_ATTENDANCE)
            yield at + timedelta(2), Work((answered,))

    def _attendance(self, meeting: Meeting, number: int, of: int) -> Attendance:
        """A first contact is one that took place; whoever stops coming misses the last ones."""
        if number == 0:
            return Attendance.ATTENDED
        if self._stops_coming and number >= of - 3:
            return Attendance.DID_NOT_ATTEND
        return Attendance.ATTENDED if meeting.is_last else attendance(self._chance)

    def _session(self, at: datetime, happened: Attendance, kind: ContactKind) -> Met:
        in_unit = ReferralReason.NEONATAL_STAY in self._begun.request.reasons
        where = place(self._chance, in_neonatal_unit=in_unit)
        return session(self._chance, self._sentences(london_date(at)), where, happened, kind)

    def _leads(self) -> tuple[Step, ...]:
        if self._begun.accepted.lead is not None:
            return ()
        return (Led(self._lead),)

    def _first(self, at: datetime) -> tuple[Step, ...]:
        self._codes = ["EPDS", *(["GAD7"] if self._chance.random() < 0.6 else []), *self._confidence(at)]
        return (*self._leads(), SafetyAsked(), *self._measures_at_start())

    def _confidence(self, at: datetime) -> list[str]:
        months = self._months(london_date(at))
        return ["KPCS"] if months is not None and months < _TOO_OLD_FOR_KPCS else []

    def _measures_at_start(self) -> tuple[Step, ...]:
        start = MeasureTimepoint.START
        if not self._is_measured:
            return (NotMeasured("EPDS", start, why_missing(self._chance)),)
        return tuple(chain.from_iterable(self._measured(code, start) for code in self._codes))

    def _measures_at_end(self) -> tuple[Step, ...]:
        end = MeasureTimepoint.END
        if not self._is_paired:
            return (NotMeasured("EPDS", end, why_missing(self._chance)),) if self._is_measured else ()
        return tuple(chain.from_iterable(self._measured(code, end) for code in self._codes))

    def _measured(self, code: str, timepoint: MeasureTimepoint) -> Iterator[Step]:
        """An answer about self-harm is spoken about at once."""
        given = answers(self._chance, code, self._totals[code][timepoint is MeasureTimepoint.END])
        yield Measured(code, timepoint, given)
        if asks_about_self_harm(code, given):
            yield TasksAnswered(self._unborn.a("self_harm_answers"), TaskKind.SELF_HARM_ANSWER)

    def _assess(self, at: datetime) -> tuple[Step, ...]:
        write = self._sentences(london_date(at))
        voice = write.a("unborn_voice" if write.before_birth else "infant_voice")
        details = AssessmentDetails(
            completed_on=london_date(at),
            story=write.a("stories"),
            strengths=write.a("strengths"),
            needs=write.a("needs"),
            feeding="" if write.before_birth else write.a("feeding"),
            safety=write.a("safety"),
            infant_voice=voice,
            without_baseline=None if self._is_measured else why_missing(self._chance),
        )
        parts = ("presenting", "predisposing", "precipitating", "perpetuating", "protective")
        formulation = Formulation(*(write.a(part) for part in parts), infant_voice=voice, is_shared=True)
        return Assessed(details), Understood(formulation)

    def _agree(self, at: datetime) -> tuple[Step, ...]:
        words = self._unborn.some("goals", self._chance.choice((1, 1, 2)))
        self._goals = [_rating(self._chance.gauss(*_GOAL_START)) for _ in words]
        goals = [GoalChosen(one, rating) for one, rating in zip(words, self._goals, strict=True)]
        level = self._begun.accepted.opening.support.level
        return (*goals, *plan(self._chance, level, self._months(london_date(at)), self._lead))

    def _last(self) -> tuple[Step, ...]:
        seen = [
            GoalSeen(number, _rating(rating + self._chance.gauss(*_GOAL_CHANGE)))
            for number, rating in enumerate(self._goals)
        ]
        return (*seen, *self._measures_at_end())

    def _sentences(self, on: date) -> Sentences:
        if self._birth and self._birth.born_on <= on:
            return self._unborn.born(self._birth.name)
        return self._unborn

    def _months(self, on: date) -> int | None:
        """The baby's age; None before birth."""
        subject = self._begun.request.subject
        born_on = subject.born_on if isinstance(subject, Baby) else self._birth.born_on if self._birth else None
        return None if born_on is None or born_on > on else completed_months(born_on, on)


def _rating(value: float) -> int:
    return round(min(max(value, 0), 10))
