"""The catalogue of what a sender can get wrong, each with the status, the issue and the place that it is told."""

from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from shared.database.migrations import upgrade
from shared.kernel.identifiers import new_id
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import drop_database
from shared.tenancy.names import database_name
from shared.tenancy.provisioning import provision_service
from shared.tenancy.secret_folder import SecretFolder
from tests.referral.a_team import ATeam
from tests.referral.web.fhir_api import PROCESS, PUBLIC_URL, SERVICE_REQUEST, FhirApi, create_app, example, register
from tests.referral.web.fhir_catalogue import BABY, CATALOGUE, PLAIN, TYPED, Wrong


@pytest.fixture(scope="module")
async def one_fhir(servers: AdminUrls, service_secrets: SecretFolder) -> AsyncIterator[FhirApi]:
    """One database for the whole catalogue: nothing of it is ever stored."""
    slug = f"team-{new_id().hex[-8:]}"
    access = await provision_service(servers, slug, "referral", service_secrets)
    database = database_name(slug, "referral")
    await upgrade(servers.postgres, "referral", database)
    engine = create_async_engine(access.database_url.replace("postgresql://", "postgresql+asyncpg://", 1))
    team = ATeam(slug, engine)
    transport = httpx.ASGITransport(create_app(team), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as http:
        api = FhirApi(team, http, await register(team))
        await api.sign_in()
        yield api
    await engine.dispose()
    await drop_database(servers.postgres, database)


@pytest.mark.parametrize("wrong", CATALOGUE, ids=lambda wrong: wrong.name)
async def test_a_wrong_message_is_told_what_to_do_and_nothing_is_stored(one_fhir: FhirApi, wrong: Wrong) -> None:
    path = SERVICE_REQUEST if wrong.of == PLAIN else PROCESS

    answer = await one_fhir.send(wrong.spoil(example(wrong.of)), path, **wrong.headers)

    outcome = answer.json()
    (issue,) = outcome["issue"]
    assert (answer.status_code, outcome["resourceType"], issue["severity"]) == (
        wrong.status,
        "OperationOutcome",
        "error",
    )
    assert (issue["code"], issue.get("expression")) == (wrong.issue, [wrong.path] if wrong.path else None)
    assert issue["diagnostics"].endswith(".")
    assert TYPED not in answer.text
    assert await one_fhir.rows() == (0, 0, 0)


async def test_a_body_without_a_length_is_stopped_where_it_is_too_large(one_fhir: FhirApi) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b" " * 512 * 1024

    headers = {"content-type": "application/fhir+json", "authorization": f"Bearer {one_fhir.token}"}
    answer = await one_fhir.http.post(PROCESS, content=endless(), headers=headers)

    assert (answer.status_code, answer.json()["issue"][0]["code"]) == (413, "too-long")


@pytest.mark.parametrize(
    ("method", "path", "status", "issue"),
    [
        ("GET", "/fhir/nowhere", 404, "not-found"),
        ("GET", "/fhir/ServiceRequest/1", 404, "not-found"),
        ("GET", "/fhir/ServiceRequest/..%2f..%00", 404, "not-found"),
        ("GET", PROCESS, 405, "not-supported"),
        ("PUT", SERVICE_REQUEST, 405, "not-supported"),
        ("DELETE", f"{SERVICE_REQUEST}/01a20c12-ec7d-7c24-969d-fe675f15bdb1", 405, "not-supported"),
        ("TRACE", PROCESS, 405, "not-supported"),
    ],
)
async def test_an_address_or_method_that_is_not_there_is_told_as_an_outcome_too(
    one_fhir: FhirApi, method: str, path: str, status: int, issue: str
) -> None:
    answer = await one_fhir.http.request(method, path, headers={"authorization": f"Bearer {one_fhir.token}"})

    assert (answer.status_code, answer.json()["resourceType"]) == (status, "OperationOutcome")
    assert answer.json()["issue"][0]["code"] == issue


async def test_when_the_database_is_away_the_sender_is_asked_to_try_again(one_fhir: FhirApi) -> None:
    away = create_async_engine("postgresql+asyncpg://nobody@127.0.0.1:9/nothing")

    assert_to_be_tried_again(await sent_by(away, one_fhir))


async def test_when_somebody_else_holds_what_a_referral_needs_the_sender_is_asked_to_try_again(
    one_fhir: FhirApi,
) -> None:
    url = one_fhir.team.engine.url
    impatient = create_async_engine(url, connect_args={"server_settings": {"lock_timeout": "100"}})
    async with one_fhir.team.engine.begin() as other:
        await other.execute(text("LOCK TABLE referral"))
        answer = await sent_by(impatient, one_fhir)

    assert_to_be_tried_again(answer)
    assert await one_fhir.rows() == (0, 0, 0)


async def sent_by(engine: AsyncEngine, fhir: FhirApi) -> httpx.Response:
    """What a referral is answered by an API that uses this engine."""
    transport = httpx.ASGITransport(create_app(ATeam(fhir.team.slug, engine)), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as http:
        answer = await FhirApi(fhir.team, http, fhir.credentials, fhir.token).send(example(BABY))
    await engine.dispose()
    return answer


def assert_to_be_tried_again(answer: httpx.Response) -> None:
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    issue = answer.json()["issue"][0]
    assert (issue["code"], issue["details"]["coding"][0]["code"]) == ("transient", "REC_UNAVAILABLE")
    assert "Nothing was saved" in issue["diagnostics"]
