"""What the record knows that a letter may say, and how it says it: the facts of a draft.

Everything here is read from the record for one recipient; what is not known becomes a gap. Source: reference 2.2, 2.3.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict
from uuid import UUID

from services.referral.intake.domain.triage import Acceptance, Closure
from services.referral.letters.domain.letter_facts import (
    Appointment,
    Facts,
    FamilyFacts,
    ProfessionalFacts,
    Recipient,
    ReferrerFacts,
    Sender,
    appointment_for,
)
from services.referral.letters.domain.letter_kind import Audience, LetterKind
from shared.contracts.intervention import Intervention
from shared.contracts.pathway_codes import ContactMode, EpisodeEnding, Venue
from shared.contracts.vocabulary import TriageOutcome
from shared.kernel.calendar import add_working_days, date_words
from shared.kernel.clock import london_date


@dataclass(frozen=True)
class KnownGoal:
    words: str
    first_rating: int | None
    last_rating: int | None


@dataclass(frozen=True)
class KnownStrand:
    intervention: Intervention
    attended: int
    planned: int


@dataclass(frozen=True)
class KnownEnding:
    ending: EpisodeEnding
    what_changed: str
    onward: str
    infant_voice: str


@dataclass(frozen=True)
class KnownWork:
    """What the record says about one referral and the work that came of it."""

    received_on: date
    decision: Acceptance | Closure | None = None
    baby_name: str | None = None
    """Of all babies who live or are expected; None when none of them has a name."""
    promised_on: date | None = None
    """The day by which the family was told that they would hear from the team, while they have not."""
    called: str | None = None
    """The same as the family would say it: without the name that baby and carer share."""
    born_on: date | None = None
    """Of the baby, when there is one only."""
    nhs_number: str | None = None
    carer_name: str | None = None
    contacts_attended: int = 0
    appointment: Appointment | None = None
    strands: Sequence[KnownStrand] = ()
    goals: Sequence[KnownGoal] = ()
    shared_formulation: Sequence[str] = ()
    """Its parts, when the family has seen it."""
    infant_voice: str = ""
    """The newest that anyone wrote."""
    ending: KnownEnding | None = None


class SharedFacts(TypedDict):
    """What every letter may say."""

    recipient: Recipient
    sender: Sender
    dated_on: date
    received_on: date
    baby_name: str | None
    safety_net: str


@dataclass(frozen=True)
class Writing:
    """Who writes what to whom, and when."""

    kind: LetterKind
    recipient: Recipient
    recipient_id: UUID | None
    sender: Sender
    today: date
    triage_target_working_days: int
    safety_net: str


def facts_for(writing: Writing, known: KnownWork) -> Facts:
    """The facts that the audience may be told."""
    shared: SharedFacts = {
        "recipient": writing.recipient,
        "sender": writing.sender,
        "dated_on": writing.today,
        "received_on": known.received_on,
        "baby_name": known.baby_name,
        "safety_net": writing.safety_net,
    }
    match writing.kind.audience:
        case Audience.FAMILY:
            return _family_facts(shared, writing, known)
        case Audience.REFERRER:
            return _referrer_facts(shared, writing, known)
        case Audience.PROFESSIONAL:
            return _professional_facts(shared, known)


def _family_facts(shared: SharedFacts, writing: Writing, known: KnownWork) -> FamilyFacts:
    person_id = writing.recipient_id
    shared = {**shared, "baby_name": known.called or known.baby_name}
    accepted = known.decision if isinstance(known.decision, Acceptance) else None
    invited_to = appointment_for(person_id, known.appointment) if person_id else None
    return FamilyFacts(
        **shared,
        next_contact_on=_next_contact_on(known, invited_to, writing.today),
        while_waiting=accepted.safe_wait_plan if accepted else None,
        explanation=known.decision.explanation if isinstance(known.decision, Closure) else None,
        appointment=invited_to,
        work_done=work_done(known),
        what_changed=known.ending.what_changed if known.ending else None,
        goals=_goals(known),
        onward_plan=_onward(known),
        outcome=known.ending.ending.label if known.ending else None,
        voice_of_the_infant=_voice(known),
    )


def _next_contact_on(known: KnownWork, invited_to: Appointment | None, today: date) -> date | None:
    """The first day that the family was told of, and that is still to come."""
    accepted = known.decision if isinstance(known.decision, Acceptance) else None
    told = (
        accepted.waiting_well_on if accepted else None,
        known.promised_on,
        london_date(invited_to.at) if invited_to else None,
    )
    return min((day for one in told if (day := _still_to_come(one, today)) is not None), default=None)


def _referrer_facts(shared: SharedFacts, writing: Writing, known: KnownWork) -> ReferrerFacts:
    answer_by = add_working_days(known.received_on, writing.triage_target_working_days)
    return ReferrerFacts(
        **shared,
        next_contact_on=answer_by,
        decision=decision_words(known.decision),
        explanation=_explanation(known.decision),
        outcome=known.ending.ending.label if known.ending else None,
        work_done=work_done(known),
        onward_plan=_onward(known) or _waiting(known.decision),
    )


def _professional_facts(shared: SharedFacts, known: KnownWork) -> ProfessionalFacts:
    return ProfessionalFacts(
        **shared,
        carer_name=known.carer_name,
        born_on=known.born_on,
        nhs_number=known.nhs_number,
        formulation="\n\n".join(part for part in known.shared_formulation if part.strip()),
        goals=_goals(known),
        plan=_bullets(
            f"{strand.intervention.label}: {_count(strand.planned, 'session')} planned" for strand in known.strands
        ),
        work_done=work_done(known),
        what_changed=known.ending.what_changed if known.ending else None,
        outcome=known.ending.ending.label if known.ending else None,
        onward_plan=_onward(known),
        voice_of_the_infant=_voice(known),
    )


def place_words(venue: Venue, mode: ContactMode) -> str:
    """Where to come. A kind of place is not an address, so the address is a gap."""
    if mode is ContactMode.TELEPHONE:
        return "By telephone"
    if mode is ContactMode.VIDEO:
        return "By video call"
    return "At home" if venue is Venue.HOME else f"{venue.label} [[which one, with its address]]"


def work_done(known: KnownWork) -> str | None:
    """How often the family was met, and what for."""
    if not known.contacts_attended:
        return None
    listed = _bullets(
        f"{strand.intervention.label}: {_count(strand.attended, 'session')}"
        for strand in known.strands
        if strand.attended
    )
    met = f"We met {_count(known.contacts_attended, 'time')}."
    return f"{met}\n\n{listed}" if listed else met


_DECISIONS: Mapping[TriageOutcome, str] = {
    TriageOutcome.ADVICE_ONLY: "We will not see the family ourselves, and have advice for you.",
    TriageOutcome.SIGNPOSTED: "Another service fits better.",
    TriageOutcome.DECLINED: "We are not able to accept the referral.",
    TriageOutcome.WITHDRAWN: "The referral was withdrawn.",
    TriageOutcome.JOINED: "We work with this family already, and have added your referral to our work.",
    TriageOutcome.RETURNED: "We return the referral, because we did not get what we had asked for.",
}


def decision_words(decision: Acceptance | Closure | None) -> str | None:
    """For a referrer, in a sentence or two."""
    match decision:
        case Acceptance():
            return "We have accepted the referral. The family is on our waiting list."
        case Closure():
            return f"{_DECISIONS[decision.outcome]} {decision.reason.label}."
        case None:
            return None


def _explanation(decision: Acceptance | Closure | None) -> str | None:
    match decision:
        case Acceptance():
            return "We think that we are the right team to help with what you wrote about."
        case Closure():
            return decision.explanation
        case None:
            return None


def _waiting(decision: Acceptance | Closure | None) -> str | None:
    if isinstance(decision, Acceptance) and decision.waiting_well_on:
        return f"We call the family by {date_words(decision.waiting_well_on)} to ask how they are."
    return None


def _onward(known: KnownWork) -> str | None:
    if known.ending:
        return known.ending.onward
    if isinstance(known.decision, Closure) and known.decision.target_service:
        return f"We think that this service can help: {known.decision.target_service.label}."
    return None


def _voice(known: KnownWork) -> str | None:
    return (known.ending.infant_voice if known.ending else "") or known.infant_voice or None


def _goals(known: KnownWork) -> str | None:
    return _bullets(_goal(goal) for goal in known.goals)


def _goal(goal: KnownGoal) -> str:
    if goal.first_rating is None or goal.last_rating is None or goal.first_rating == goal.last_rating:
        return goal.words
    return f"{goal.words} (from {goal.first_rating} to {goal.last_rating} out of 10)"


def _bullets(items: Iterable[str]) -> str | None:
    return "\n".join(f"- {' '.join(item.split())}" for item in items) or None


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _still_to_come(day: date | None, today: date) -> date | None:
    return day if day is not None and day >= today else None


def called(name: str, carers: Iterable[str]) -> str:
    """`Shannon Example` is Shannon to Leonie Example; a name that nobody shares is left as it is."""
    words = name.split()
    shares = any(carer.split()[-1:] == words[-1:] for carer in carers)
    return " ".join(words[:-1]) if shares and len(words) > 1 else name
