from collections.abc import Callable

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from sqlalchemy.ext.asyncio import create_async_engine

from shared.web.app import create_web
from tests.web.sample import SimulatedClock, create_sample

REFUSALS = [("rule", 422), ("role", 403), ("absent", 404), ("changed", 409)]


@pytest.mark.parametrize(("kind", "status"), REFUSALS)
async def test_a_refusal_is_a_page_with_its_sentence_and_a_way_back(
    client: httpx.AsyncClient, kind: str, status: int
) -> None:
    answer = await client.get(f"/refused/{kind}", headers={"Accept": "text/html"})

    assert answer.status_code == status
    assert "A sentence that says what to do next." in answer.text
    assert '<a href="/">' in answer.text
    assert answer.headers["content-security-policy"]


@pytest.mark.parametrize(("kind", "status"), REFUSALS)
async def test_a_program_gets_the_refusal_as_problem_json(client: httpx.AsyncClient, kind: str, status: int) -> None:
    answer = await client.get(f"/refused/{kind}", headers={"Accept": "application/json"})

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["status"], problem["code"]) == (status, "sample_code")
    assert problem["detail"] == "A sentence that says what to do next."


async def test_an_api_with_a_form_of_its_own_answers_in_that_form(client: httpx.AsyncClient) -> None:
    answer = await client.post("/fhir/thing", content="[" * 100, headers={"Content-Type": "application/fhir+json"})

    assert answer.status_code == 400
    assert answer.json()["resourceType"] == "OperationOutcome"


async def test_a_failure_tells_a_reference_and_nothing_of_what_failed(
    client: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    for accepted in ("text/html", "application/json"):
        answer = await client.get("/api/broken", headers={"Accept": accepted})

        assert answer.status_code == 500
        assert "Leonie" not in answer.text
        assert "RuntimeError" not in answer.text
        assert answer.headers["x-frame-options"] == "DENY"
    logged = capsys.readouterr().out
    assert answer.json()["reference"] in logged
    assert "builtins.RuntimeError" in logged
    assert "Leonie" not in logged


async def test_a_database_that_cannot_be_reached_is_said_to_be_away_for_a_while(
    clock: SimulatedClock, client_of: Callable[..., httpx.AsyncClient]
) -> None:
    engine = create_async_engine("postgresql+asyncpg://nobody:none@127.0.0.1:9/nothing")
    async with client_of(create_sample(engine, clock)) as client:
        client.cookies.set("pairs-blackpool-8000", "anything")
        answer = await client.get("/")

    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "60"
    assert "Nothing was saved" in answer.text


@pytest.mark.parametrize(
    "body",
    ['{"count": "Leonie"}', '{"count": NaN}', '{"count": 1, "share": NaN}', "[" * 5000, '{"count": 1, "Leonie": 2'],
)
async def test_what_was_sent_wrongly_is_never_repeated_and_never_a_failure(
    client: httpx.AsyncClient, body: str
) -> None:
    answer = await client.post(
        "/api/amount", content=body, headers={"Content-Type": "application/json", "Accept": "application/json"}
    )

    assert answer.status_code in {400, 422}
    assert "Leonie" not in answer.text
    assert "NaN" not in answer.text


async def test_a_wrong_id_in_an_address_is_a_page_that_is_not_there(lead: httpx.AsyncClient) -> None:
    assert (await lead.get("/family/not-an-id")).status_code == 404


async def test_a_wrong_field_is_named_when_it_is_one_of_ours(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/amount", json={"count": "many"}, headers={"Accept": "application/json"})

    assert answer.json()["field"] == "count"


def test_a_route_that_does_not_say_who_may_use_it_stops_the_service(sample: FastAPI) -> None:
    router = APIRouter()

    @router.get("/forgotten")
    async def forgotten() -> str:
        return "anyone"

    with pytest.raises(TypeError, match="/forgotten"):
        create_web(
            sample.state.settings,
            title="Sample",
            routers=[router],
            templates=[],
            engine=sample.state.engine,
            clock=sample.state.clock,
        )
