"""Parents and carers in a FHIR referral: RelatedPerson, contacts of the Patient, the mother of an unborn baby."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fhir.resources.R4B.patient import Patient
from fhir.resources.R4B.relatedperson import RelatedPerson

from services.referral.fhir.web.codes import OF_BABY, OF_PARENT, ONESELF
from services.referral.fhir.web.message import ReferralMessage
from services.referral.fhir.web.outcome import AlreadyTold, Issue, WrongResource
from services.referral.fhir.web.people import Answers, caregiver, is_current, name_of, relationship_of
from services.referral.fhir.web.resources import Located
from services.referral.people.domain.people import Caregiver, NoOtherCaregiver, Relationship

_RANKS = {
    Relationship.BIRTH_PARENT: 0,
    **dict.fromkeys([Relationship.FATHER, Relationship.PARENT, Relationship.FOSTER, Relationship.ADOPTIVE], 1),
}
_LEAST = 2


@dataclass(frozen=True)
class Carer:
    """Someone who may care for the baby."""

    person: Located[Any]
    relationship: Relationship

    @property
    def rank(self) -> int:
        return _RANKS.get(self.relationship, _LEAST)


def two_carers(
    answers: Answers, message: ReferralMessage, patient: Located[Patient], *, is_unborn: bool
) -> tuple[Caregiver, Caregiver | NoOtherCaregiver]:
    """The birth parent first; those who are nearest to the baby where there are more than two. Others stay in words.

    Raises:
        WrongResource: there is nobody, or nobody with a name.
    """
    meanings = OF_PARENT if is_unborn else OF_BABY
    mother = [Carer(patient, Relationship.BIRTH_PARENT)] if is_unborn else []
    related = [*mother, *_related(answers, message, patient, meanings)]
    everyone = [*related, *_contacts(answers, patient, meanings, [_name(answers, one) for one in related])]
    named = [one for one in everyone if _name(answers, one)]
    if not named:
        _nobody(message, patient, everyone)
    nearest = sorted(named, key=lambda one: one.rank)[:2] if len(named) > 2 else named
    in_order = sorted((one for one in named if one in nearest), key=lambda one: one.rank > 0)
    first, *others = [caregiver(answers, one.person, one.relationship) for one in in_order]
    return first, others[0] if others else NoOtherCaregiver.NOT_ASKED


def homes(message: ReferralMessage, patient: Located[Patient]) -> Sequence[Located[Any]]:
    """Where a postcode may be, the nearest first."""
    return [patient, *message.resources.of_type(RelatedPerson), *_contacts_of(patient)]


def _related(
    answers: Answers, message: ReferralMessage, patient: Located[Patient], meanings: dict[str, Relationship]
) -> Iterator[Carer]:
    for person in message.resources.of_type(RelatedPerson):
        about = message.resources.find(person.resource.patient, person, "patient", (Patient,))
        if about is patient and is_current(person.resource, answers.today):
            yield Carer(person, relationship_of(person.resource.relationship or (), meanings))


def _contacts(
    answers: Answers, patient: Located[Patient], meanings: dict[str, Relationship], known: Sequence[str | None]
) -> Iterator[Carer]:
    """Of the Patient: parents, or whoever there is where nobody else is named."""
    found = [
        Carer(one, relationship_of(one.resource.relationship or (), meanings))
        for one in _contacts_of(patient)
        if is_current(one.resource, answers.today) and not _is_oneself(one)
    ]
    others = [one for one in found if _name(answers, one) not in known]
    parents = [one for one in others if one.rank < _LEAST]
    yield from parents if parents or any(known) else others


def _contacts_of(patient: Located[Patient]) -> Sequence[Located[Any]]:
    given = patient.resource.contact or ()
    return [Located(one, f"{patient.path}.contact[{place}]", patient.owner) for place, one in enumerate(given)]


def _is_oneself(contact: Located[Any]) -> bool:
    codings = [coding for concept in contact.resource.relationship or () for coding in concept.coding or ()]
    return any(coding.code == ONESELF for coding in codings)


def _name(answers: Answers, one: Carer) -> str | None:
    return name_of(answers, one.person)[0]


def _nobody(message: ReferralMessage, patient: Located[Patient], everyone: Sequence[Carer]) -> None:
    if message.resources.lacks(RelatedPerson):
        raise AlreadyTold(f"{patient.path}.link")
    if everyone:
        raise WrongResource(Issue.REQUIRED, "Enter the parent or carer's name.", f"{everyone[0].person.path}.name")
    raise WrongResource(
        Issue.REQUIRED,
        "Send the parent or carer, as a RelatedPerson or a contact of the Patient, with a name.",
        f"{patient.path}.link",
    )
