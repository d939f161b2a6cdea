"""How the story of one family is told: on which day something is done, and words that are true of the family then."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from services.referral.contacts.domain.contact_check import Interpreter
from services.referral.demonstration.sentences import Sentences
from services.referral.demonstration.steps import (
    Assessed,
    Booked,
    Measured,
    MeetingVenue,
    Met,
    Reviewed,
    Step,
    Understood,
    Work,
)
from services.referral.demonstration.support import Turn
from services.referral.support.domain.assessment import AssessmentDetails
from services.referral.support.domain.formulation import Formulation
from shared.contracts.intervention import Element
from shared.contracts.pathway_codes import Attendance, ContactKind, MeasureTimepoint, MissingMeasure
from shared.kernel.calendar import add_working_days, is_working_day, london_start

Told = tuple[int, Work | Turn]
"""Days after the family was accepted, and what was done."""


@dataclass(frozen=True)
class StoryTelling:
    """A story that is told until a day."""

    accepted_on: date
    until: date
    write: Sentences

    @property
    def days(self) -> int:
        """From the one to the other."""
        return (self.until - self.accepted_on).days

    def on(self, days: int) -> date:
        """The working day on which that is done."""
        day = self.accepted_on + timedelta(days)
        return day if is_working_day(day) else add_working_days(day, 1)

    def met(
        self,
        days: int,
        where: MeetingVenue,
        kind: ContactKind = ContactKind.SESSION,
        *,
        note: str = "",
        voice: str = "",
    ) -> Met:
        """A session, with words of its own or such as are true of the family."""
        on, facts = self.on(days), self.write.facts
        return Met(
            where,
            kind,
            Attendance.ATTENDED,
            60,
            note or self.write.note(on),
            voice or self.write.a("voice", on),
            frozenset({Element.STORY if kind is not ContactKind.SESSION else Element.MOMENTS_OF_ATTUNEMENT}),
            with_other_carer=facts.other is not None and days % 5 == 0,
            interpreter=Interpreter.USED if facts.language else None,
        )

    def reviewed(self, days: int, view: str, voice: str) -> Work:
        decision = self.write.a("decision", self.on(days))
        return Work((Reviewed(voice, view, decision, self.accepted_on + timedelta(days + 84)),))

    def booked(self, working_days: int, where: MeetingVenue, *, hour: int = 10) -> Booked:
        at = london_start(add_working_days(self.until, working_days)) + timedelta(hours=hour)
        return Booked(at, where, needs_interpreter=bool(self.write.facts.language))

    def assessed(self, days: int, story: str, voice: str, missing: MissingMeasure | None = None) -> Assessed:
        on = self.on(days)
        strengths, needs, safety = (self.write.a(kind, on) for kind in ("strengths", "needs", "safety"))
        return Assessed(AssessmentDetails(on, story, strengths, needs, "", safety, voice, missing))


StoryWork = Callable[[StoryTelling], Iterator[Told]]


def measured(answers: dict[str, tuple[int, ...]], timepoint: MeasureTimepoint) -> tuple[Step, ...]:
    return tuple(Measured(code, timepoint, given) for code, given in answers.items())


def understood(presenting: str, precipitating: str, protective: str, voice: str) -> Understood:
    perpetuating = "Being alone with it."
    return Understood(
        Formulation(presenting, "Earlier losses.", precipitating, perpetuating, protective, voice, is_shared=True)
    )
