"""Reading a team's records by FHIR: one resource by its id, or those of one person. See docs/fhir.md."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.fhir.web.client import READING_CLIENT
from services.referral.fhir.web.codes import NHS_NUMBER, REFERENCE
from services.referral.fhir.web.outcome import Issue, UnreadableResource, fhir_response
from services.referral.fhir.web.record_resources import resource_of
from services.referral.governance.queries.shared_record import (
    Searched,
    SharedKind,
    SharedPage,
    read_shared,
    search_shared,
)
from services.referral.staff.web.work import begin, settings_of
from shared.kernel.actor import Actor
from shared.kernel.errors import NotFound
from shared.kernel.nhs_number import parse_nhs_number
from shared.web.form_body import read_fields

router = APIRouter(prefix="/fhir")

MOST = 100
"""Resources in one answer."""
_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_PARAMETERS = frozenset({"patient", "subject", "identifier", "_count", "_offset", "_format"})
_FORMATS = frozenset({"json", "application/json", "application/fhir+json"})


async def show_resource(request: Request, kind: SharedKind, resource_id: str, client: Actor) -> Response:
    """One resource; the audit trail has the client as whoever read it."""
    if _ID.fullmatch(resource_id) is None:
        raise NotFound("resource_not_found", "This team has no such resource.")
    async with begin(request, client) as work:
        row = await read_shared(work, kind, resource_id)
    return fhir_response(request, resource_of(kind, row))


async def read(request: Request, resource_id: str, client: Annotated[Actor, READING_CLIENT]) -> Response:
    return await show_resource(request, _kind(request), resource_id, client)


async def search(request: Request, client: Annotated[Actor, READING_CLIENT]) -> Response:
    given = request.query_params.multi_items()
    return await _search(request, _single(given), client, in_address=True)


async def search_by_form(request: Request, client: Annotated[Actor, READING_CLIENT]) -> Response:
    """The same with its parameters in the body: an NHS number has no place in an address."""
    fields = await read_fields(request)
    given = [(name, value) for name, values in fields.items() for value in values]
    return await _search(request, _single(given), client, in_address=False)


for _one in SharedKind:
    router.add_api_route(f"/{_one.value}/_search", search_by_form, methods=["POST"])
    router.add_api_route(f"/{_one.value}", search, methods=["GET"])
    if _one is not SharedKind.SERVICE_REQUEST:  # `routes` has it, since its sender may read it too
        router.add_api_route(f"/{_one.value}/{{resource_id}}", read, methods=["GET"])


async def _search(request: Request, given: Mapping[str, str], client: Actor, *, in_address: bool) -> Response:
    kind = _kind(request)
    searched = _searched(kind, given)
    if searched.nhs_number and in_address:
        raise _wrong(
            "Search for an NHS number by POST to _search with a form: addresses are kept in logs on the way.",
            "identifier",
        )
    async with begin(request, client) as work:
        found = await search_shared(work, kind, searched)
    return fhir_response(request, _bundle(f"{settings_of(request).public_url}/fhir", kind, given, searched, found))


def _bundle(
    root: str, kind: SharedKind, given: Mapping[str, str], searched: Searched, found: SharedPage
) -> dict[str, Any]:
    resources = [resource_of(kind, row) for row in found.rows]
    bundle: dict[str, Any] = {
        "resourceType": "Bundle",
        "type": "searchset",
        "total": found.total,
        "link": _links(f"{root}/{kind.value}", given, searched, found.total),
    }
    if resources:
        bundle["entry"] = [
            {"fullUrl": f"{root}/{kind.value}/{one['id']}", "resource": one, "search": {"mode": "match"}}
            for one in resources
        ]
    return bundle


def _links(address: str, given: Mapping[str, str], searched: Searched, total: int) -> list[dict[str, str]]:
    """An NHS number is in no link; those who searched for it find one person, on one page."""
    kept = {name: value for name, value in given.items() if name != "identifier" or searched.reference}
    pages: Sequence[tuple[str, int]] = [("self", searched.offset)]
    if searched.offset + searched.count < total:
        pages = [*pages, ("next", searched.offset + searched.count)]
    if searched.offset:
        pages = [*pages, ("previous", max(0, searched.offset - searched.count))]
    return [
        {"relation": relation, "url": f"{address}?{urlencode({**kept, '_count': searched.count, '_offset': offset})}"}
        for relation, offset in pages
    ]


def _searched(kind: SharedKind, given: Mapping[str, str]) -> Searched:
    """Raises UnreadableResource when a parameter is not known, or is wrong, or none says whose records are meant."""
    if given.keys() - _PARAMETERS:
        raise _wrong("Search by patient or identifier, with _count and _offset; other parameters are not known.")
    if given.get("_format", "json").partition(";")[0].strip().lower() not in _FORMATS:
        raise _wrong("This API speaks JSON only.", "_format")
    searched = Searched(count=_number(given, "_count", 25, 1), offset=_number(given, "_offset", 0, 0))
    patient = given.get("patient") or given.get("subject")
    if patient:
        try:
            searched = replace(searched, patient_id=UUID(patient.removeprefix("Patient/")))
        except ValueError:
            raise _wrong("Give the id of a Patient of this team.", "patient") from None
    if "identifier" in given:
        searched = _identified(kind, given["identifier"], searched)
    if not (searched.patient_id or searched.nhs_number or searched.reference):
        raise _wrong("Say whose records you search for, by patient or identifier.")
    return searched


def _identified(kind: SharedKind, identifier: str, searched: Searched) -> Searched:
    system, _, value = identifier.rpartition("|")
    if kind is SharedKind.PATIENT and system == NHS_NUMBER and (number := parse_nhs_number(value)):
        return replace(searched, nhs_number=number)
    if kind is SharedKind.SERVICE_REQUEST and system == REFERENCE and value:
        return replace(searched, reference=value)
    raise _wrong("Search a Patient by NHS number or a ServiceRequest by its reference, as system|value.", "identifier")


def _number(given: Mapping[str, str], name: str, usual: int, least: int) -> int:
    words = given.get(name, str(usual))
    if not re.fullmatch(r"[0-9]{1,6}", words) or int(words) < least:
        raise _wrong("Give a whole number.", name)
    return min(int(words), MOST) if name == "_count" else int(words)


def _single(given: Sequence[tuple[str, str]]) -> dict[str, str]:
    if len(dict(given)) < len(given):
        raise _wrong("Give each parameter once.")
    return dict(given)


def _kind(request: Request) -> SharedKind:
    return SharedKind(request.url.path.split("/")[2])


def _wrong(sentence: str, parameter: str | None = None) -> UnreadableResource:
    return UnreadableResource(Issue.VALUE, sentence, parameter)
