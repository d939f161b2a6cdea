"""Reads the two shapes in which a referral comes: a BaRS message bundle, and a ServiceRequest with what it contains."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.messageheader import MessageHeader
from fhir.resources.R4B.servicerequest import ServiceRequest
from starlette.exceptions import HTTPException

from services.referral.fhir.web.codes import MESSAGE_EVENTS, MESSAGE_REASONS
from services.referral.fhir.web.findings import Findings
from services.referral.fhir.web.json_kinds import is_array, is_object
from services.referral.fhir.web.outcome import AlreadyTold, Issue, UnreadableResource, WrongResource
from services.referral.fhir.web.resources import Located, Resources, validated

MOST_ENTRIES = 100
EVENT = "servicerequest-request"
_TELEPHONE = "Only new referrals are taken. Telephone the team to change or cancel one."


@dataclass(frozen=True)
class ReferralMessage:
    """One referral as it was sent."""

    id: str
    """What the sender names it by: MessageHeader.id; of a lone ServiceRequest its identifier, or else its content."""
    message_hash: bytes
    """SHA-256 of that."""
    content_hash: bytes
    """SHA-256 of what was sent, without the envelope: a second attempt may have a new time in it."""
    request: Located[ServiceRequest]
    resources: Resources
    findings: Findings
    """What is wrong with it; whoever reads on adds to it, and checks it."""
    header: Located[MessageHeader] | None = None
    """None: it came without an envelope."""


def read_bundle(raw: Any) -> ReferralMessage:
    """A message bundle whose event is `servicerequest-request`.

    Raises:
        UnreadableResource: it is not a bundle, or has a resource of a type that is not known here.
        WrongResource: it cannot be a new referral.
        HTTPException: 413 when it has more than 100 entries.
    """
    entries, findings = _entries(raw), Findings()
    resources = Resources()
    for place, entry in enumerate(entries):
        path = f"Bundle.entry[{place}].resource"
        findings.attempt(resources.add, entry.get("resource"), path, entry.get("fullUrl"))
    findings.attempt(_check_envelope, raw, entries, resources)
    findings.attempt(resources.check_references)
    header = findings.attempt(_header, resources)
    if header is not None:
        for check in (_check_event, _check_reason, _check_is_request):
            findings.attempt(check, header)
    request = findings.attempt(_request, resources, header) if header else None
    identity = findings.attempt(_message_id, header, entries[0].get("fullUrl")) if header else None
    if request is None:
        findings.check()
        raise AlreadyTold("Bundle.entry")
    hashes = _hash("message", identity), _hash("content", raw["entry"])
    return ReferralMessage(identity or "", *hashes, request, resources, findings, header)


def _check_envelope(raw: dict[str, Any], entries: list[dict[str, Any]], resources: Resources) -> None:
    envelope = dict(raw, entry=[{name: entry[name] for name in entry if name != "resource"} for entry in entries])
    bundle = validated(Bundle, envelope, "Bundle")
    resources.check_understood(bundle, "Bundle")
    if bundle.type != "message":
        raise WrongResource(Issue.VALUE, "Send a bundle of the type message.", "Bundle.type")


def _request(resources: Resources, header: Located[MessageHeader]) -> Located[ServiceRequest]:
    request = resources.find(_focus(header), header, "focus[0]", (ServiceRequest,))
    if len(resources.of_type(ServiceRequest)) > 1:
        raise WrongResource(Issue.INVARIANT, "Send one ServiceRequest in a message.", "Bundle.entry")
    return request


def read_request(raw: Any) -> ReferralMessage:
    """A ServiceRequest with all that it refers to in `contained`.

    Raises:
        UnreadableResource: it is not a ServiceRequest, or contains a resource of a type that is not known here.
        WrongResource: it cannot be a new referral.
        HTTPException: 413 when it contains more than 100 resources.
    """
    _check_is(raw, "ServiceRequest")
    contained = raw.get("contained")
    if is_array(contained) and len(contained) > MOST_ENTRIES:
        raise HTTPException(413)
    resources, findings = Resources(), Findings()
    findings.attempt(resources.add, raw, "ServiceRequest")
    findings.attempt(resources.check_references)
    request = next(iter(resources.of_type(ServiceRequest)), None)
    if request is None or request.path != "ServiceRequest":
        findings.check()
        raise AlreadyTold("ServiceRequest")
    content = _hash("content", raw)
    identifiers = [item for item in request.resource.identifier or () if item.system and item.value]
    if not identifiers:
        return ReferralMessage(content.hex(), _hash("request", content.hex()), content, request, resources, findings)
    identity = f"{identifiers[0].system}|{identifiers[0].value}"
    return ReferralMessage(identity, _hash("request", identity), content, request, resources, findings)


def _entries(raw: Any) -> list[dict[str, Any]]:
    _check_is(raw, "Bundle")
    entries = raw.get("entry")
    if not is_array(entries) or not entries or not all(is_object(entry) for entry in entries):
        raise WrongResource(Issue.REQUIRED, "Send the MessageHeader and what it refers to as entries.", "Bundle.entry")
    if len(entries) > MOST_ENTRIES:
        raise HTTPException(413)
    for place, entry in enumerate(entries):
        if not isinstance(entry.get("fullUrl", ""), str):
            raise WrongResource(Issue.VALUE, "A fullUrl is a text.", f"Bundle.entry[{place}].fullUrl")
    return entries


def _header(resources: Resources) -> Located[MessageHeader]:
    headers = resources.of_type(MessageHeader)
    first = "Bundle.entry[0].resource"
    if len(headers) != 1 or headers[0].path != first:
        raise WrongResource(Issue.INVARIANT, "The first entry, and no other, must be the MessageHeader.", first)
    return headers[0]


def _check_event(header: Located[MessageHeader]) -> None:
    event = header.resource.eventCoding
    if event is None or (event.system, event.code) != (MESSAGE_EVENTS, EVENT):
        raise WrongResource(
            Issue.NOT_SUPPORTED, f"Only the event {EVENT} of BaRS is taken.", f"{header.path}.eventCoding"
        )


def _check_reason(header: Located[MessageHeader]) -> None:
    codings = header.resource.reason.coding or () if header.resource.reason else ()
    if [coding.code for coding in codings if coding.system == MESSAGE_REASONS] != ["new"]:
        raise WrongResource(Issue.NOT_SUPPORTED, f"Send the reason new. {_TELEPHONE}", f"{header.path}.reason")


def _check_is_request(header: Located[MessageHeader]) -> None:
    if header.resource.response is not None:
        raise WrongResource(Issue.NOT_SUPPORTED, "Answers are not taken, only requests.", f"{header.path}.response")


def _focus(header: Located[MessageHeader]) -> Any:
    focus = header.resource.focus or []
    if len(focus) != 1:
        raise WrongResource(Issue.INVARIANT, "Refer to the one ServiceRequest.", f"{header.path}.focus")
    return focus[0]


def _message_id(header: Located[MessageHeader], full_url: str | None) -> str:
    if header.resource.id:
        return str(header.resource.id)
    try:
        return str(UUID((full_url or "").removeprefix("urn:uuid:")))
    except ValueError:
        raise WrongResource(
            Issue.REQUIRED, "Give the message an id, and use it again if you send it again.", f"{header.path}.id"
        ) from None


def _check_is(raw: Any, kind: str) -> None:
    if not is_object(raw) or raw.get("resourceType") != kind:
        raise UnreadableResource(Issue.STRUCTURE, f"Send a {kind} to this address.")


def _hash(purpose: str, value: Any) -> bytes:
    """Of the value as JSON with its members in order, so that the order in which they came does not count."""
    text = json.dumps([purpose, value], sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).digest()
