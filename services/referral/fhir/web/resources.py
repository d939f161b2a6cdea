"""What a sender sent, as resources that are valid and refer only to one another.

Every resource that we read is checked against FHIR R4. What must be understood and is not (a modifier extension,
implicit rules) is refused everywhere, and nothing is ever fetched: a reference leads to something in the same
message, or is refused. Narrative is never read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

from fhir.resources.R4B.messageheader import MessageHeader
from fhir.resources.R4B.observation import Observation
from fhir.resources.R4B.organization import Organization
from fhir.resources.R4B.patient import Patient
from fhir.resources.R4B.practitioner import Practitioner
from fhir.resources.R4B.practitionerrole import PractitionerRole
from fhir.resources.R4B.reference import Reference
from fhir.resources.R4B.relatedperson import RelatedPerson
from fhir.resources.R4B.servicerequest import ServiceRequest
from pydantic import BaseModel, ValidationError

from services.referral.fhir.web.findings import Findings
from services.referral.fhir.web.json_kinds import is_array, is_object
from services.referral.fhir.web.outcome import AlreadyTold, Issue, UnreadableResource, WrongResource
from services.referral.fhir.web.sent_words import Sent

READ: dict[str, type[BaseModel]] = {
    "MessageHeader": MessageHeader,
    "ServiceRequest": ServiceRequest,
    "Patient": Patient,
    "RelatedPerson": RelatedPerson,
    "PractitionerRole": PractitionerRole,
    "Practitioner": Practitioner,
    "Organization": Organization,
    "Observation": Observation,
}

_KINDS = """
    Account ActivityDefinition AdverseEvent AllergyIntolerance Appointment AppointmentResponse AuditEvent Basic
    Binary BodyStructure CarePlan CareTeam ChargeItem ClinicalImpression Communication CommunicationRequest
    Composition Condition Consent Contract Coverage DetectedIssue Device DeviceRequest DeviceUseStatement
    DiagnosticReport DocumentManifest DocumentReference Encounter Endpoint EpisodeOfCare EventDefinition
    FamilyMemberHistory Flag Goal Group GuidanceResponse HealthcareService ImagingStudy Immunization
    ImmunizationEvaluation ImmunizationRecommendation Invoice Library Linkage List Location Measure MeasureReport
    Media Medication MedicationAdministration MedicationDispense MedicationRequest MedicationStatement
    NutritionOrder OperationOutcome OrganizationAffiliation Parameters Person PlanDefinition Procedure Provenance
    Questionnaire QuestionnaireResponse RequestGroup ResearchStudy ResearchSubject RiskAssessment Schedule Slot
    Specimen Substance SupplyDelivery SupplyRequest Task VerificationResult VisionPrescription
"""
IN_WORDS = frozenset(_KINDS.split())
"""Resources of R4 that a referral has no field for: what they say is kept in words, for people."""

_ELSEWHERE = re.compile(r"(?!urn:)[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)

AResource = TypeVar("AResource", bound=BaseModel)


@dataclass(frozen=True)
class Located(Generic[AResource]):
    """A resource, and the FHIRPath of where it stands."""

    resource: AResource
    path: str
    owner: str
    """Path of the resource that contains it; its own when none does."""


class Resources:
    """All that one request holds."""

    def __init__(self) -> None:
        self._all: list[Located[Any]] = []
        self._by_reference: dict[str, Located[Any]] = {}
        self._urls: set[str] = set()
        self._references: list[tuple[str, str]] = []
        self._unreadable: set[str] = set()
        self._unreadable_kinds: set[str] = set()
        self.sent: list[Sent] = []
        """All of them as they came, also those that a referral has no field for."""

    def add(self, raw: Any, path: str, full_url: str | None = None) -> None:
        """Take in a resource with those that it contains.

        Raises:
            UnreadableResource: it is not a resource, or of a type that we do not know.
            WrongResource: it is not valid, or holds what must be understood and is not.
        """
        keys = {full_url} if full_url else set[str]()
        self._urls |= keys
        if is_object(raw) and raw.get("id"):
            keys = keys | {f"{raw.get('resourceType')}/{raw['id']}"}
        findings = Findings()
        findings.attempt(self._take, raw, path, path, keys)
        contained = raw.get("contained") if is_object(raw) else None
        for place, inner in enumerate(contained if is_array(contained) else ()):
            inner_keys = {f"{path}#{inner.get('id')}"} if is_object(inner) else set[str]()
            findings.attempt(self._take, inner, f"{path}.contained[{place}]", path, inner_keys)
        findings.check()

    def lacks(self, kind: type[BaseModel]) -> bool:
        """One of this kind was sent, and cannot be read."""
        return kind.__name__ in self._unreadable_kinds

    def of_type(self, kind: type[AResource]) -> list[Located[AResource]]:
        """In the order in which they were sent."""
        return [located for located in self._all if isinstance(located.resource, kind)]

    def find(
        self, reference: Reference | None, at: Located[Any], element: str, kinds: tuple[type[AResource], ...]
    ) -> Located[AResource]:
        """The resource that an element refers to.

        Raises:
            WrongResource: there is no reference, it leads out of the message, or to something else.
        """
        path = f"{at.path}.{element}"
        text: str | None = getattr(reference, "reference", None)
        names = " or ".join(kind.__name__ for kind in kinds)
        if not text:
            raise WrongResource(Issue.REQUIRED, f"Refer to a {names} that is in the same message.", path)
        name = f"{at.owner}{text}" if text.startswith("#") else text
        if name in self._unreadable or self._is_elsewhere(text):
            raise AlreadyTold(path)
        located = self._by_reference.get(name)
        if located is None:
            raise WrongResource(
                Issue.NOT_FOUND, f"This refers to nothing in the message. Send the {names} with it.", path
            )
        if not isinstance(located.resource, kinds):
            raise WrongResource(Issue.VALUE, f"This must refer to a {names}.", path)
        return located

    def leads_to(self, reference: Reference, at: Located[Any], what: Located[Any]) -> bool:
        """Whether an element refers to this resource."""
        text = str(getattr(reference, "reference", None) or "")
        return self._by_reference.get(f"{at.owner}{text}" if text.startswith("#") else text) is what

    def check_references(self) -> None:
        """Raises WrongResource for each that leads elsewhere; call it when all is added."""
        findings = Findings()
        for path, text in self._references:
            findings.attempt(self._check_reference, path, text)
        findings.check()

    def _check_reference(self, path: str, text: str) -> None:
        if self._is_elsewhere(text):
            raise WrongResource(
                Issue.NOT_SUPPORTED,
                "This refers to another server, and nothing is fetched from there. Send it in the message.",
                path,
            )

    def check_understood(self, model: BaseModel, path: str) -> None:
        """Raises WrongResource when it holds what must be understood and is not."""
        self._look_through(model.model_dump(), path, name_elements=True)

    def _is_elsewhere(self, text: str) -> bool:
        return _ELSEWHERE.match(text) is not None and text not in self._urls

    def _take(self, raw: Any, path: str, owner: str, keys: set[str]) -> None:
        kind = _type_of(raw, path)
        try:
            _check_contained(raw, path, owner)
            rest = {name: value for name, value in raw.items() if name != "contained"}
            if kind in IN_WORDS:
                self._look_through(rest, path, name_elements=False)
            else:
                located = Located(validated(READ[kind], rest, path), path, owner)
                self.check_understood(located.resource, path)
                self._name(located, keys)
                self._all.append(located)
        except WrongResource:
            self._unreadable |= keys
            self._unreadable_kinds.add(kind)
            raise
        self.sent.append(Sent(kind, path, rest))

    def _name(self, located: Located[Any], keys: set[str]) -> None:
        if not keys.isdisjoint(self._by_reference):
            raise WrongResource(Issue.INVARIANT, "Two resources have the same id or fullUrl.", located.path)
        self._by_reference |= dict.fromkeys(keys, located)

    def _look_through(self, value: Any, path: str, *, name_elements: bool) -> None:
        for place, name, member in _members(value, path, name_elements=name_elements):
            if name in {"modifierExtension", "implicitRules"}:
                raise WrongResource(
                    Issue.EXTENSION, "This changes the meaning in a way that we do not know. Send it without.", place
                )
            if name == "reference" and isinstance(member, str):
                self._references.append((place, member))


def validated(kind: type[AResource], raw: Any, path: str) -> AResource:
    """The resource, if FHIR R4 allows it.

    Raises:
        WrongResource: with the path of each element that is wrong.
    """
    try:
        resource = kind.model_validate(_without_nulls(raw))
    except ValidationError as error:
        errors = error.errors(include_url=False, include_context=False, include_input=False)
        first, *others = [_refusal(one["type"], one["loc"], path) for one in errors]
        first.others = tuple(others)
        raise first from None
    except (AttributeError, KeyError, TypeError):  # the library reads a nested resourceType before it checks it
        raise _refusal("type", (), path) from None
    misread = next(_misread(raw, resource.model_dump(), path), None)
    if misread is not None:
        raise _refusal("type", (), misread)
    return resource


def _without_nulls(raw: Any) -> Any:
    """In JSON for FHIR an element that is null is not there; the library takes it for one that is."""
    if is_object(raw):
        return {name: _without_nulls(value) for name, value in raw.items() if value is not None}
    return [_without_nulls(value) for value in raw] if is_array(raw) else raw


def _refusal(kind: str, location: tuple[int | str, ...], path: str) -> WrongResource:
    unknown = kind == "extra_forbidden"
    for part in location[:-1] if unknown else location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    if unknown:
        return WrongResource(Issue.STRUCTURE, "Leave this out: it has an element that FHIR R4 does not know.", path)
    if kind.endswith("missing"):
        return WrongResource(Issue.REQUIRED, "This element is missing. FHIR R4 needs it.", path)
    return WrongResource(Issue.VALUE, "This is not what FHIR R4 takes here.", path)


def _misread(raw: Any, read: Any, path: str) -> Iterator[str]:
    """Where the FHIR library took one kind of JSON for another: a text with JSON in it for an object, a number for a
    date, `"1"` for true.
    """
    if is_object(raw) and is_object(read):
        for name in raw.keys() & read.keys():
            yield from _misread(raw[name], read[name], f"{path}.{name}")
    elif is_array(raw) and is_array(read):
        for place, (raw_item, item) in enumerate(zip(raw, read, strict=False)):
            yield from _misread(raw_item, item, f"{path}[{place}]")
    elif _json_kind(raw) != _json_kind(read):
        yield path


def _json_kind(value: Any) -> str:
    """Dates are texts in JSON."""
    if isinstance(value, bool) or value is None:
        return "literal"
    if isinstance(value, int | float | Decimal):
        return "number"
    return "object" if is_object(value) else "array" if is_array(value) else "text"


def _check_contained(raw: dict[str, Any], path: str, owner: str) -> None:
    contained = raw.get("contained", [])
    if not is_array(contained) or (contained and owner != path):
        raise WrongResource(Issue.STRUCTURE, "A contained resource cannot contain another.", path)


def _type_of(raw: Any, path: str) -> str:
    kind = raw.get("resourceType") if is_object(raw) else None
    if not isinstance(kind, str) or kind not in READ.keys() | IN_WORDS:
        raise UnreadableResource(Issue.STRUCTURE, "A resource of this type is not known here. Leave it out.", path)
    return kind


def _members(value: Any, path: str, *, name_elements: bool) -> Iterator[tuple[str, str, Any]]:
    """Path, name and value of every member of every object, however deep.

    Args:
        name_elements: the path goes down to the member; only where every name was checked, since an unknown one could
            be anything, and as long as the message.
    """
    if is_object(value):
        for name, member in value.items():
            inner = f"{path}.{name}" if name_elements else path
            yield inner, name, member
            yield from _members(member, inner, name_elements=name_elements)
    elif is_array(value):
        for place, member in enumerate(value):
            yield from _members(member, f"{path}[{place}]" if name_elements else path, name_elements=name_elements)
