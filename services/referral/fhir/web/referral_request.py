"""A FHIR message as the request that the public form makes too: a mapping, with no rule of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from fhir.resources.R4B.observation import Observation
from fhir.resources.R4B.patient import Patient
from fhir.resources.R4B.relatedperson import RelatedPerson
from fhir.resources.R4B.servicerequest import ServiceRequest

from services.referral.fhir.web.codes import (
    FAMILY_AGREEMENT,
    OF_BABY,
    OF_PARENT,
    REFERRAL_REASONS,
    REQUEST_CATEGORIES,
)
from services.referral.fhir.web.message import ReferralMessage
from services.referral.fhir.web.outcome import Issue, WrongResource
from services.referral.fhir.web.people import Answers, caregiver, postcode_of, relationship_of
from services.referral.fhir.web.referrer import find_referrer
from services.referral.fhir.web.resources import Located
from services.referral.fhir.web.subject import find_subject, is_due_date, nhs_number
from services.referral.fhir.web.transfer import earlier_receipt
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.people.domain.people import Caregiver, NoOtherCaregiver, Relationship
from services.referral.people.domain.subject import Unborn
from services.referral.people.web.forms.family import HomeForm
from services.referral.people.web.forms.need import StoryForm
from shared.contracts.vocabulary import Code, FamilyAgreement, ReferralReason, ReferralRoute, SourceGroup
from shared.web.questions import Circumstances

_POSTCODE = HomeForm.questions()["postcode"]
_STORY = StoryForm.questions()["story"]
_AT_ONCE = "stat"
_SOON = frozenset({"urgent", "asap"})

AnyCode = TypeVar("AnyCode", bound=Code)


@dataclass(frozen=True)
class ReadReferral:
    """What a message asks, and what its sender should know."""

    request: ReferralRequest
    paths: Mapping[str, str]
    """FHIRPath of each field that a rule of the domain may refuse."""
    not_kept: tuple[tuple[str, str], ...]
    """FHIRPath of each part that a referral has no place for, and a sentence."""


def read_referral(message: ReferralMessage, circumstances: Circumstances) -> ReadReferral:
    """The referral in a message.

    Raises:
        WrongResource: something is missing or wrong; it says where.
    """
    answers, resources, request = Answers(circumstances), message.resources, message.request
    _check_new(request)
    patient = resources.find(request.resource.subject, request, "subject", (Patient,))
    if len(resources.of_type(Patient)) > 1:
        raise WrongResource(
            Issue.INVARIANT,
            "Send one Patient: each baby in a message of their own, and parents and carers as RelatedPerson.",
            next(other.path for other in resources.of_type(Patient) if other is not patient),
        )
    found = find_subject(answers, patient, resources, circumstances.today)
    number = nhs_number(answers, patient)
    is_unborn = isinstance(found.subject, Unborn)
    related = _related(message, patient, OF_PARENT if is_unborn else OF_BABY)
    carers = [caregiver(answers, person, relationship) for person, relationship in related]
    if is_unborn:
        carers.insert(0, caregiver(answers, patient, Relationship.BIRTH_PARENT))
    first, second = _two(carers, patient, [person for person, _ in related])
    referrer = find_referrer(answers, request, resources)
    is_self = referrer.source_group is SourceGroup.SELF
    earlier = earlier_receipt(answers, request)
    asked = ReferralRequest(
        subject=found.subject,
        caregiver=first,
        other_caregiver=second,
        referrer=referrer,
        postcode=answers.read(_POSTCODE, *postcode_of(patient, *(person for person, _ in related))),
        nhs_number=None if is_unborn else number,
        reasons=_reasons(request),
        story=_story(answers, request),
        consent=FamilyAgreement.AGREED if is_self else _agreement(request),
        in_danger=request.resource.priority == _AT_ONCE,
        route=ReferralRoute.TRANSFER if earlier else ReferralRoute.FHIR,
        earlier=earlier,
    )
    paths = {
        "born_on": found.date_path,
        "due_on": found.date_path,
        "reasons": f"{request.path}.reasonCode",
        "phone": f"{request.path}.requester",
        "earlier_received_on": f"{request.path}.extension",
    }
    return ReadReferral(asked, paths, _not_kept(message, patient, mothers_number=is_unborn and number is not None))


def _check_new(request: Located[ServiceRequest]) -> None:
    resource, path = request.resource, request.path
    if resource.status != "active":
        raise WrongResource(
            Issue.NOT_SUPPORTED,
            "Send the status active: only new referrals are taken. Telephone the team to change or cancel one.",
            f"{path}.status",
        )
    if resource.doNotPerform:
        raise WrongResource(Issue.NOT_SUPPORTED, "This asks not to do something.", f"{path}.doNotPerform")
    codings = [coding for concept in resource.category or () for coding in concept.coding or ()]
    if any(coding.system == REQUEST_CATEGORIES and coding.code != "referral" for coding in codings):
        raise WrongResource(Issue.NOT_SUPPORTED, "Only the category referral is taken.", f"{path}.category")


def _related(
    message: ReferralMessage, patient: Located[Patient], meanings: dict[str, Relationship]
) -> list[tuple[Located[RelatedPerson], Relationship]]:
    """A birth parent comes first; the order of a bundle says nothing else."""
    related: list[tuple[Located[RelatedPerson], Relationship]] = []
    for person in message.resources.of_type(RelatedPerson):
        about = message.resources.find(person.resource.patient, person, "patient", (Patient,))
        if about is patient:
            related.append((person, relationship_of(person, meanings)))
    return sorted(related, key=lambda pair: pair[1] is not Relationship.BIRTH_PARENT)


def _two(
    carers: list[Caregiver], patient: Located[Patient], related: list[Located[RelatedPerson]]
) -> tuple[Caregiver, Caregiver | NoOtherCaregiver]:
    if not carers:
        raise WrongResource(
            Issue.REQUIRED, "Send the parent or carer as a RelatedPerson of the baby.", f"{patient.path}.link"
        )
    if len(carers) > 2:
        raise WrongResource(
            Issue.INVARIANT, "Send two parents or carers at most, and name others in the note.", related[-1].path
        )
    return carers[0], carers[1] if len(carers) == 2 else NoOtherCaregiver.NOT_ASKED


def _reasons(request: Located[ServiceRequest]) -> tuple[ReferralReason, ...]:
    codings = [coding for concept in request.resource.reasonCode or () for coding in concept.coding or ()]
    codes = {coding.code for coding in codings if coding.system == REFERRAL_REASONS}
    path = f"{request.path}.reasonCode"
    if not codes:
        raise WrongResource(
            Issue.REQUIRED,
            f"Give one reason or more, by codes of {REFERRAL_REASONS}: {_list(ReferralReason)}.",
            path,
        )
    return tuple(sorted(code_of(ReferralReason, code, path) for code in codes))


def _story(answers: Answers, request: Located[ServiceRequest]) -> str:
    notes = [note.text for note in request.resource.note or () if note.text]
    return answers.read(_STORY, "\n\n".join(notes), f"{request.path}.note")


def _agreement(request: Located[ServiceRequest]) -> FamilyAgreement:
    path = f"{request.path}.extension"
    given = [item.valueCode for item in request.resource.extension or () if item.url == FAMILY_AGREEMENT]
    if len(given) != 1 or not given[0]:
        raise WrongResource(
            Issue.REQUIRED,
            f"Say whether the family knows of the referral and agrees: one extension {FAMILY_AGREEMENT} with the "
            f"valueCode {_list(FamilyAgreement)}.",
            path,
        )
    return code_of(FamilyAgreement, given[0], path)


def code_of(kind: type[AnyCode], code: Any, path: str) -> AnyCode:
    """The member of one of our lists.

    Raises:
        WrongResource: there is no such code.
    """
    try:
        return kind(code)
    except ValueError:
        raise WrongResource(Issue.CODE_INVALID, f"Use a code of the list: {_list(kind)}.", path) from None


def _list(kind: type[Code]) -> str:
    return ", ".join(kind)


def _not_kept(
    message: ReferralMessage, patient: Located[Patient], *, mothers_number: bool
) -> tuple[tuple[str, str], ...]:
    paths = list(message.resources.not_kept)
    paths += [item.path for item in message.resources.of_type(Observation) if not is_due_date(item.resource)]
    found = [(path, "This was not kept. What the team must know belongs in ServiceRequest.note.") for path in paths]
    if mothers_number:
        found.append((f"{patient.path}.identifier", "A parent's NHS number was not kept: the team asks the parent."))
    if message.request.resource.priority in _SOON:
        found.append((f"{message.request.path}.priority", "The team decides how urgent it is, from what is written."))
    return tuple(found)
