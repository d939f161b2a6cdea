"""The people in a FHIR referral: names, ways to reach them, and what they are to the baby."""

from collections.abc import Callable, Sequence
from typing import Any

from fhir.resources.R4B.relatedperson import RelatedPerson

from services.referral.fhir.web.codes import ROLE_CODES
from services.referral.fhir.web.outcome import Issue, WrongResource
from services.referral.fhir.web.resources import Located
from services.referral.people.domain.people import Caregiver, Relationship
from services.referral.people.web.forms.contact import ParentContactForm
from services.referral.people.web.forms.family import CaregiverForm
from shared.web.questions import Circumstances, Question, WrongAnswer

_CAREGIVER = CaregiverForm.questions() | ParentContactForm.questions()
_OLD = "old"
"""A name, address or number that holds no longer: `use` must be understood."""


class Answers:
    """Puts what was sent through the questions of the public form, so that both ways in have the same rules."""

    def __init__(self, circumstances: Circumstances) -> None:
        self._circumstances = circumstances

    def read(self, question: Question, value: str | None, path: str) -> Any:
        """The answer, or None where it may be left out.

        Raises:
            WrongResource: it is missing or wrong; the sentence is the form's.
        """
        try:
            return question.read("value", {"value": [value]} if value else {}, self._circumstances)
        except WrongAnswer as wrong:
            sentence = wrong.sentence if wrong.sentence.endswith(".") else f"{wrong.sentence}."
            raise WrongResource(Issue.VALUE if value else Issue.REQUIRED, sentence, path) from None


def caregiver(answers: Answers, person: Located[Any], relationship: Relationship) -> Caregiver:
    """A Patient or RelatedPerson as a parent or carer."""
    name = answers.read(_CAREGIVER["caregiver_name"], *name_of(person))
    return Caregiver(name, relationship, answers.read(_CAREGIVER["phone"], *phone_of(person)))


def relationship_of(person: Located[RelatedPerson], meanings: dict[str, Relationship]) -> Relationship:
    """What a RelatedPerson is to the baby.

    Raises:
        WrongResource: it does not say, or the person is no longer active.
    """
    if person.resource.active is False:
        raise WrongResource(Issue.VALUE, "This person is not active. Leave them out.", f"{person.path}.active")
    codings = [coding for concept in person.resource.relationship or () for coding in concept.coding or ()]
    codes = [str(coding.code) for coding in codings if coding.system == ROLE_CODES and coding.code]
    if not codes:
        raise WrongResource(
            Issue.REQUIRED, f"Say who they are, by a code of {ROLE_CODES}.", f"{person.path}.relationship"
        )
    return next((meanings[code] for code in codes if code in meanings), Relationship.OTHER)


def name_of(person: Located[Any]) -> tuple[str | None, str]:
    """The whole name that is official, or else usual, or else the first; and its path."""
    place, name = _best(person.resource.name, lambda name: {"official": 0, "usual": 1}.get(name.use, 2))
    if name is None:
        return None, f"{person.path}.name"
    parts = [*(name.given or ()), name.family]
    return name.text or " ".join(part for part in parts if part), f"{person.path}.name[{place}]"


def phone_of(*holders: Located[Any]) -> tuple[str | None, str]:
    """The first holder's mobile number, or else any number; and its path."""
    return _contact("phone", holders)


def email_of(*holders: Located[Any]) -> tuple[str | None, str]:
    return _contact("email", holders)


def postcode_of(*holders: Located[Any]) -> tuple[str | None, str]:
    """The first holder's postcode at home, or else any; and its path."""
    for holder in holders:
        addresses = [None if not item.postalCode else item for item in holder.resource.address or ()]
        place, address = _best(addresses, lambda address: address.use != "home")
        if address is not None:
            return address.postalCode, f"{holder.path}.address[{place}].postalCode"
    return None, f"{holders[0].path}.address"


def _contact(system: str, holders: Sequence[Located[Any]]) -> tuple[str | None, str]:
    for holder in holders:
        points = [item if item.system == system and item.value else None for item in holder.resource.telecom or ()]
        place, point = _best(points, lambda point: point.use != "mobile")
        if point is not None:
            return point.value, f"{holder.path}.telecom[{place}].value"
    return None, f"{holders[0].path}.telecom"


def _best(items: Sequence[Any] | None, rank: Callable[[Any], int]) -> tuple[int, Any]:
    """The item of the lowest rank that is not old, and its place."""
    places = [(place, item) for place, item in enumerate(items or ()) if item is not None and item.use != _OLD]
    return min(places, key=lambda placed: rank(placed[1]), default=(0, None))
