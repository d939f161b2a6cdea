"""Everything that a sender can get wrong in a message, and what the API must answer to it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from services.referral.fhir.web.codes import NHS_NUMBER
from shared.kernel.identifiers import new_id
from tests.referral.web.fhir_api import example, resource

BABY, UNBORN, PLAIN = "baby_message", "unborn_message", "service_request"
TYPED = "Zyxwvut"
"""In whatever is wrong; no answer repeats it."""


@dataclass(frozen=True)
class Wrong:
    """One thing to get wrong in a message that is right."""

    name: str
    spoil: Callable[[Any], Any]
    status: int
    issue: str
    path: str | None = None
    of: str = BABY
    headers: dict[str, str] = field(default_factory=dict)


def in_resource(kind: str, **changes: Any) -> Callable[[Any], Any]:
    """Set elements of the first resource of a kind; None takes one away."""

    def spoil(message: Any) -> Any:
        found = resource(message, kind) if kind != "ServiceRequest" or "entry" in message else message
        found |= changes
        for name in [name for name, value in found.items() if value is None]:
            del found[name]
        return message

    return spoil


def in_message(**changes: Any) -> Callable[[Any], Any]:
    return lambda message: message | changes


def with_entry(**resource_: Any) -> Callable[[Any], Any]:
    def spoil(message: Any) -> Any:
        message["entry"].append({"fullUrl": f"urn:uuid:{new_id()}", "resource": resource_})
        return message

    return spoil


def replaced(old: str, new: str) -> Callable[[Any], Any]:
    """In the text of the JSON, once."""

    def spoil(message: Any) -> bytes:
        body = json.dumps(message)
        assert old in body
        return body.replace(old, new, 1).encode("utf-8", "surrogatepass")

    return spoil


def raw(body: bytes) -> Callable[[Any], Any]:
    return lambda _message: body


def identifier(**changes: str) -> list[dict[str, str]]:
    return [{"system": NHS_NUMBER, "value": "9990000018"} | changes]


def extension(code: str) -> list[dict[str, str]]:
    return [{"url": "https://pairs.uk/fhir/StructureDefinition/family-agreement", "valueCode": code}]


def reason(code: str, system: str = "https://pairs.uk/fhir/CodeSystem/referral-reason") -> list[dict[str, Any]]:
    return [{"coding": [{"system": system, "code": code}]}]


def event(code: str) -> dict[str, str]:
    return {"system": "https://fhir.nhs.uk/CodeSystem/message-events-bars", "code": code}


def message_reason(code: str) -> dict[str, Any]:
    return {"coding": [{"system": "https://fhir.nhs.uk/CodeSystem/message-reason-bars", "code": code}]}


MODIFIER = [{"url": "https://example.org/not", "valueBoolean": True}]
HEADER, REQUEST, PATIENT = (f"Bundle.entry[{place}].resource" for place in range(3))
MOTHER, ROLE, NURSE, UNIT = (f"Bundle.entry[{place}].resource" for place in range(3, 7))
DUE_DATE = "Bundle.entry[4].resource"
ELSEWHERE = {"reference": f"https://{TYPED}.example.org/Patient/1"}

HTTP = [
    Wrong("larger than 1 MiB", raw(b" " * (1024 * 1024 + 1)), 413, "too-long"),
    Wrong("10,000 entries", lambda message: message | {"entry": [{}] * 10_000}, 413, "too-long"),
    Wrong("10,000 contained", lambda message: message | {"contained": [{}] * 10_000}, 413, "too-long", of=PLAIN),
    Wrong("gzip", lambda m: m, 415, "not-supported", headers={"content-encoding": "gzip"}),
    Wrong("XML", raw(b"<Bundle/>"), 415, "not-supported", headers={"content-type": "application/fhir+xml"}),
    Wrong("a form", raw(b"a=b"), 415, "not-supported", headers={"content-type": "application/x-www-form-urlencoded"}),
    Wrong("no content type", lambda m: m, 415, "not-supported", headers={"content-type": ""}),
    Wrong("headers of 64 KiB", lambda m: m, 431, "too-long", headers={"x-large": "a" * 65536}),
    Wrong("nothing", raw(b""), 400, "structure"),
    Wrong("half a JSON", raw(b'{"resourceType": "Bundle"'), 400, "structure"),
    Wrong("bad UTF-8", raw(b'{"resourceType": "\xff"}'), 400, "structure"),
    Wrong("UTF-16", lambda m: json.dumps(m).encode("utf-16"), 400, "structure"),
    Wrong("nested 10,000 deep", raw(b"[" * 10_000 + b"]" * 10_000), 400, "structure"),
    Wrong("a name twice", replaced('"type": "message"', '"type": "message", "type": "message"'), 422, "structure"),
    Wrong("NaN", replaced('"type": "message"', '"total": NaN, "type": "message"'), 422, "structure"),
    Wrong("Infinity", replaced('"type": "message"', '"total": -Infinity, "type": "message"'), 422, "structure"),
    Wrong("5,000 digits", replaced('"type": "message"', f'"total": {"9" * 5000}, "type": "message"'), 422, "structure"),
    Wrong("1e400", replaced('"type": "message"', '"total": 1e400, "type": "message"'), 422, "value", "Bundle.total"),
]

SHAPE = [
    Wrong("a list", raw(b"[]"), 400, "structure"),
    Wrong("null", raw(b"null"), 400, "structure"),
    Wrong("an unknown type", in_message(resourceType=TYPED), 400, "structure"),
    Wrong("another type", lambda _: {"resourceType": "Patient"}, 400, "structure"),
    Wrong("a bundle where a ServiceRequest belongs", lambda _: example(BABY), 400, "structure", of=PLAIN),
    Wrong("an entry of an unknown type", with_entry(resourceType=TYPED), 400, "structure", "Bundle.entry[8].resource"),
    Wrong("an entry of a list as type", with_entry(resourceType=[]), 400, "structure", "Bundle.entry[8].resource"),
    Wrong(
        "an entry with nothing",
        lambda m: m | {"entry": [*m["entry"], {}]},
        400,
        "structure",
        "Bundle.entry[8].resource",
    ),
    Wrong("no entry", in_message(entry=[]), 422, "required", "Bundle.entry"),
    Wrong("entries that are texts", in_message(entry=["{}"]), 422, "required", "Bundle.entry"),
    Wrong(
        "a fullUrl that is a number",
        lambda m: m | {"entry": [m["entry"][0] | {"fullUrl": 1}]},
        422,
        "value",
        "Bundle.entry[0].fullUrl",
    ),
    Wrong("a batch", in_message(type="batch"), 422, "value", "Bundle.type"),
    Wrong("an element that FHIR does not have", in_resource("Patient", **{TYPED: 1}), 422, "structure", PATIENT),
    Wrong("an element that the bundle does not have", in_message(**{TYPED: 1}), 422, "structure", "Bundle"),
    Wrong(
        "a required element missing", in_resource("ServiceRequest", subject=None), 422, "required", f"{REQUEST}.subject"
    ),
    Wrong(
        "JSON in a text", in_resource("Patient", name=[f'{{"text": "{TYPED}"}}']), 422, "value", f"{PATIENT}.name[0]"
    ),
    Wrong("a number for a text", in_resource("Organization", name=7), 422, "value", f"{UNIT}.name"),
    Wrong("a text for true", in_resource("Patient", active="true"), 422, "value", f"{PATIENT}.active"),
    Wrong(
        "a number for a date",
        in_resource("Observation", valueDateTime=1782000000),
        422,
        "value",
        f"{DUE_DATE}.valueDateTime",
        UNBORN,
    ),
    Wrong(
        "contained in contained",
        in_resource("Patient", contained=[{"resourceType": "Patient", "contained": [{"resourceType": "Patient"}]}]),
        422,
        "structure",
        f"{PATIENT}.contained[0]",
    ),
    Wrong(
        "contained that is no list",
        in_message(contained={"resourceType": "Patient"}),
        422,
        "structure",
        "ServiceRequest",
        PLAIN,
    ),
    Wrong(
        "contained of an unknown type",
        in_message(contained=[{"resourceType": TYPED}]),
        400,
        "structure",
        "ServiceRequest.contained[0]",
        PLAIN,
    ),
    Wrong(
        "an id twice",
        lambda m: m | {"contained": [*m["contained"], m["contained"][0]]},
        422,
        "invariant",
        "ServiceRequest.contained[5]",
        PLAIN,
    ),
    Wrong(
        "a fullUrl twice",
        lambda m: m | {"entry": [*m["entry"], m["entry"][4]]},
        422,
        "invariant",
        "Bundle.entry[8].resource",
    ),
    Wrong(
        "a role that is its own practitioner",
        in_resource("PractitionerRole", practitioner={"reference": "#role"}),
        422,
        "value",
        "ServiceRequest.contained[2].practitioner",
        PLAIN,
    ),
]

UNDERSTOOD = [
    Wrong(
        "a modifier extension",
        in_resource("ServiceRequest", modifierExtension=MODIFIER),
        422,
        "extension",
        f"{REQUEST}.modifierExtension",
    ),
    Wrong(
        "a modifier extension inside",
        in_resource("PractitionerRole", availableTime=[{"modifierExtension": MODIFIER}]),
        422,
        "extension",
        f"{ROLE}.availableTime[0].modifierExtension",
    ),
    Wrong(
        "a modifier extension in what is not kept",
        in_resource("Encounter", location=[{TYPED: {"modifierExtension": MODIFIER}}]),
        422,
        "extension",
        "Bundle.entry[7].resource",
    ),
    Wrong(
        "implicit rules",
        in_message(implicitRules=f"https://{TYPED}.example.org"),
        422,
        "extension",
        "Bundle.implicitRules",
    ),
    Wrong(
        "a reference to another server",
        in_resource("ServiceRequest", subject=ELSEWHERE),
        422,
        "not-supported",
        f"{REQUEST}.subject.reference",
    ),
    Wrong(
        "a reference to a file",
        in_resource("ServiceRequest", encounter={"reference": "file:///etc/passwd"}),
        422,
        "not-supported",
        f"{REQUEST}.encounter.reference",
    ),
    Wrong(
        "a reference without a scheme",
        in_resource("Encounter", subject={"reference": f"//{TYPED}.example.org"}),
        422,
        "not-supported",
        "Bundle.entry[7].resource",
    ),
    Wrong(
        "a reference to nothing",
        in_resource("ServiceRequest", subject={"reference": f"Patient/{TYPED}"}),
        422,
        "not-found",
        f"{REQUEST}.subject",
    ),
    Wrong(
        "a reference to another type",
        lambda m: in_resource("ServiceRequest", subject={"reference": m["entry"][3]["fullUrl"]})(m),
        422,
        "value",
        f"{REQUEST}.subject",
    ),
    Wrong(
        "a subject by identifier only",
        in_resource("ServiceRequest", subject={"identifier": identifier()[0]}),
        422,
        "required",
        f"{REQUEST}.subject",
    ),
    Wrong(
        "do not perform",
        in_resource("ServiceRequest", doNotPerform=True),
        422,
        "not-supported",
        f"{REQUEST}.doNotPerform",
    ),
    Wrong("a record not in use", in_resource("Patient", active=False), 422, "value", f"{PATIENT}.active"),
    Wrong("a baby who died", in_resource("Patient", deceasedBoolean=True), 422, "value", f"{PATIENT}.deceased"),
    Wrong(
        "a due date that was a mistake",
        in_resource("Observation", status="entered-in-error"),
        422,
        "value",
        f"{DUE_DATE}.status",
        UNBORN,
    ),
]

WORKFLOW = [
    Wrong(
        "a booking",
        in_resource("MessageHeader", eventCoding=event("booking-request")),
        422,
        "not-supported",
        f"{HEADER}.eventCoding",
    ),
    Wrong(
        "an event as a URI",
        in_resource("MessageHeader", eventCoding=None, eventUri="https://example.org"),
        422,
        "not-supported",
        f"{HEADER}.eventCoding",
    ),
    Wrong(
        "an update",
        in_resource("MessageHeader", reason=message_reason("update")),
        422,
        "not-supported",
        f"{HEADER}.reason",
    ),
    Wrong("no message reason", in_resource("MessageHeader", reason=None), 422, "not-supported", f"{HEADER}.reason"),
    Wrong(
        "an answer",
        in_resource("MessageHeader", response={"identifier": "1", "code": "ok"}),
        422,
        "not-supported",
        f"{HEADER}.response",
    ),
    Wrong("no focus", in_resource("MessageHeader", focus=None), 422, "invariant", f"{HEADER}.focus"),
    Wrong("no header", lambda m: m | {"entry": m["entry"][1:]}, 422, "invariant", HEADER),
    Wrong(
        "a header in second place",
        lambda m: m | {"entry": [m["entry"][1], m["entry"][0], *m["entry"][2:]]},
        422,
        "invariant",
        HEADER,
    ),
    Wrong(
        "no id",
        lambda m: in_resource("MessageHeader", id=None)(m) and m["entry"][0].pop("fullUrl") and m,
        422,
        "required",
        f"{HEADER}.id",
    ),
    Wrong(
        "two requests",
        with_entry(resourceType="ServiceRequest", status="active", intent="plan", subject={"reference": "Patient/1"}),
        422,
        "invariant",
        "Bundle.entry",
    ),
    Wrong("a cancellation", in_resource("ServiceRequest", status="revoked"), 422, "not-supported", f"{REQUEST}.status"),
    Wrong("an unknown status", in_resource("ServiceRequest", status=TYPED), 422, "not-supported", f"{REQUEST}.status"),
    Wrong(
        "a validation request",
        in_resource(
            "ServiceRequest",
            category=reason("validation", "https://fhir.nhs.uk/CodeSystem/message-category-servicerequest"),
        ),
        422,
        "not-supported",
        f"{REQUEST}.category",
    ),
    Wrong("twins in one message", with_entry(resourceType="Patient"), 422, "invariant", "Bundle.entry[8].resource"),
]

BABIES = [
    Wrong("a month of birth", in_resource("Patient", birthDate="2026-02"), 422, "value", f"{PATIENT}.birthDate"),
    Wrong("a year of birth", in_resource("Patient", birthDate="2026"), 422, "value", f"{PATIENT}.birthDate"),
    Wrong("no date of birth", in_resource("Patient", birthDate=None), 422, "required", f"{PATIENT}.birthDate"),
    Wrong("29 February 2025", in_resource("Patient", birthDate="2025-02-29"), 422, "value", f"{PATIENT}.birthDate"),
    Wrong(
        "the order of another country",
        in_resource("Patient", birthDate="13/25/2025"),
        422,
        "value",
        f"{PATIENT}.birthDate",
    ),
    Wrong("year 0000", in_resource("Patient", birthDate="0000-01-01"), 422, "value", f"{PATIENT}.birthDate"),
    Wrong("year 10000", in_resource("Patient", birthDate="10000-01-01"), 422, "value", f"{PATIENT}.birthDate"),
    Wrong(
        "born tomorrow", in_resource("Patient", birthDate="2026-03-03"), 422, "business-rule", f"{PATIENT}.birthDate"
    ),
    Wrong("born in 1850", in_resource("Patient", birthDate="1850-01-01"), 422, "value", f"{PATIENT}.birthDate"),
    Wrong(
        "due last month",
        in_resource("Observation", valueDateTime="2026-01-15"),
        422,
        "business-rule",
        f"{DUE_DATE}.value",
        UNBORN,
    ),
    Wrong(
        "due next year",
        in_resource("Observation", valueDateTime="2027-02-15"),
        422,
        "business-rule",
        f"{DUE_DATE}.value",
        UNBORN,
    ),
    Wrong(
        "a month that it is due",
        in_resource("Observation", valueDateTime="2026-06"),
        422,
        "value",
        f"{DUE_DATE}.value",
        UNBORN,
    ),
    Wrong(
        "a time without its zone",
        in_resource("Observation", valueDateTime="2026-06-20T10:00:00"),
        422,
        "value",
        f"{DUE_DATE}.valueDateTime",
        UNBORN,
    ),
    Wrong("no due date", in_resource("Observation", valueDateTime=None), 422, "required", f"{DUE_DATE}.value", UNBORN),
    Wrong(
        "both dates", in_resource("Patient", birthDate="2026-02-01"), 422, "invariant", f"{PATIENT}.birthDate", UNBORN
    ),
    Wrong("no name", in_resource("Patient", name=None), 422, "required", f"{PATIENT}.name"),
    Wrong("a name of spaces", in_resource("Patient", name=[{"text": " \u200b "}]), 422, "value", f"{PATIENT}.name[0]"),
    Wrong(
        "a name that turns its direction",
        in_resource("Patient", name=[{"text": f"{TYPED}\u202e"}]),
        422,
        "value",
        f"{PATIENT}.name[0]",
    ),
    Wrong(
        "a name with NUL", in_resource("Patient", name=[{"text": f"{TYPED}\x00"}]), 422, "value", f"{PATIENT}.name[0]"
    ),
    Wrong("half a character", in_resource("Patient", name=[{"text": "\ud800"}]), 422, "structure", None),
    Wrong(
        "a name of 10,000 accents",
        in_resource("Patient", name=[{"text": "a" + "\u0301" * 10_000}]),
        422,
        "value",
        f"{PATIENT}.name[0]",
    ),
    Wrong(
        "a wrong check digit",
        in_resource("Patient", identifier=identifier(value="9990000019")),
        422,
        "value",
        f"{PATIENT}.identifier[0].value",
    ),
    Wrong(
        "a check digit of 10",
        in_resource("Patient", identifier=identifier(value="9990000000")),
        422,
        "value",
        f"{PATIENT}.identifier[0].value",
    ),
    Wrong(
        "nine digits",
        in_resource("Patient", identifier=identifier(value="999000001")),
        422,
        "value",
        f"{PATIENT}.identifier[0].value",
    ),
    Wrong(
        "ten noughts",
        in_resource("Patient", identifier=identifier(value="0000000000")),
        422,
        "value",
        f"{PATIENT}.identifier[0].value",
    ),
    Wrong(
        "digits of full width",
        in_resource("Patient", identifier=identifier(value="\uff19990000018")),
        422,
        "value",
        f"{PATIENT}.identifier[0].value",
    ),
    Wrong(
        "someone's real number",
        in_resource("Patient", identifier=identifier(value="9434765919")),
        422,
        "value",
        f"{PATIENT}.identifier[0].value",
    ),
    Wrong(
        "an old system of NHS numbers",
        in_resource("Patient", identifier=identifier(system="http://fhir.nhs.net/Id/nhs-number")),
        422,
        "code-invalid",
        f"{PATIENT}.identifier[0].system",
    ),
    Wrong(
        "two NHS numbers",
        in_resource("Patient", identifier=identifier() + identifier(value="9990000026")),
        422,
        "invariant",
        f"{PATIENT}.identifier",
    ),
]

FAMILY = [
    Wrong(
        "nobody who cares for the baby",
        lambda m: m | {"entry": m["entry"][:3] + m["entry"][4:]},
        422,
        "required",
        f"{PATIENT}.link",
    ),
    Wrong("a carer without a name", in_resource("RelatedPerson", name=None), 422, "required", f"{MOTHER}.name"),
    Wrong("no requester", in_resource("ServiceRequest", requester=None), 422, "required", f"{REQUEST}.requester"),
    Wrong(
        "an unknown profession",
        in_resource("PractitionerRole", code=reason(TYPED, "https://pairs.uk/fhir/CodeSystem/source-group")),
        422,
        "code-invalid",
        f"{ROLE}.code",
    ),
    Wrong(
        "an unknown reason",
        in_resource("ServiceRequest", reasonCode=reason(TYPED)),
        422,
        "code-invalid",
        f"{REQUEST}.reasonCode",
    ),
    Wrong(
        "two agreements",
        in_resource("ServiceRequest", extension=extension("agreed") + extension("disagreed")),
        422,
        "invariant",
        f"{REQUEST}.extension",
    ),
    Wrong(
        "an unknown agreement",
        in_resource("ServiceRequest", extension=extension(TYPED)),
        422,
        "code-invalid",
        f"{REQUEST}.extension",
    ),
]

CATALOGUE = [*HTTP, *SHAPE, *UNDERSTOOD, *WORKFLOW, *BABIES, *FAMILY]
