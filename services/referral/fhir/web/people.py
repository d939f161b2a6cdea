"""The people in a FHIR referral: names, ways to reach them, and what they are to the baby."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel

from services.referral.fhir.web.codes import ROLE_CODES
from services.referral.fhir.web.element_words import is_over
from services.referral.fhir.web.outcome import Issue, WrongResource
from services.referral.fhir.web.resources import Located
from services.referral.people.domain.people import Caregiver, Relationship
from services.referral.people.web.forms.contact import ParentContactForm
from services.referral.people.web.forms.family import CaregiverForm
from shared.web.questions import Circumstances, Question, WrongAnswer

_CAREGIVER = CaregiverForm.questions() | ParentContactForm.questions()
_LEAST = 1_000_000
_OLD = "old"
"""A name, address or number that holds no longer: `use` must be understood."""


class Answers:
    """Puts what was sent through the questions of the public form, so that both ways in have the same rules."""

    def __init__(self, circumstances: Circumstances) -> None:
        self._circumstances = circumstances
        self.paths: set[str] = set()
        """FHIRPaths of what a field holds now."""
        self.unread: list[tuple[str, str]] = []
        """Of what is no answer, and does not keep a referral from being taken: it is kept in words."""

    @property
    def today(self) -> date:
        return self._circumstances.today

    def read(self, question: Question, value: str | None, path: str) -> Any:
        """The answer, or None where it may be left out.

        Raises:
            WrongResource: it is missing or wrong; the sentence is the form's.
        """
        try:
            answer = question.read("value", {"value": [value]} if value else {}, self._circumstances)
            self.paths.add(path)
        except WrongAnswer as wrong:
            sentence = wrong.sentence if wrong.sentence.endswith(".") else f"{wrong.sentence}."
            raise WrongResource(Issue.VALUE if value else Issue.REQUIRED, sentence, path) from None
        return answer

    def read_if_right(self, question: Question, value: str | None, path: str) -> Any:
        """The answer, or None where it is none: nobody is turned away because of it."""
        try:
            return self.read(question, value, path)
        except WrongResource as wrong:
            if value:
                self.unread.append((path, f"{wrong.sentence} It was kept in words only."))
            return None


def caregiver(answers: Answers, person: Located[Any], relationship: Relationship) -> Caregiver:
    """A Patient, RelatedPerson or contact of a Patient as a parent or carer."""
    name = answers.read(_CAREGIVER["caregiver_name"], *name_of(answers, person))
    phone = answers.read_if_right(_CAREGIVER["phone"], *phone_of(answers, person))
    return Caregiver(name, relationship, phone)


def relationship_of(concepts: Sequence[Any], meanings: dict[str, Relationship]) -> Relationship:
    """What someone is to the baby; someone else where it is not said by a code that we know."""
    codings = [coding for concept in concepts for coding in concept.coding or ()]
    codes = [str(coding.code) for coding in codings if coding.system == ROLE_CODES and coding.code]
    return next((meanings[code] for code in codes if code in meanings), Relationship.OTHER)


def is_current(item: Any, today: date) -> bool:
    """Whether something holds today: it is in use, not old, and in its period."""
    in_use = getattr(item, "active", None) is not False and getattr(item, "use", None) != _OLD
    return in_use and not is_over(getattr(item, "period", None), today)


def name_of(answers: Answers, person: Located[Any]) -> tuple[str | None, str]:
    """The whole name that is official, or else usual, or else the first; and its path."""
    given = person.resource.name
    place, name = _best(
        answers,
        [given] if isinstance(given, BaseModel) else given,
        lambda name: {"official": 0, "usual": 1}.get(name.use, 2),
    )
    if name is None:
        return None, f"{person.path}.name"
    path = f"{person.path}.name" if isinstance(given, BaseModel) else f"{person.path}.name[{place}]"
    parts = [*(name.given or ()), name.family]
    if (name.given and name.family) or not name.text:
        return " ".join(part for part in parts if part), path
    return name.text, path


def phone_of(answers: Answers, *holders: Located[Any]) -> tuple[str | None, str]:
    """The first holder's number of the highest rank, or else the mobile, or else any; and its path."""
    return _contact(answers, "phone", holders)


def email_of(answers: Answers, *holders: Located[Any]) -> tuple[str | None, str]:
    return _contact(answers, "email", holders)


def postcode_of(answers: Answers, *holders: Located[Any]) -> tuple[str | None, str]:
    """The first holder's postcode at home, or else any; and its path."""
    for holder in holders:
        given = holder.resource.address
        addresses: Sequence[Any] = [given] if isinstance(given, BaseModel) else given or ()
        place, address = _best(
            answers, [item if item.postalCode else None for item in addresses], lambda address: address.use != "home"
        )
        if address is not None:
            path = f"{holder.path}.address" if isinstance(given, BaseModel) else f"{holder.path}.address[{place}]"
            return address.postalCode, f"{path}.postalCode"
    return None, f"{holders[0].path}.address"


def _contact(answers: Answers, system: str, holders: Sequence[Located[Any]]) -> tuple[str | None, str]:
    for holder in holders:
        points = [item if item.system == system and item.value else None for item in holder.resource.telecom or ()]
        place, point = _best(answers, points, lambda point: (point.rank or _LEAST, point.use != "mobile"))
        if point is not None:
            return point.value, f"{holder.path}.telecom[{place}].value"
    return None, f"{holders[0].path}.telecom"


def _best(answers: Answers, items: Sequence[Any] | None, rank: Callable[[Any], Any]) -> tuple[int, Any]:
    """The item of the lowest rank that holds today, and its place."""
    places = [
        (place, item) for place, item in enumerate(items or ()) if item is not None and is_current(item, answers.today)
    ]
    return min(places, key=lambda placed: rank(placed[1]), default=(0, None))
