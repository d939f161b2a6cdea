"""What a sender is answered. The same message gets the same answer, to the last id and second."""

from datetime import UTC
from typing import Any
from uuid import UUID, uuid5

from services.referral.fhir.commands.receive_message import MessageReceipt
from services.referral.fhir.queries.message_status import MessageStatus
from services.referral.fhir.web.codes import MESSAGE_EVENTS, REFERENCE
from services.referral.fhir.web.message import EVENT
from services.referral.fhir.web.referral_request import ReadReferral
from services.referral.intake.domain.referral import ReferralState

_MASKED = {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "masked"}
_STATUS = {
    ReferralState.RECEIVED: "active",
    ReferralState.INCOMPLETE: "active",
    ReferralState.ACCEPTED: "active",
    ReferralState.CLOSED: "revoked",
}


def message_answer(public_url: str, message_id: str, receipt: MessageReceipt, read: ReadReferral) -> dict[str, Any]:
    """A message bundle: `ok`, the ServiceRequest's address here, and an OperationOutcome with the reference."""
    referral_id = receipt.referral.referral_id
    bundle_id, header_id, outcome_id = (_id(referral_id, part) for part in ("bundle", "header", "outcome"))
    header = {
        "resourceType": "MessageHeader",
        "id": header_id,
        "eventCoding": {"system": MESSAGE_EVENTS, "code": EVENT},
        "source": {"endpoint": f"{public_url}/fhir/$process-message"},
        "response": {"identifier": message_id, "code": "ok", "details": {"reference": f"urn:uuid:{outcome_id}"}},
        "focus": [
            {
                "reference": service_request_url(public_url, referral_id),
                "type": "ServiceRequest",
                "identifier": _identifier(receipt.referral.reference),
            }
        ],
    }
    entries = {header_id: header, outcome_id: {**received_outcome(receipt, read), "id": outcome_id}}
    return {
        "resourceType": "Bundle",
        "id": bundle_id,
        "type": "message",
        "timestamp": receipt.received_at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "entry": [{"fullUrl": f"urn:uuid:{name}", "resource": resource} for name, resource in entries.items()],
    }


def received_outcome(receipt: MessageReceipt, read: ReadReferral) -> dict[str, Any]:
    """An OperationOutcome: the reference, a warning for each part that is not as it was sent, and what is in words."""
    issues: list[dict[str, Any]] = [
        {
            "severity": "information",
            "code": "informational",
            "diagnostics": f"The referral was received. Its reference is {receipt.referral.reference}.",
        }
    ]
    issues += [
        {"severity": "warning", "code": "not-supported", "diagnostics": sentence, "expression": [path]}
        for path, sentence in read.not_kept
    ]
    if read.in_words:
        issues.append(
            {
                "severity": "information",
                "code": "informational",
                "diagnostics": "What no field of a referral holds was kept in words, which the team reads.",
                "expression": list(read.in_words),
            }
        )
    return {"resourceType": "OperationOutcome", "issue": issues}


def status_resource(status: MessageStatus) -> dict[str, Any]:
    """A ServiceRequest that tells its sender how far it is, and nothing of the family."""
    return {
        "resourceType": "ServiceRequest",
        "id": str(status.referral_id),
        "identifier": [_identifier(status.reference)],
        "status": _STATUS[status.state],
        "intent": "order",
        "subject": {"extension": [_MASKED]},
    }


def service_request_url(public_url: str, referral_id: UUID) -> str:
    return f"{public_url}/fhir/ServiceRequest/{referral_id}"


def _identifier(reference: str) -> dict[str, str]:
    return {"system": REFERENCE, "value": reference}


def _id(referral_id: UUID, part: str) -> str:
    return str(uuid5(referral_id, part))
