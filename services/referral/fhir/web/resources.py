"""What a sender sent, as resources that are valid and refer only to one another.

Every resource that we read is checked against FHIR R4. What must be understood and is not (a modifier extension,
implicit rules) is refused everywhere, and nothing is ever fetched: a reference leads to something in the same
message, or is refused. Narrative is never read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeGuard, TypeVar

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

from services.referral.fhir.web.outcome import Issue, UnreadableResource, WrongResource

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

NOT_KEPT = frozenset(
    {
        "AllergyIntolerance",
        "Appointment",
        "CarePlan",
        "CareTeam",
        "Communication",
        "Condition",
        "Consent",
        "Device",
        "DocumentReference",
        "Encounter",
        "Endpoint",
        "EpisodeOfCare",
        "FamilyMemberHistory",
        "Goal",
        "HealthcareService",
        "Immunization",
        "List",
        "Location",
        "Medication",
        "MedicationRequest",
        "MedicationStatement",
        "Procedure",
        "Provenance",
        "QuestionnaireResponse",
        "RiskAssessment",
        "Task",
    }
)
"""Resources that a BaRS bundle may hold and that a referral here has no place for; the answer names them."""

ALERT = "Flag"
"""Refused: an alert that nobody would see is worse than one that the sender has to write into the note."""

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
        self.not_kept: list[str] = []
        """Paths of the resources that a referral has no place for."""

    def add(self, raw: Any, path: str, full_url: str | None = None) -> None:
        """Take in a resource with those that it contains.

        Raises:
            UnreadableResource: it is not a resource, or of a type that we do not know.
            WrongResource: it is not valid, or holds what must be understood and is not.
        """
        keys = {full_url} if full_url else set[str]()
        self._urls |= keys
        located = self._add(raw, path, path)
        if located is None:
            return
        identity = getattr(located.resource, "id", None)
        self._name(located, keys | ({f"{raw['resourceType']}/{identity}"} if identity else set()))
        for place, contained in enumerate(raw.get("contained", ())):
            inner_path = f"{path}.contained[{place}]"
            inner = self._add(contained, inner_path, path)
            if inner is not None:
                self._name(inner, {f"{path}#{getattr(inner.resource, 'id', None)}"})

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
        located = self._by_reference.get(f"{at.owner}{text}" if text.startswith("#") else text)
        if located is None:
            raise WrongResource(
                Issue.NOT_FOUND, f"This refers to nothing in the message. Send the {names} with it.", path
            )
        if not isinstance(located.resource, kinds):
            raise WrongResource(Issue.VALUE, f"This must refer to a {names}.", path)
        return located

    def check_references(self) -> None:
        """Raises WrongResource when one leads elsewhere; call it when all is added."""
        for path, text in self._references:
            if _ELSEWHERE.match(text) and text not in self._urls:
                raise WrongResource(
                    Issue.NOT_SUPPORTED,
                    "This refers to another server, and nothing is fetched from there. Send it in the message.",
                    path,
                )

    def check_understood(self, model: BaseModel, path: str) -> None:
        """Raises WrongResource when it holds what must be understood and is not."""
        self._look_through(model.model_dump(), path, name_elements=True)

    def _add(self, raw: Any, path: str, owner: str) -> Located[Any] | None:
        kind = _type_of(raw, path)
        if kind in NOT_KEPT:
            self._look_through(raw, path, name_elements=False)
            self.not_kept.append(path)
            return None
        contained = raw.get("contained", [])
        if not is_array(contained) or (contained and owner != path):
            raise WrongResource(Issue.STRUCTURE, "A contained resource cannot contain another.", path)
        rest = {name: value for name, value in raw.items() if name != "contained"}
        located = Located(validated(READ[kind], rest, path), path, owner)
        self.check_understood(located.resource, path)
        self._all.append(located)
        return located

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


def is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def is_array(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def validated(kind: type[AResource], raw: Any, path: str) -> AResource:
    """The resource, if FHIR R4 allows it.

    Raises:
        WrongResource: with the path of the first element that is wrong.
    """
    try:
        resource = kind.model_validate(_without_nulls(raw))
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise _refusal(first["type"], first["loc"], path) from None
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


def _type_of(raw: Any, path: str) -> str:
    kind = raw.get("resourceType") if is_object(raw) else None
    if kind == ALERT:
        raise WrongResource(
            Issue.NOT_SUPPORTED,
            "Alerts are not taken over. Write what the team must know into ServiceRequest.note, and leave this out.",
            path,
        )
    if not isinstance(kind, str) or kind not in READ.keys() | NOT_KEPT:
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
