"""Who makes a FHIR referral: a professional, as PractitionerRole, or a parent or carer themselves."""

from typing import Any

from fhir.resources.R4B.organization import Organization
from fhir.resources.R4B.patient import Patient
from fhir.resources.R4B.practitioner import Practitioner
from fhir.resources.R4B.practitionerrole import PractitionerRole
from fhir.resources.R4B.relatedperson import RelatedPerson

from services.referral.fhir.web.codes import SOURCE_GROUPS
from services.referral.fhir.web.message import ReferralMessage
from services.referral.fhir.web.outcome import Issue, WrongResource
from services.referral.fhir.web.people import Answers, email_of, name_of, phone_of
from services.referral.fhir.web.resources import AResource, Located, Resources
from services.referral.people.domain.people import Referrer
from services.referral.people.web.forms.referrer import ReferrerForm
from shared.contracts.vocabulary import SourceGroup

_QUESTIONS = ReferrerForm.questions()
_PROFESSIONS = [group for group in SourceGroup if group is not SourceGroup.SELF]
_KINDS: tuple[type[Any], ...] = (PractitionerRole, Practitioner, Organization, Patient, RelatedPerson)


def find_referrer(answers: Answers, message: ReferralMessage) -> Referrer:
    """Whoever the ServiceRequest's requester is: a professional in a role or without one, an organisation, a parent.

    Where it says less than who they are, their organisation's name stands for it, or that of whoever sent the message.

    Raises:
        WrongResource: nobody is, or their profession is no code of ours.
    """
    request, resources = message.request, message.resources
    requester: Located[Any] = resources.find(request.resource.requester, request, "requester", _KINDS)
    if isinstance(requester.resource, Patient | RelatedPerson):
        return _referrer(answers, [requester], SourceGroup.SELF, None, requester)
    role = _role_of(requester, resources)
    person = _led_to(resources, role, "practitioner", Practitioner, requester)
    employer = _led_to(resources, role, "organization", Organization, requester) or _sender(message)
    organisation = None
    if employer and employer.resource.name:
        organisation = answers.read_if_right(
            _QUESTIONS["organisation"], employer.resource.name, f"{employer.path}.name"
        )
    holders = [holder for holder in (role, person, employer) if holder]
    return _referrer(answers, [one for one in (person, employer) if one], _source_group(role), organisation, *holders)


def _role_of(requester: Located[Any], resources: Resources) -> Located[PractitionerRole] | None:
    """The requester, or the role in which this Practitioner works, if one was sent."""
    if isinstance(requester.resource, PractitionerRole):
        return requester
    for role in resources.of_type(PractitionerRole):
        reference = role.resource.practitioner
        if reference is not None and resources.leads_to(reference, role, requester):
            return role
    return None


def _led_to(
    resources: Resources,
    role: Located[PractitionerRole] | None,
    element: str,
    kind: type[AResource],
    requester: Located[Any],
) -> Located[AResource] | None:
    if isinstance(requester.resource, kind):
        return requester
    reference = getattr(role.resource, element) if role else None
    if role is None or reference is None or not reference.reference:
        return None
    return resources.find(reference, role, element, (kind,))


def _sender(message: ReferralMessage) -> Located[Organization] | None:
    header = message.header
    reference = header.resource.sender if header else None
    if header is None or reference is None or not reference.reference:
        return None
    kinds: tuple[type[Any], ...] = (Organization, PractitionerRole, Practitioner)
    found: Located[Any] = message.resources.find(reference, header, "sender", kinds)
    return found if isinstance(found.resource, Organization) else None


def _referrer(
    answers: Answers,
    of: list[Located[Any]],
    source_group: SourceGroup,
    organisation: str | None,
    *holders: Located[Any],
) -> Referrer:
    place = holders[0].path if holders else "Bundle"
    names = (named(answers, one) for one in of)
    name, path = next((one for one in names if one[0]), (None, f"{place}.name"))
    return Referrer(
        name=answers.read(_QUESTIONS["referrer_name"], name, path),
        source_group=source_group,
        organisation=organisation,
        email=answers.read_if_right(_QUESTIONS["email"], *email_of(answers, *holders)) if holders else None,
        phone=answers.read_if_right(_QUESTIONS["phone"], *phone_of(answers, *holders)) if holders else None,
    )


def named(answers: Answers, one: Located[Any]) -> tuple[str | None, str]:
    """The name of a person or an organisation, and its path."""
    if isinstance(one.resource, Organization):
        return one.resource.name, f"{one.path}.name"
    return name_of(answers, one)


def _source_group(role: Located[PractitionerRole] | None) -> SourceGroup:
    """Someone else, where no code of ours says the profession."""
    if role is None:
        return SourceGroup.OTHER
    codings = [coding for concept in role.resource.code or () for coding in concept.coding or ()]
    codes = [coding.code for coding in codings if coding.system == SOURCE_GROUPS]
    if not codes:
        return SourceGroup.OTHER
    group = next((group for group in _PROFESSIONS if codes == [group]), None)
    if group is None:
        raise WrongResource(
            Issue.CODE_INVALID,
            f"Say which profession refers, by one code of {SOURCE_GROUPS}: {', '.join(_PROFESSIONS)}.",
            f"{role.path}.code",
        )
    return group
