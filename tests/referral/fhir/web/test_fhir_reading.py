"""Another system reads records: only one that may, nothing of an unborn baby or a restricted family, all valid FHIR."""

from collections.abc import AsyncIterator
from importlib import import_module
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from services.referral.fhir.commands.register_api_client import RegisterApiClient, register_api_client
from services.referral.governance.queries.shared_record import SharedKind
from services.referral.people.domain.subject import Unborn
from shared.kernel.actor import system
from shared.testing.page_routes import every_route
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.governance.builders import restrict
from tests.referral.governance.test_request_subject_access import people_of
from tests.referral.governance.web.test_extract import ONE_CONTACT, ONE_SCORE
from tests.referral.web.fhir_api import PUBLIC_URL, FhirApi, create_app, register


@pytest.fixture
async def reader(team: ATeam) -> AsyncIterator[FhirApi]:
    transport = httpx.ASGITransport(create_app(team), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as http:
        async with team.begin(system()) as work:
            credentials = await register_api_client(RegisterApiClient("shared-care-record", may_read=True), work)
        api = FhirApi(team, http, credentials)
        await api.sign_in()
        yield api


def valid(resource: dict[str, Any]) -> dict[str, Any]:
    """The same, if FHIR R4 allows it."""
    kind = resource["resourceType"]
    getattr(import_module(f"fhir.resources.R4B.{kind.lower()}"), kind).model_validate(resource)
    return resource


async def bundle(reader: FhirApi, address: str) -> list[dict[str, Any]]:
    answer = await reader.get(address)
    assert answer.status_code == 200, answer.text
    return [entry["resource"] for entry in valid(answer.json()).get("entry", [])]


async def a_full_record(team: ATeam) -> dict[str, UUID]:
    """The people of one family with a session, a questionnaire, a goal and a plan."""
    family_id = (await team.accepts()).family_id
    async with team.engine.begin() as connection:
        for statement in (ONE_CONTACT, ONE_SCORE, _GOAL, _PLAN):
            await connection.execute(text(statement))
    return {**await people_of(team, family_id), "family": family_id}


async def test_all_of_a_persons_record_is_valid_and_can_be_read_again_by_its_id(team: ATeam, reader: FhirApi) -> None:
    people = await a_full_record(team)
    found: dict[str, int] = {}

    for kind in SharedKind:
        for name in ("Shannon Example", "Leonie Example"):
            for one in await bundle(reader, f"/fhir/{kind.value}?patient=Patient/{people[name]}"):
                again = (await reader.get(f"/fhir/{kind.value}/{one['id']}")).json()
                assert valid(again) == one
                found[kind.value] = found.get(kind.value, 0) + 1

    assert found == {
        "Patient": 2,
        "RelatedPerson": 2,
        "ServiceRequest": 1,
        "EpisodeOfCare": 1,
        "Encounter": 1,
        "Goal": 1,
        "CarePlan": 1,
        "QuestionnaireResponse": 1,
        "Observation": 1,
    }


async def test_a_baby_and_a_carer_are_patients_who_lead_to_one_another(team: ATeam, reader: FhirApi) -> None:
    people = await a_full_record(team)

    baby = (await reader.get(f"/fhir/Patient/{people['Shannon Example']}")).json()
    carer = (await reader.get(f"/fhir/Patient/{people['Leonie Example']}")).json()
    related = (await reader.get(f"/fhir/{carer['link'][0]['other']['reference']}")).json()

    assert (baby["name"], baby["birthDate"]) == ([{"text": "Shannon Example"}], "2025-10-20")
    assert baby["identifier"][0]["value"] == "9990000018"
    assert related["patient"] == {"reference": f"Patient/{people['Shannon Example']}"}


async def test_an_unborn_baby_is_no_patient(team: ATeam, reader: FhirApi) -> None:
    family_id = (await team.accepts(request={"subject": Unborn(TODAY), "nhs_number": None})).family_id
    people = await people_of(team, family_id)

    unborn = await reader.get(f"/fhir/Patient/{people['']}")
    carer = await reader.get(f"/fhir/Patient/{people['Leonie Example']}")
    requests = await bundle(reader, f"/fhir/ServiceRequest?patient={people['Leonie Example']}")

    assert (unborn.status_code, carer.status_code) == (404, 200)
    assert await bundle(reader, f"/fhir/RelatedPerson?patient={people['']}") == []
    assert "link" not in carer.json()
    assert [one["subject"]["reference"] for one in requests] == [f"Patient/{people['Leonie Example']}"]


async def test_a_restricted_family_is_refused_and_passed_over(team: ATeam, reader: FhirApi) -> None:
    """Of each kind that the application's own routes can read."""
    people = await a_full_record(team)
    searches = {
        kind.value: [f"/fhir/{kind.value}?patient={people[name]}" for name in ("Shannon Example", "Leonie Example")]
        for kind in SharedKind
    }
    found = {kind: [one for search in all_ for one in await bundle(reader, search)] for kind, all_ in searches.items()}
    await restrict(team, people["family"])

    reads = [one.path for one in every_route(create_app(team)) if one.path.startswith("/fhir/") and "{" in one.path]
    for path in reads:
        kind = path.split("/")[2]
        answer = await reader.get(f"/fhir/{kind}/{found[kind][0]['id']}")

        assert (answer.status_code, valid(answer.json())["issue"][0]["code"]) == (403, "forbidden")
        assert "Shannon" not in answer.text
        assert (await team.audited())[-1] == ("family.refused", people["family"])
        for search in searches[kind]:
            assert await bundle(reader, search) == []
    assert len(reads) == len(SharedKind)


async def test_an_nhs_number_is_searched_for_in_a_body_and_stands_in_no_link(team: ATeam, reader: FhirApi) -> None:
    await a_full_record(team)
    identifier = "https://fhir.nhs.uk/Id/nhs-number|999 000 0018"
    headers = {"authorization": f"Bearer {reader.token}"}

    in_address = await reader.http.get("/fhir/Patient", params={"identifier": identifier}, headers=headers)
    in_body = await reader.http.post("/fhir/Patient/_search", data={"identifier": identifier}, headers=headers)

    assert (in_address.status_code, valid(in_address.json())["resourceType"]) == (400, "OperationOutcome")
    assert valid(in_body.json())["total"] == 1
    assert "999" not in str(in_body.json()["link"])


async def test_a_referral_is_found_by_its_reference(team: ATeam, reader: FhirApi) -> None:
    await a_full_record(team)

    (one,) = await bundle(
        reader, "/fhir/ServiceRequest?identifier=https://pairs.uk/fhir/Id/referral-reference|TEA-2026-000001"
    )

    assert (one["status"], one["identifier"][0]["value"]) == ("active", "TEA-2026-000001")


async def test_a_long_answer_comes_in_pages(team: ATeam, reader: FhirApi) -> None:
    people = await a_full_record(team)
    async with team.engine.begin() as connection:
        for _ in range(4):
            await connection.execute(text(ONE_CONTACT))
    address = f"/fhir/Encounter?patient={people['Shannon Example']}&_count=2"
    seen: list[str] = []
    page: dict[str, Any] = {}

    while address:
        page = valid((await reader.get(address)).json())
        seen += [entry["resource"]["id"] for entry in page["entry"]]
        links = {link["relation"]: link["url"] for link in page["link"]}
        address = links.get("next", "").removeprefix(PUBLIC_URL)

    assert (page["total"], len(seen), len(set(seen))) == (5, 5, 5)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/fhir/Patient", 400),
        ("/fhir/Patient?name=Shannon", 400),
        ("/fhir/Patient?patient=me", 400),
        ("/fhir/Patient?patient=Patient/1&patient=Patient/2", 400),
        ("/fhir/Encounter?patient=01a20bef-783d-7bae-b2b7-bc3e39888fe6&_count=many", 400),
        ("/fhir/Encounter?identifier=a|b", 400),
        ("/fhir/Patient/01a20bef-783d-7bae-b2b7-bc3e39888fe6", 404),
        ("/fhir/Patient/%27%3B--", 404),
        ("/fhir/Device/1", 404),
    ],
)
async def test_a_wrong_question_is_answered_with_an_outcome(reader: FhirApi, address: str, status: int) -> None:
    answer = await reader.get(address)

    assert (answer.status_code, valid(answer.json())["resourceType"]) == (status, "OperationOutcome")


async def test_a_client_that_only_sends_reads_nothing(team: ATeam, fhir: FhirApi) -> None:
    people = await a_full_record(team)

    for kind in SharedKind:
        assert (await fhir.get(f"/fhir/{kind.value}?patient={people['Shannon Example']}")).status_code == 403
    assert (await fhir.get(f"/fhir/Patient/{people['Shannon Example']}")).status_code == 403


async def test_who_read_what_is_in_the_audit_trail(team: ATeam, reader: FhirApi) -> None:
    people = await a_full_record(team)

    await reader.get(f"/fhir/Patient/{people['Shannon Example']}")
    await bundle(reader, f"/fhir/Goal?patient={people['Leonie Example']}")

    async with team.engine.connect() as connection:
        rows = await connection.execute(
            text("SELECT actor, action, subject FROM audit WHERE action LIKE 'fhir.%' ORDER BY number")
        )
        assert [tuple(row) for row in rows] == [
            (reader.credentials.client_id, "fhir.read", people["family"]),
            (reader.credentials.client_id, "fhir.search", people["Leonie Example"]),
        ]


async def test_without_a_token_nothing_is_read(team: ATeam, reader: FhirApi) -> None:
    await register(team)

    answer = await reader.http.get("/fhir/Patient/1")

    assert (answer.status_code, valid(answer.json())["issue"][0]["code"]) == (401, "login")


async def test_the_capability_statement_says_what_can_be_read(reader: FhirApi) -> None:
    statement = valid((await reader.get("/fhir/metadata")).json())

    assert {one["type"] for one in statement["rest"][0]["resource"]} == {kind.value for kind in SharedKind}


_GOAL = """
INSERT INTO goal (id, version, episode_id, words, person_id, set_on)
SELECT gen_random_uuid(), 1, episode.id, 'To enjoy bath time', member.person_id, '2026-03-02'
FROM episode JOIN family_member member ON member.family_id = episode.family_id AND member.number = 2
"""

_PLAN = """
INSERT INTO plan (episode_id, number, agreed_on, agreed_with, preference, recorded_by, recorded_at)
SELECT id, 1, '2026-03-02', 'Leonie', 'At home', gen_random_uuid(), now() FROM episode
"""


async def test_the_format_may_be_asked_for_in_the_address(team: ATeam, reader: FhirApi) -> None:
    """HealthIntersections/FHIRsmith/issues/85: `_format` is of every FHIR API."""
    people = await a_full_record(team)
    address = f"/fhir/Encounter?patient={people['Shannon Example']}"

    answers = [await reader.get(f"{address}&_format={kind}") for kind in ("json", "application/fhir%2Bjson", "xml")]

    assert [answer.status_code for answer in answers] == [200, 200, 400]
