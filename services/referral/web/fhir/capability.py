"""What the FHIR API can do, for programs: a CapabilityStatement of just that."""

from typing import Any

from services.referral.web.fhir.codes import MESSAGE_DEFINITION
from services.referral.web.fhir.outcome import MEDIA_TYPE

_SINCE = "2026-03-01"
"""When this statement last changed."""


def capability_statement(public_url: str) -> dict[str, Any]:
    """For FHIR R4 4.0.1."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": _SINCE,
        "kind": "instance",
        "fhirVersion": "4.0.1",
        "format": [MEDIA_TYPE, "application/json"],
        "implementation": {"description": "Referrals to a parent-infant team", "url": f"{public_url}/fhir"},
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
                    "description": "Client credentials at /oauth2/token; a token holds for ten minutes.",
                },
                "resource": [
                    {
                        "type": "ServiceRequest",
                        "supportedProfile": ["https://fhir.hl7.org.uk/StructureDefinition/UKCore-ServiceRequest"],
                        "interaction": [{"code": "create"}, {"code": "read"}],
                    }
                ],
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
