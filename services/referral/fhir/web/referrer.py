"""Who makes a FHIR referral: a professional, as PractitionerRole, or a parent or carer themselves."""

from typing import Any

from fhir.resources.R4B.organization import Organization
from fhir.resources.R4B.patient import Patient
from fhir.resources.R4B.practitioner import Practitioner
from fhir.resources.R4B.practitionerrole import PractitionerRole
from fhir.resources.R4B.relatedperson import RelatedPerson
from fhir.resources.R4B.servicerequest import ServiceRequest

from services.referral.fhir.web.codes import SOURCE_GROUPS
from services.referral.fhir.web.outcome import Issue, WrongResource
from services.referral.fhir.web.people import Answers, email_of, name_of, phone_of
from services.referral.fhir.web.resources import Located, Resources
from services.referral.people.domain.people import Referrer
from services.referral.people.web.forms.referrer import ReferrerForm
from shared.contracts.vocabulary import SourceGroup

_QUESTIONS = ReferrerForm.questions()
_PROFESSIONS = [group for group in SourceGroup if group is not SourceGroup.SELF]


def find_referrer(answers: Answers, request: Located[ServiceRequest], resources: Resources) -> Referrer:
    """Whoever the ServiceRequest's requester is.

    Raises:
        WrongResource: nobody is, or a name, an organisation or a profession is missing.
    """
    kinds: tuple[type[Any], ...] = (PractitionerRole, Patient, RelatedPerson)
    requester: Located[Any] = resources.find(request.resource.requester, request, "requester", kinds)
    if isinstance(requester.resource, PractitionerRole):
        return _professional(answers, requester, resources)
    return _referrer(answers, name_of(requester), SourceGroup.SELF, None, requester)


def _professional(answers: Answers, role: Located[PractitionerRole], resources: Resources) -> Referrer:
    person = resources.find(role.resource.practitioner, role, "practitioner", (Practitioner,))
    employer = resources.find(role.resource.organization, role, "organization", (Organization,))
    organisation = answers.read(_QUESTIONS["organisation"], employer.resource.name, f"{employer.path}.name")
    return _referrer(answers, name_of(person), _source_group(role), organisation, role, person, employer)


def _referrer(
    answers: Answers,
    name: tuple[str | None, str],
    source_group: SourceGroup,
    organisation: str | None,
    *holders: Located[Any],
) -> Referrer:
    return Referrer(
        name=answers.read(_QUESTIONS["referrer_name"], *name),
        source_group=source_group,
        organisation=organisation,
        email=answers.read(_QUESTIONS["email"], *email_of(*holders)),
        phone=answers.read(_QUESTIONS["phone"], *phone_of(*holders)),
    )


def _source_group(role: Located[PractitionerRole]) -> SourceGroup:
    codings = [coding for concept in role.resource.code or () for coding in concept.coding or ()]
    codes = [coding.code for coding in codings if coding.system == SOURCE_GROUPS]
    group = next((group for group in _PROFESSIONS if codes == [group]), None)
    if group is None:
        raise WrongResource(
            Issue.CODE_INVALID if codes else Issue.REQUIRED,
            f"Say which profession refers, by one code of {SOURCE_GROUPS}: {', '.join(_PROFESSIONS)}.",
            f"{role.path}.code",
        )
    return group
