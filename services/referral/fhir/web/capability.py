"""What the FHIR API can do, for programs: a CapabilityStatement of just that."""

from typing import Any

from services.referral.fhir.web.codes import MESSAGE_DEFINITION
from services.referral.fhir.web.outcome import MEDIA_TYPE
from services.referral.governance.queries.shared_record import SharedKind

_SINCE = "2026-11-24"
"""When this statement last changed."""
_DESCRIPTION = "Referrals to a parent-infant team, and its records"


def capability_statement(public_url: str) -> dict[str, Any]:
    """For FHIR R4 4.0.1."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": _SINCE,
        "kind": "instance",
        "fhirVersion": "4.0.1",
        "format": [MEDIA_TYPE, "application/json"],
        "implementation": {
            "description": "Referrals to a parent-infant team, and its records",
            "url": f"{public_url}/fhir",
        },
        "rest": [
            {
                "mode": "server",
                "security": {
                    "service": [
                        {
                            "coding": [
                                {
                                    "system": "http://terminology.hl7.org/CodeSystem/restful-security-service",
                                    "code": "OAuth",
                                }
                            ]
                        }
                    ],
                    "description": "Client credentials at /oauth2/token; a token holds for ten minutes. "
                    "A client reads records only when it was registered to.",
                },
                "resource": [_resource(kind) for kind in SharedKind],
                "operation": [
                    {
                        "name": "process-message",
                        "definition": "http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message",
                    }
                ],
            }
        ],
        "messaging": [{"supportedMessage": [{"mode": "receiver", "definition": MESSAGE_DEFINITION}]}],
    }


def _resource(kind: SharedKind) -> dict[str, Any]:
    """What can be done with resources of a kind."""
    codes = ["read", "search-type"]
    parameters = [{"name": "subject" if kind in _BY_SUBJECT else "patient", "type": "reference"}]
    if kind in {SharedKind.PATIENT, SharedKind.SERVICE_REQUEST}:
        parameters = [{"name": "identifier", "type": "token"}, {"name": "patient", "type": "reference"}]
    described: dict[str, Any] = {"type": kind.value, "searchParam": parameters}
    if kind is SharedKind.SERVICE_REQUEST:
        codes.insert(0, "create")
        described["supportedProfile"] = ["https://fhir.hl7.org.uk/StructureDefinition/UKCore-ServiceRequest"]
    return {**described, "interaction": [{"code": code} for code in codes]}


_BY_SUBJECT = frozenset({SharedKind.ANSWERS})
