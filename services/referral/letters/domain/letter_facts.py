"""What may be said in a letter: one type for each audience, with a place for what it may be told and for nothing else.

There is no place for a safety flag, a risk note or a telephone number of the family, and the only address is the
recipient's own. Source: reference 3.4; hazard H7. A fact that is not known is None and becomes a gap in the draft.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.referral.letters.domain.letter_kind import Audience
from shared.kernel.calendar import date_words, moment_words
from shared.kernel.nhs_number import spaced


@dataclass(frozen=True)
class Recipient:
    """Whom the letter is addressed to."""

    name: str
    address: tuple[str, ...] = ()
    """Lines of the recipient's own address; empty when the letter is handed over."""


@dataclass(frozen=True)
class Sender:
    """The team, and who signs for it."""

    team_name: str
    team_phone: str
    """How people reach the team, as it is shown to them."""
    practitioner_name: str | None = None
    practitioner_role: str | None = None


@dataclass(frozen=True)
class Appointment:
    """A visit or session that is planned with some people."""

    at: datetime
    """UTC"""
    place: str
    with_name: str | None
    invited: frozenset[UUID]
    """The persons who may know of it."""


def appointment_for(person_id: UUID, appointment: Appointment | None) -> Appointment | None:
    """The appointment, when the person is invited to it; nothing that would tell another household of it."""
    return appointment if appointment is not None and person_id in appointment.invited else None


@dataclass(frozen=True, kw_only=True)
class _Facts:
    recipient: Recipient
    sender: Sender
    dated_on: date
    baby_name: str | None
    """None when the baby is not born, or has no name yet."""
    received_on: date | None = None
    """When the team got the referral."""
    safety_net: str
    """The team's passage for this audience."""


@dataclass(frozen=True, kw_only=True)
class FamilyFacts(_Facts):
    """For a parent or carer."""

    next_contact_on: date | None = None
    while_waiting: str | None = None
    explanation: str | None = None
    appointment: Appointment | None = None
    """One that the recipient is invited to: `appointment_for`."""
    work_done: str | None = None
    what_changed: str | None = None
    goals: str | None = None
    onward_plan: str | None = None
    outcome: str | None = None
    voice_of_the_infant: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReferrerFacts(_Facts):
    """For whoever referred the family: what was decided and what comes next, not what the family told us."""

    next_contact_on: date | None = None
    decision: str | None = None
    explanation: str | None = None
    outcome: str | None = None
    work_done: str | None = None
    onward_plan: str | None = None


@dataclass(frozen=True, kw_only=True)
class ProfessionalFacts(_Facts):
    """For the GP or health visitor, who go on caring for the family."""

    carer_name: str | None = None
    born_on: date | None = None
    nhs_number: str | None = None
    """Ten digits."""
    formulation: str | None = None
    """The one that the family has seen."""
    goals: str | None = None
    plan: str | None = None
    work_done: str | None = None
    what_changed: str | None = None
    outcome: str | None = None
    onward_plan: str | None = None
    voice_of_the_infant: str | None = None


Facts = FamilyFacts | ReferrerFacts | ProfessionalFacts

AUDIENCE: Mapping[type[Facts], Audience] = {
    FamilyFacts: Audience.FAMILY,
    ReferrerFacts: Audience.REFERRER,
    ProfessionalFacts: Audience.PROFESSIONAL,
}

PLACEHOLDERS: Mapping[str, str] = {
    "appointment_at": "the day and time of the appointment",
    "appointment_place": "where the appointment is",
    "appointment_with": "who the appointment is with",
    "baby_name": "the baby's name, or “your baby” and “the baby” before birth",
    "born_on": "the baby's date of birth",
    "carer_name": "the name of the parent or carer",
    "decision": "what was decided on the referral",
    "explanation": "why it was decided",
    "formulation": "our shared understanding of what is going on",
    "goals": "the family's own goals",
    "next_contact_on": "the date by which we get in touch",
    "nhs_number": "the baby's NHS number",
    "onward_plan": "who helps from now on, and how",
    "outcome": "how our work ended",
    "plan": "what we plan to do together",
    "practitioner_name": "the name of the practitioner who signs",
    "practitioner_role": "the role of the practitioner who signs",
    "received_on": "the date we got the referral",
    "recipient_name": "the name of whoever gets the letter",
    "safety_net": "what to do if things get worse (a text of its own)",
    "team_name": "the name of the team",
    "team_phone": "how to reach the team",
    "voice_of_the_infant": "what the baby is telling us",
    "what_changed": "what is different now",
    "while_waiting": "what holds the family while they wait",
    "work_done": "what we did together",
}
"""Everything that a template may ask for, in words. A gap in a draft shows these words."""


def values_of(facts: Facts) -> dict[str, str | None]:
    """Each fact as words, by its placeholder. A family's own baby is "your baby" until there is a name."""
    appointment = facts.appointment if isinstance(facts, FamilyFacts) else None
    known = {
        **vars(facts),
        "recipient_name": facts.recipient.name,
        "team_name": facts.sender.team_name,
        "team_phone": facts.sender.team_phone,
        "practitioner_name": facts.sender.practitioner_name,
        "practitioner_role": facts.sender.practitioner_role,
        "appointment_at": appointment and appointment.at,
        "appointment_place": appointment and appointment.place,
        "appointment_with": appointment and appointment.with_name,
    }
    words = {name: _words(name, known.get(name)) for name in PLACEHOLDERS}
    return {**words, "baby_name": facts.baby_name or unnamed_baby(AUDIENCE[type(facts)])}


def unnamed_baby(audience: Audience) -> str:
    """How a letter calls a baby who has no name yet."""
    return "your baby" if audience is Audience.FAMILY else "the baby"


def _words(name: str, value: object) -> str | None:
    match value:
        case datetime():
            return moment_words(value)
        case date():
            return date_words(value)
        case str() if value.strip():
            return spaced(value) if name == "nhs_number" else value.strip()
        case _:
            return None
