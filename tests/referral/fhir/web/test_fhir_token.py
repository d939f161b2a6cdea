from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import func, select

from services.referral.database.tables import api_secret, api_token
from services.referral.fhir.commands.revoke_api_client import RevokeApiClient, revoke_api_client
from services.referral.fhir.web.token import RATE
from shared.kernel.actor import system
from tests.referral.a_team import ATeam
from tests.referral.web.fhir_api import PUBLIC_URL, FhirApi, create_app, example, register


@pytest.fixture
async def other_fhir(other_team: ATeam) -> AsyncIterator[FhirApi]:
    transport = httpx.ASGITransport(create_app(other_team), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as http:
        yield FhirApi(other_team, http, await register(other_team))


async def test_a_client_gets_a_token_by_basic_authentication_or_by_the_form(fhir: FhirApi) -> None:
    by_header = await fhir.ask_token()
    by_form = await fhir.http.post(
        "/oauth2/token",
        data={
            "grant_type": "client_credentials",
            "client_id": str(fhir.credentials.client_id),
            "client_secret": fhir.credentials.secret,
        },
    )

    for answer in (by_header, by_form):
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert answer.json().keys() == {"access_token", "token_type", "expires_in"}
        assert (answer.json()["token_type"], answer.json()["expires_in"]) == ("Bearer", 600)
    assert by_header.json()["access_token"] != by_form.json()["access_token"]


async def test_of_secrets_and_tokens_only_the_hash_is_stored(fhir: FhirApi) -> None:
    async with fhir.team.engine.connect() as connection:
        hashes = [*await connection.scalars(select(api_secret.c.secret_hash))]
        hashes += await connection.scalars(select(api_token.c.token_hash))

    assert [len(value) for value in hashes] == [32, 32]
    assert fhir.credentials.secret.encode() not in hashes
    assert fhir.token.encode() not in hashes


async def test_a_token_ends_after_ten_minutes_and_is_cleared_away(fhir: FhirApi) -> None:
    fhir.team.now += timedelta(minutes=9, seconds=59)
    in_time = await fhir.send(example("baby_message"))
    fhir.team.now += timedelta(seconds=1)
    late = await fhir.send(example("baby_message"))
    await fhir.sign_in()

    assert (in_time.status_code, late.status_code) == (200, 401)
    async with fhir.team.engine.connect() as connection:
        assert await connection.scalar(select(func.count()).select_from(api_token)) == 1


async def test_a_revoked_client_can_do_nothing_at_once(fhir: FhirApi) -> None:
    async with fhir.team.begin(system()) as work:
        await revoke_api_client(RevokeApiClient(fhir.credentials.client_id), work)

    assert (await fhir.send(example("baby_message"))).status_code == 401
    assert (await fhir.ask_token()).status_code == 401
    assert await fhir.rows() == (0, 0, 0)
    async with fhir.team.engine.connect() as connection:
        assert await connection.scalar(select(func.count()).select_from(api_token)) == 0


async def test_credentials_and_tokens_of_one_team_are_worth_nothing_at_another(
    fhir: FhirApi, other_fhir: FhirApi
) -> None:
    other_fhir.credentials, other_fhir.token = fhir.credentials, fhir.token

    assert (await other_fhir.send(example("baby_message"))).status_code == 401
    assert (await other_fhir.ask_token()).status_code == 401


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer wrong", "Basic d3Jvbmc=", "Bearer eyJhbGciOiJub25lIn0.e30.", "Token x"]
)
async def test_without_a_token_that_holds_nothing_is_done(fhir: FhirApi, authorization: str) -> None:
    answer = await fhir.send(example("baby_message"), authorization=authorization)

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith('Bearer realm="fhir"')
    assert answer.json()["issue"][0]["code"] == "login"
    assert await fhir.rows() == (0, 0, 0)


async def test_a_wrong_secret_an_unknown_client_and_nonsense_get_the_same_answer(fhir: FhirApi) -> None:
    client_id, secret = str(fhir.credentials.client_id), fhir.credentials.secret
    pairs = [(client_id, "wrong"), ("00000000-0000-7000-8000-000000000000", secret), ("Leonie", secret), ("", "")]

    answers = [
        await fhir.http.post("/oauth2/token", data={"grant_type": "client_credentials"}, auth=pair) for pair in pairs
    ]

    for header in ("Basic \u00e9", "Basic /w==", "Bearer x"):
        authorization = {"authorization": header.encode("latin-1")}
        body = {"grant_type": "client_credentials"}
        answers.append(await fhir.http.post("/oauth2/token", data=body, headers=authorization))

    assert {answer.status_code for answer in answers} == {401}
    assert {answer.text for answer in answers} == {answers[0].text}
    assert answers[0].json()["error"] == "invalid_client"
    assert answers[0].headers["www-authenticate"] == 'Basic realm="oauth2"'


@pytest.mark.parametrize(
    ("body", "content_type", "status", "error"),
    [
        ("", "application/x-www-form-urlencoded", 400, "invalid_request"),
        ("grant_type=password", "application/x-www-form-urlencoded", 400, "unsupported_grant_type"),
        (
            "grant_type=client_credentials&grant_type=client_credentials",
            "application/x-www-form-urlencoded",
            400,
            "invalid_request",
        ),
        (
            "grant_type=client_credentials&client_secret=also-here",
            "application/x-www-form-urlencoded",
            400,
            "invalid_request",
        ),
        ('{"grant_type": "client_credentials"}', "application/json", 415, "invalid_request"),
        ("grant_type=%ff", "application/x-www-form-urlencoded", 400, "invalid_request"),
    ],
)
async def test_a_wrong_request_for_a_token_is_told_why(
    fhir: FhirApi, body: str, content_type: str, status: int, error: str
) -> None:
    given = (str(fhir.credentials.client_id), fhir.credentials.secret)
    answer = await fhir.http.post("/oauth2/token", content=body, headers={"content-type": content_type}, auth=given)

    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json().keys() == {"error", "error_description"}


async def test_who_asks_too_often_has_to_wait(fhir: FhirApi) -> None:
    answers = [await fhir.ask_token() for _ in range(RATE.per_minute)]

    assert [answer.status_code for answer in answers] == [200] * (RATE.per_minute - 1) + [429]
    assert int(answers[-1].headers["retry-after"]) > 0
    assert answers[-1].json()["error"] == "temporarily_unavailable"
