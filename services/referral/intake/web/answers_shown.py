"""What someone answered, for the check page: each answer with a link to change it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from services.referral.intake.web.journey import Path
from services.referral.intake.web.refer_words import ReferWords
from services.referral.people.domain.safe_contact import TalkingNeed
from shared.contracts.vocabulary import ReferralReason
from shared.kernel.calendar import date_words
from shared.kernel.nhs_number import spaced

NOT_GIVEN = "Not given"


@dataclass(frozen=True)
class AnswerShown:
    """One line of the check page."""

    question: str
    answer: list[str]
    """Its lines."""
    page: str


@dataclass(frozen=True)
class AnswersPart:
    """Lines that belong together, under a heading."""

    heading: str
    lines: list[AnswerShown]


def answers_shown(path: Path) -> list[AnswersPart]:
    """All that will be sent; the path has no open page."""
    return [AnswersPart(heading, [line for name in pages for line in _lines(path, name)]) for heading, pages in _PARTS]


def _lines(path: Path, name: str) -> Iterator[AnswerShown]:
    page = path.page(name)
    form = path.answer(page.form) if page else None
    if form is not None:
        for question, answer in _SHOWN[name](form, path):
            yield AnswerShown(question, (answer or NOT_GIVEN).split("\n"), name)


_PARTS = (
    ("About you", ("who", "referrer", "about-you", "contact", "danger", "consent", "against-will")),
    ("The baby", ("born", "baby", "due", "nhs-number")),
    ("Parents and carers", ("caregiver", "parent-contact", "talking", "other-carer", "other-carer-name", "home")),
    ("Why you ask", ("reasons", "story", "professionals")),
)

Shown = list[tuple[str, str | None]]


def _yes_or_no(answer: bool) -> str:  # noqa: FBT001 - it is the answer that is shown
    return "Yes" if answer else "No"


def _caregiver_name(form: Any, path: Path) -> Shown:  # noqa: ARG001
    return [
        ("Name", form.caregiver_name),
        ("Relationship to the baby", form.relationship.label),
    ]


def _other_name(form: Any, path: Path) -> Shown:  # noqa: ARG001
    return [
        ("Their name", form.other_name),
        ("Relationship to the baby", form.relationship.label),
        ("Phone number", form.phone),
    ]


def _reasons(form: Any, path: Path) -> Shown:
    chosen: list[ReferralReason] = sorted(form.reasons)
    return [("Reasons", "\n".join(map(ReferWords(path).reason, chosen)))]


def _contact(form: Any, path: Path) -> Shown:  # noqa: ARG001
    return [("Phone number", form.phone), ("What is safe", form.contact.in_words)]


def _talking(form: Any, path: Path) -> Shown:  # noqa: ARG001
    need: TalkingNeed = form.need
    return [
        ("Interpreter", need.interpreter_in_words),
        ("When to talk", need.times_in_words or "Any time"),
        ("Anything else that would help", need.talking_help),
    ]


def _professionals(form: Any, path: Path) -> Shown:  # noqa: ARG001
    return [
        ("Safeguarding plans or worries", form.safeguarding.label),
        ("What they are", form.safeguarding_note),
        ("GP practice", form.gp),
    ]


_SHOWN: dict[str, Callable[[Any, Path], Shown]] = {
    "who": lambda form, _: [("Who you are", form.source_group.label)],
    "referrer": lambda form, _: [
        ("Your name", form.referrer_name),
        ("Where you work", form.organisation),
        ("Phone number", form.phone),
        ("Email address", form.email),
    ],
    "about-you": lambda form, _: [
        ("Your name", form.your_name),
        ("Relationship to the baby", form.relationship.label),
    ],
    "contact": lambda form, path: [*_contact(form, path), ("Email address", form.email)],
    "parent-contact": _contact,
    "talking": _talking,
    "danger": lambda form, _: [("Is anyone in immediate danger?", _yes_or_no(form.in_danger))],
    "born": lambda form, _: [("Has the baby been born?", _yes_or_no(form.born))],
    "baby": lambda form, _: [("Name", form.baby_name), ("Date of birth", date_words(form.born_on))],
    "due": lambda form, _: [("Due date", date_words(form.due_on))],
    "nhs-number": lambda form, _: [("NHS number", spaced(form.nhs_number) if form.nhs_number else None)],
    "caregiver": _caregiver_name,
    "other-carer": lambda form, path: [(ReferWords(path).other_carer, form.other_caregiver.label)],
    "other-carer-name": _other_name,
    "home": lambda form, _: [("Postcode", form.postcode)],
    "reasons": _reasons,
    "story": lambda form, path: [("What is happening" if path.is_self else "What you have noticed", form.story)],
    "consent": lambda form, _: [("Does the family know?", form.consent.label)],
    "against-will": lambda form, _: [("Why you refer without their agreement", form.against_will)],
    "professionals": _professionals,
}
