"""One time that a measure was answered, and what came of it. It is never changed: a correction is a new one.

Source: reference 4.1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from services.referral.measures.domain.measure import Entry, MeasureDefinition, Respondent
from services.referral.measures.domain.measure_pair import Series, Taken
from services.referral.measures.domain.scoring import Answers, Score, score
from services.referral.people.domain.family import Family
from services.referral.people.domain.person import MemberKind
from shared.contracts.measure import MeasureRecorded
from shared.contracts.pathway_codes import Measure, MeasureTimepoint
from shared.kernel.calendar import date_words
from shared.kernel.errors import RuleBroken


@dataclass(frozen=True)
class Subject:
    """Whom a measure is about."""

    person_id: UUID
    """The carer who answered, or whom a practitioner rated."""
    baby_id: UUID | None = None
    """None when it is about the carer alone."""


@dataclass(frozen=True)
class MeasureEntry:
    """What someone entered."""

    definition: MeasureDefinition
    subject: Subject
    respondent: Respondent
    timepoint: MeasureTimepoint
    answered_on: date
    answers: Answers
    variant: str = ""
    note: str = ""
    """In the team's own words; of a measure that is only done, its summary."""
    contact_id: UUID | None = None
    """The session in which it was answered."""
    request_id: UUID | None = None
    """The link by which it was answered."""


@dataclass(frozen=True)
class Correction:
    """Which administration a new one takes the place of, and why."""

    supersedes: UUID
    first_id: UUID
    """Of the chain of corrections."""
    reason: str
    withdrawn: bool = False
    """It was entered by mistake: nothing takes its place."""


@dataclass
class Administration:
    """What was entered, and its score under the definition of that day."""

    id: UUID
    family_id: UUID
    episode_id: UUID
    entry: MeasureEntry
    score: Score
    correction: Correction | None = None
    version: int = field(default=0, compare=False)

    @property
    def first_id(self) -> UUID:
        """Of the chain of corrections that it is in."""
        return self.correction.first_id if self.correction else self.id

    @property
    def taken(self) -> Taken:
        """As it is paired with others."""
        entry = self.entry
        series = Series(
            entry.definition.code,
            entry.definition.version,
            entry.variant,
            entry.respondent,
            entry.subject.person_id,
            entry.subject.baby_id,
        )
        return Taken(self.id, series, entry.answered_on, self.score.values)

    def recorded(self) -> MeasureRecorded:
        """The event that says so; it has no score and no answer."""
        return MeasureRecorded(
            administration_id=self.id,
            episode_id=self.episode_id,
            measure=measure_of(self.entry.definition.code),
            timepoint=self.entry.timepoint,
            answered_on=self.entry.answered_on,
        )


def check_entry(entry: MeasureEntry, family: Family, opened_on: date, today: date) -> MeasureEntry:
    """The entry as it is stored: a measure of the carer alone names no baby, and a dad has a dad's cut-off.

    Args:
        opened_on: when work with the family began.

    Raises:
        NotFound: nobody in the family has one of the ids.
        RuleBroken: who or when cannot be right.
    """
    subject = check_subject_of(entry.definition, entry.subject, family)
    if entry.respondent not in entry.definition.respondents:
        raise RuleBroken("measure_respondent", "Choose who gives the answers to this measure.", field="respondent")
    if not opened_on <= entry.answered_on <= today:
        raise RuleBroken(
            "measure_date",
            f"The day must be from {date_words(opened_on)}, when the work began, to today.",
            field="answered_on",
        )
    _check_alive(subject, family, entry.answered_on)
    return replace(entry, subject=subject, variant=entry.variant or variant_of(entry.definition, subject, family))


def check_subject_of(definition: MeasureDefinition, subject: Subject, family: Family) -> Subject:
    """Whom this measure can be about.

    Raises:
        NotFound: nobody in the family has one of the ids.
        RuleBroken: the person is no carer, or a measure of the two of them names no baby.
    """
    if family.member(subject.person_id).kind is not MemberKind.CARER:
        raise RuleBroken("measure_carer", "Choose the parent or carer whom the measure is about.", field="person_id")
    if not definition.names_baby:
        return replace(subject, baby_id=None)
    if subject.baby_id is None:
        raise RuleBroken("measure_baby", "Choose the baby whom the measure is about.", field="baby_id")
    if family.member(subject.baby_id).kind is not MemberKind.BABY:
        raise RuleBroken("measure_baby", "Choose the baby whom the measure is about.", field="baby_id")
    return subject


def score_entry(entry: MeasureEntry) -> Score:
    """Score what was entered; of a measure that is only done, nothing.

    Raises:
        RuleBroken: as `score`.
    """
    definition = entry.definition
    if definition.entry is Entry.DONE:
        return Score(definition.code, definition.version, entry.variant, (), (), (), ())
    return score(definition, entry.answers, variant=entry.variant)


def variant_of(definition: MeasureDefinition, subject: Subject, family: Family) -> str:
    """The variant for what this carer is to a baby here, such as a dad's own cut-off; empty when there is none."""
    variants: Mapping[str, str] = definition.variants.values if definition.variants else {}
    relationships = [one.relationship.value for one in family.dyads if one.carer_id == subject.person_id]
    return next((one for one in relationships if one in variants), "")


def measure_of(code: str) -> Measure:
    """The name by which an event calls a measure."""
    return Measure(code.lower()) if code.lower() in {one.value for one in Measure} else Measure.OTHER


def _check_alive(subject: Subject, family: Family, answered_on: date) -> None:
    """A measure of a baby and a carer belongs to the time in which there are both."""
    for person_id in filter(None, (subject.person_id, subject.baby_id)):
        person = family.member(person_id).person
        lost_on = person.died_on or person.pregnancy_ended_on
        if person.is_lost and (lost_on is None or answered_on > lost_on):
            raise RuleBroken(
                "measure_lost",
                "This person has died, so the measure cannot be about that day. Check the day and the person.",
                field="answered_on",
            )
