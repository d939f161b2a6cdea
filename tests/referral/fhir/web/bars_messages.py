"""New referrals as the Booking and Referral Standard has them sent, of invented people; each made from its profiles.

A base that has what every profile demands, and for each message what makes it another one.
"""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

Message = dict[str, Any]
Change = Callable[[Message], None]

_PROFILE = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-{}"
_SNOMED = "http://snomed.info/sct"
ROLE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"


def urn(name: str) -> str:
    """One for each name."""
    number = sum(ord(letter) * 31**place for place, letter in enumerate(name)) % 10**12
    return f"urn:uuid:3b1f0c52-0000-4000-8000-{number:012d}"


def ref(name: str) -> dict[str, str]:
    return {"reference": urn(name)}


def concept(code: str, display: str, system: str = _SNOMED) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code, "display": display}]}


def add(name: str, kind: str, /, **elements: Any) -> Change:
    """A further entry."""

    def change(message: Message) -> None:
        profile = {"profile": [_PROFILE.format(kind)]}
        message["entry"].append({"fullUrl": urn(name), "resource": {"resourceType": kind, "meta": profile, **elements}})

    return change


def put(name: str, /, **elements: Any) -> Change:
    """Elements of an entry; None takes one away."""

    def change(message: Message) -> None:
        resource = entry(message, name)
        for element, value in elements.items():
            resource[element] = value
            if value is None:
                del resource[element]

    return change


def drop(name: str) -> Change:
    def change(message: Message) -> None:
        message["entry"] = [one for one in message["entry"] if one["fullUrl"] != urn(name)]

    return change


def entry(message: Message, name: str) -> dict[str, Any]:
    return next(one["resource"] for one in message["entry"] if one["fullUrl"] == urn(name))


def path(message: Message, name: str) -> str:
    """FHIRPath of an entry."""
    place = next(place for place, one in enumerate(message["entry"]) if one["fullUrl"] == urn(name))
    return f"Bundle.entry[{place}].resource"


def bars(*changes: Change) -> Message:
    message = deepcopy(_BASE)
    for change in changes:
        change(message)
    return message


_EVENTS = "https://fhir.nhs.uk/CodeSystem/message-events-bars"
_REASONS = "https://fhir.nhs.uk/CodeSystem/message-reason-bars"
_CATEGORIES = "https://fhir.nhs.uk/CodeSystem/message-category-servicerequest"
_USES = "https://fhir.nhs.uk/CodeSystem/usecases-categories-bars"
_ODS = "https://fhir.nhs.uk/Id/ods-organization-code"

_BASE: Message = {
    "resourceType": "Bundle",
    "id": "3b1f0c52-0000-4000-8000-000000000000",
    "meta": {
        "lastUpdated": "2026-03-02T09:15:00+00:00",
        "profile": ["https://fhir.nhs.uk/StructureDefinition/BARSBundleMessage"],
    },
    "type": "message",
    "timestamp": "2026-03-02T09:15:00+00:00",
    "entry": [
        {
            "fullUrl": urn("header"),
            "resource": {
                "resourceType": "MessageHeader",
                "meta": {
                    "profile": ["https://fhir.nhs.uk/StructureDefinition/BARSMessageHeader-servicerequest-request"]
                },
                "eventCoding": {"system": _EVENTS, "code": "servicerequest-request"},
                "destination": [
                    {"endpoint": "https://fhir.nhs.uk/Id/dos-service-id|2000072489", "receiver": ref("receiver")}
                ],
                "sender": ref("sender"),
                "source": {
                    "name": "Invented record",
                    "software": "Invented software",
                    "version": "2.1",
                    "contact": {"system": "phone", "value": "+44 (0)1632 960099"},
                    "endpoint": "https://fhir.nhs.uk/Id/dos-service-id|2000099999",
                },
                "reason": {"coding": [{"system": _REASONS, "code": "new"}]},
                "focus": [ref("request")],
                "definition": "https://fhir.nhs.uk/MessageDefinition/bars-message-servicerequest-request-referral",
            },
        },
        {
            "fullUrl": urn("request"),
            "resource": {
                "resourceType": "ServiceRequest",
                "meta": {"profile": ["https://fhir.nhs.uk/StructureDefinition/BARSServiceRequest-request-referral"]},
                "status": "active",
                "intent": "plan",
                "category": [
                    {"coding": [{"system": _CATEGORIES, "code": "referral", "display": "Transfer of Care"}]},
                    {"coding": [{"system": _USES, "code": "invented", "display": "Parent-infant team"}]},
                ],
                "subject": ref("baby"),
                "encounter": ref("encounter"),
                "authoredOn": "2026-03-02T09:15:00+00:00",
                "requester": ref("nurse"),
            },
        },
        {
            "fullUrl": urn("baby"),
            "resource": {
                "resourceType": "Patient",
                "meta": {"profile": [_PROFILE.format("Patient")]},
                "identifier": [
                    {
                        "extension": [
                            {
                                "url": _PROFILE.format("Extension-UKCore-NHSNumberVerificationStatus"),
                                "valueCodeableConcept": concept("01", "Number present and verified", "https://x"),
                            }
                        ],
                        "system": "https://fhir.nhs.uk/Id/nhs-number",
                        "value": "9990000026",
                    }
                ],
                "name": [{"use": "official", "text": "Shannon Example", "family": "Example", "given": ["Shannon"]}],
                "gender": "female",
                "birthDate": "2025-12-09",
                "address": [
                    {"use": "home", "line": ["1 Invented Street"], "city": "Blackpool", "postalCode": "FY1 9ZZ"}
                ],
            },
        },
        {
            "fullUrl": urn("mother"),
            "resource": {
                "resourceType": "RelatedPerson",
                "active": True,
                "patient": ref("baby"),
                "relationship": [concept("MTH", "mother", ROLE)],
                "name": [{"family": "Example", "given": ["Leonie"]}],
                "telecom": [{"system": "phone", "value": "07700 900123", "use": "mobile"}],
            },
        },
        {
            "fullUrl": urn("nurse"),
            "resource": {
                "resourceType": "Practitioner",
                "name": [{"family": "Sample", "given": ["Ola"], "prefix": ["Ms"]}],
                "telecom": [{"system": "phone", "value": "01632 960001", "use": "work"}],
            },
        },
        {
            "fullUrl": urn("sender"),
            "resource": {
                "resourceType": "Organization",
                "identifier": [{"system": _ODS, "value": "RXX01"}],
                "name": "Invented neonatal unit",
            },
        },
        {
            "fullUrl": urn("receiver"),
            "resource": {
                "resourceType": "Organization",
                "identifier": [{"system": _ODS, "value": "RXL"}],
                "name": "Invented parent-infant team",
            },
        },
        {
            "fullUrl": urn("encounter"),
            "resource": {
                "resourceType": "Encounter",
                "status": "finished",
                "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP"},
                "subject": ref("baby"),
            },
        },
    ],
}
