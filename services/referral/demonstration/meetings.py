"""What is done in the sessions with one invented family: assessment, goals, plan, measures, and the work itself."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain

from services.referral.demonstration.endings import PAIRED, ended, why_missing
from services.referral.demonstration.families import weighted
from services.referral.demonstration.happening import Begun
from services.referral.demonstration.plans import plan
from services.referral.demonstration.record_steps import DetailsKnown
from services.referral.demonstration.scores import answers, asks_about_self_harm
from services.referral.demonstration.sentences import Sentences
from services.referral.demonstration.sessions import attendance, place, session
from services.referral.demonstration.steps import (
    Assessed,
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
from services.referral.demonstration.words import STREETS, SURGERIES
from services.referral.people.domain.age import completed_months
from services.referral.support.domain.assessment import AssessmentDetails
from services.referral.support.domain.formulation import Formulation
from shared.contracts.pathway_codes import Attendance, ContactKind, EpisodeEnding, MeasureTimepoint, TaskKind
from shared.contracts.vocabulary import ReferralReason
from shared.kernel.clock import london_date

TOLD_AT_FIRST = 3
"""Sessions of an older family: in them it is decided what is done."""
_MISSED_BEFORE_TASK = 2
"""One after the other."""
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
        scores: totals of each measure at the start and at the end.
        how: the work will end.
    """

    def __init__(
        self,
        chance: random.Random,
        begun: Begun,
        write: Sentences,
        scores: Mapping[str, tuple[int, int]],
        how: EpisodeEnding,
    ) -> None:
        self._chance = chance
        self._begun = begun
        self._write = write
        self._how = how
        self._stops_coming = how is EpisodeEnding.DISENGAGED
        self._is_paired = not self._stops_coming and chance.random() < PAIRED
        self._is_measured = self._is_paired or chance.random() < _MEASURED_AT_START
        self._totals = scores
        self._codes = ["EPDS"]
        self._goals: list[int] = []
        self._lead = begun.accepted.lead if begun.accepted.lead is not None else weighted(chance, SHARES)

    def in_short(self, first_at: datetime, ends_at: datetime) -> list[tuple[datetime, Work]]:
        """The first contact, the discharge, and the measures that belong to them."""
        if self._confidence(first_at) and self._chance.random() < _CONFIDENCE_ONLY:
            self._codes = ["KPCS"]
        met = replace(self._session(first_at, Attendance.ATTENDED, ContactKind.ASSESSMENT), supervision="")
        first = (*self._leads(), met)
        last = self._measures_at_end(london_date(ends_at)) if self._is_paired else ()
        how = ended(self._chance, self._write, self._how, london_date(ends_at))
        return [
            (first_at, Work((*first, *self._measures_at_start(london_date(first_at))))),
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
            after = self._last(london_date(meeting.at)) if meeting.is_last and came else ()
            yield meeting.at, Work((*steps, met, *after) if kind is ContactKind.SESSION else (met, *steps, *after))
            missed = 0 if came else missed + 1
            yield from self._afterwards(meeting.at, met, missed)

    def next_one(self, at: datetime, attended: int) -> Work:
        """The next of a family that has attended so many."""
        to_do = [self._first, self._assess, self._agree][attended : attended + 1]
        happened = attendance(self._chance) if attended else Attendance.ATTENDED
        kind = ContactKind.SESSION if attended > 1 else ContactKind.ASSESSMENT
        met = self._session(at, happened, kind)
        steps = to_do[0](at) if to_do and happened is Attendance.ATTENDED else ()
        return Work((*steps, met) if kind is ContactKind.SESSION else (met, *steps))

    def _afterwards(self, at: datetime, met: Met, missed: int) -> Iterator[tuple[datetime, Work]]:
        """Tasks are answered within some days."""
        if met.supervision:
            days = timedelta(self._chance.randint(3, 12))
            supervised = TasksAnswered(self._write.a("supervised", london_date(at)), TaskKind.SUPERVISION)
            yield at + days, Work((supervised,))
        if missed >= _MISSED_BEFORE_TASK:
            answered = TasksAnswered(self._write.a("task_answer", london_date(at)), TaskKind.NON_ATTENDANCE)
            yield at + timedelta(2), Work((answered,))

    def _attendance(self, meeting: Meeting, number: int, of: int) -> Attendance:
        """A first contact is one that took place, and so is one after weeks of which nothing is told.

        Whoever stops coming misses the last ones.
        """
        if self._stops_coming and number >= max(of - 3, 1):
            return Attendance.DID_NOT_ATTEND
        if number in (0, TOLD_AT_FIRST):
            return Attendance.ATTENDED
        return Attendance.ATTENDED if meeting.is_last else attendance(self._chance)

    def _session(self, at: datetime, happened: Attendance, kind: ContactKind) -> Met:
        in_unit = ReferralReason.NEONATAL_STAY in self._begun.request.reasons
        where = place(self._chance, in_neonatal_unit=in_unit)
        return session(self._chance, self._write, london_date(at), where, happened, kind=kind)

    def _leads(self) -> tuple[Step, ...]:
        if self._begun.accepted.lead is not None:
            return ()
        return (Led(self._lead),)

    def _first(self, at: datetime) -> tuple[Step, ...]:
        self._codes = ["EPDS", *(["GAD7"] if self._chance.random() < 0.6 else []), *self._confidence(at)]
        street = f"{self._chance.randint(1, 180)} {self._chance.choice(STREETS)}"
        known = DetailsKnown(street, self._chance.choice(SURGERIES))
        return (*self._leads(), known, SafetyAsked(), *self._measures_at_start(london_date(at)))

    def _confidence(self, at: datetime) -> list[str]:
        months = self._months(london_date(at))
        return ["KPCS"] if months is not None and months < _TOO_OLD_FOR_KPCS else []

    def _measures_at_start(self, on: date) -> tuple[Step, ...]:
        start = MeasureTimepoint.START
        if not self._is_measured:
            return (NotMeasured("EPDS", start, why_missing(self._chance)),)
        return tuple(chain.from_iterable(self._measured(code, start, on) for code in self._codes))

    def _measures_at_end(self, on: date) -> tuple[Step, ...]:
        end = MeasureTimepoint.END
        if not self._is_paired:
            return (NotMeasured("EPDS", end, why_missing(self._chance)),) if self._is_measured else ()
        return tuple(chain.from_iterable(self._measured(code, end, on) for code in self._codes))

    def _measured(self, code: str, timepoint: MeasureTimepoint, on: date) -> Iterator[Step]:
        """An answer about self-harm is spoken about at once."""
        given = answers(self._chance, code, self._totals[code][timepoint is MeasureTimepoint.END])
        yield Measured(code, timepoint, given)
        if asks_about_self_harm(code, given):
            yield TasksAnswered(self._write.a("self_harm_answer", on), TaskKind.SELF_HARM_ANSWER)

    def _assess(self, at: datetime) -> tuple[Step, ...]:
        write, on = self._write, london_date(at)
        voice = write.a("voice", on)
        details = AssessmentDetails(
            completed_on=on,
            story=write.a("story", on),
            strengths=write.a("strengths", on),
            needs=write.a("needs", on),
            feeding="" if write.facts.is_unborn(on) else write.a("feeding", on),
            safety=write.a("safety", on),
            infant_voice=voice,
            without_baseline=None if self._is_measured else why_missing(self._chance),
        )
        parts = ("presenting", "predisposing", "precipitating", "perpetuating", "protective")
        formulation = Formulation(*(write.a(part, on) for part in parts), infant_voice=voice, is_shared=True)
        return Assessed(details), Understood(formulation)

    def _agree(self, at: datetime) -> tuple[Step, ...]:
        words = self._write.some("goal", london_date(at), self._chance.choice((1, 1, 2)))
        self._goals = [_rating(self._chance.gauss(*_GOAL_START)) for _ in words]
        goals = [GoalChosen(one, rating) for one, rating in zip(words, self._goals, strict=True)]
        level = self._begun.accepted.opening.support.level
        return (*goals, *plan(self._chance, level, self._months(london_date(at)), self._lead))

    def _last(self, on: date) -> tuple[Step, ...]:
        seen = [
            GoalSeen(number, _rating(rating + self._chance.gauss(*_GOAL_CHANGE)))
            for number, rating in enumerate(self._goals)
        ]
        return (*seen, *self._measures_at_end(on))

    def _months(self, on: date) -> int | None:
        """The baby's age; None before birth."""
        born_on = self._write.facts.born_on
        return None if born_on is None or born_on > on else completed_months(born_on, on)


def _rating(value: float) -> int:
    return round(min(max(value, 0), 10))
