"""Which letters there are, whom each is for, and what its template may and must say. Source: reference 2.2, 2.3."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.contracts.vocabulary import Code


class Audience(Code):
    """Whom a letter is for. Each may be told other things."""

    FAMILY = "family", "The family"
    REFERRER = "referrer", "Whoever referred the family"
    PROFESSIONAL = "professional", "The GP or health visitor"


class LetterKind(Code):
    FAMILY_ACCEPTED = "family_accepted", "To the family: we will work with you"
    FAMILY_CLOSED = "family_closed", "To the family: advice, another service, or no"
    FAMILY_APPOINTMENT = "family_appointment", "To the family: an appointment"
    FAMILY_MISSED = "family_missed", "To the family: after missed visits"
    FAMILY_DISCHARGED = "family_discharged", "To the family: our work has ended"
    REFERRER_RECEIVED = "referrer_received", "To the referrer: we have the referral"
    REFERRER_DECIDED = "referrer_decided", "To the referrer: what we decided"
    REFERRER_DISCHARGED = "referrer_discharged", "To the referrer: our work has ended"
    PROFESSIONAL_FORMULATION = "professional_formulation", "To the GP or health visitor: our shared understanding"
    PROFESSIONAL_DISCHARGED = "professional_discharged", "To the GP or health visitor: our work has ended"

    @property
    def audience(self) -> Audience:
        return RULES[self].audience


class SafetyNet(Code):
    """The passage that a letter ends with: what to do when things get worse. A team words it once for all letters."""

    FAMILY = "safety_net_family", "What a family can do if things get worse"
    PROFESSIONAL = "safety_net_professional", "What a professional can do if things get worse"

    @property
    def audiences(self) -> frozenset[Audience]:
        return frozenset({Audience.FAMILY}) if self is SafetyNet.FAMILY else frozenset(Audience) - {Audience.FAMILY}


TemplateName = LetterKind | SafetyNet


def template_name(text: str) -> TemplateName | None:
    """The template of that code; None when there is none."""
    return next((name for name in ALL_TEMPLATES if name.value == text), None)


@dataclass(frozen=True)
class TemplateRule:
    """What a template of one kind may say, and what it must say."""

    audience: Audience
    placeholders: frozenset[str]
    required: frozenset[str] = frozenset()


_EVERYBODY = frozenset({"baby_name", "team_name", "team_phone"})
_EVERY_LETTER = _EVERYBODY | {"recipient_name", "practitioner_name", "practitioner_role", "received_on", "safety_net"}
_ENDING = frozenset({"work_done", "what_changed", "goals", "onward_plan", "voice_of_the_infant", "outcome"})
_IDENTITY = frozenset({"carer_name", "born_on", "nhs_number"})
_NET = frozenset({"safety_net"})
_VOICE = frozenset({"voice_of_the_infant"})
_APPOINTMENT = frozenset({"appointment_at", "appointment_place", "appointment_with"})

RULES: Mapping[LetterKind, TemplateRule] = {
    LetterKind.FAMILY_ACCEPTED: TemplateRule(
        Audience.FAMILY, _EVERY_LETTER | _VOICE | {"next_contact_on", "while_waiting"}, _NET | _VOICE
    ),
    LetterKind.FAMILY_CLOSED: TemplateRule(
        Audience.FAMILY, _EVERY_LETTER | _VOICE | {"explanation", "onward_plan"}, _NET | {"explanation"}
    ),
    LetterKind.FAMILY_APPOINTMENT: TemplateRule(
        Audience.FAMILY, _EVERY_LETTER | _VOICE | _APPOINTMENT, _NET | {"appointment_at", "appointment_place"}
    ),
    LetterKind.FAMILY_MISSED: TemplateRule(
        Audience.FAMILY, _EVERY_LETTER | _VOICE | _APPOINTMENT | {"next_contact_on"}, _NET
    ),
    LetterKind.FAMILY_DISCHARGED: TemplateRule(
        Audience.FAMILY, _EVERY_LETTER | _ENDING, _NET | _VOICE | {"onward_plan"}
    ),
    LetterKind.REFERRER_RECEIVED: TemplateRule(Audience.REFERRER, _EVERY_LETTER | {"next_contact_on"}, _NET),
    LetterKind.REFERRER_DECIDED: TemplateRule(
        Audience.REFERRER,
        _EVERY_LETTER | {"decision", "explanation", "onward_plan", "next_contact_on"},
        _NET | {"decision", "explanation"},
    ),
    LetterKind.REFERRER_DISCHARGED: TemplateRule(
        Audience.REFERRER, _EVERY_LETTER | {"outcome", "work_done", "onward_plan"}, _NET | {"outcome", "onward_plan"}
    ),
    LetterKind.PROFESSIONAL_FORMULATION: TemplateRule(
        Audience.PROFESSIONAL,
        _EVERY_LETTER | _IDENTITY | _VOICE | {"formulation", "goals", "plan"},
        _NET | _VOICE | {"formulation"},
    ),
    LetterKind.PROFESSIONAL_DISCHARGED: TemplateRule(
        Audience.PROFESSIONAL,
        _EVERY_LETTER | _IDENTITY | _ENDING | {"formulation"},
        _NET | _VOICE | {"outcome", "onward_plan"},
    ),
}
"""Every letter that closes something must carry the safety net, and a family's letters the voice of the infant."""

ALL_TEMPLATES: tuple[TemplateName, ...] = (*LetterKind, *SafetyNet)


def placeholders_of(name: TemplateName) -> frozenset[str]:
    """What may stand in `{{ }}` in the template."""
    return RULES[name].placeholders if isinstance(name, LetterKind) else _EVERYBODY


def required_in(name: TemplateName) -> frozenset[str]:
    """What must stand there, so that no edited template loses it."""
    return RULES[name].required if isinstance(name, LetterKind) else frozenset()
