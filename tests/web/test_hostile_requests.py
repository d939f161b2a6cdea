"""The lines 44 to 70 of the catalogue of bad input, as far as they are about HTTP and not about one form."""

import asyncio
from collections.abc import AsyncIterator, Callable
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from tests.web.conftest import csrf_in
from tests.web.sample import LEAD, SimulatedClock, create_sample

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/fhir+json"}


async def in_pieces(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 1024):
        yield b"a" * 1024


@pytest.mark.parametrize(
    ("method", "path", "status", "options"),
    [
        pytest.param("POST", "/refer", 413, {"content": b"a" * 10_000_000, "headers": FORM}, id="44-ten-megabytes"),
        pytest.param("POST", "/refer", 413, {"content": b"a" * 65_537, "headers": FORM}, id="44-a-byte-over-64-KiB"),
        pytest.param(
            "POST", "/fhir/thing", 413, {"content": b" " * 1_048_577, "headers": JSON}, id="44-a-byte-over-1-MiB"
        ),
        pytest.param(
            "POST", "/fhir/thing", 200, {"content": b"{}" + b" " * 200_000, "headers": JSON}, id="an-api-may-have-more"
        ),
        pytest.param("POST", "/refer", 413, {"content": lambda: in_pieces(80_000), "headers": FORM}, id="45-no-length"),
        pytest.param(
            "POST",
            "/refer",
            415,
            {"content": b"x", "headers": {**FORM, "Content-Encoding": "gzip"}},
            id="46-compressed",
        ),
        pytest.param(
            "POST",
            "/refer",
            415,
            {"content": b"{}", "headers": {"Content-Type": "application/json"}},
            id="47-json-for-a-form",
        ),
        pytest.param("POST", "/refer", 415, {"files": {"name": b"x"}}, id="47-multipart"),
        pytest.param(
            "POST",
            "/fhir/thing",
            415,
            {"content": b"{}", "headers": {"Content-Type": "text/plain"}},
            id="47-text-for-json",
        ),
        pytest.param("POST", "/refer", 400, {"content": b"name=%ff%fe", "headers": FORM}, id="48-form-not-utf-8"),
        pytest.param("POST", "/refer", 400, {"content": b"name=\xff", "headers": FORM}, id="48-form-raw-bytes"),
        pytest.param("POST", "/fhir/thing", 400, {"content": b'"\xff"', "headers": JSON}, id="48-json-not-utf-8"),
        pytest.param(
            "POST", "/fhir/thing", 422, {"content": b'{"a": 1, "a": 2}', "headers": JSON}, id="49-a-name-twice"
        ),
        pytest.param("POST", "/fhir/thing", 400, {"content": b"[" * 21 + b"]" * 21, "headers": JSON}, id="50-too-deep"),
        pytest.param(
            "POST",
            "/fhir/thing",
            200,
            {"content": b'{"a": "[[[[[[[[[[[[[[[[[[[[[[\\""}', "headers": JSON},
            id="50-brackets-in-text",
        ),
        pytest.param("POST", "/fhir/thing", 422, {"content": b'{"a": NaN}', "headers": JSON}, id="51-nan"),
        pytest.param("POST", "/fhir/thing", 422, {"content": b'{"a": -Infinity}', "headers": JSON}, id="51-infinity"),
        pytest.param(
            "POST", "/fhir/thing", 422, {"content": b"[" + b"9" * 5000 + b"]", "headers": JSON}, id="52-5000-digits"
        ),
        *(
            pytest.param("POST", "/fhir/thing", 422, {"content": odd.encode(), "headers": JSON}, id=f"52-{odd[:30]}")
            for odd in (
                "[1e99999999999999999999]",
                "[-1e-99999999999999999999]",
                "[1e1001]",
                f"[0.{'1' * 5000}]",
                '["\\ud800"]',
                '{"\\udc00": 1}',
            )
        ),
        pytest.param("POST", "/fhir/thing", 200, {"content": b'["\\ud83d\\ude42"]', "headers": JSON}, id="52-a-smile"),
        pytest.param(
            "POST",
            "/refer",
            413,
            {"content": b"x", "headers": {**FORM, "Content-Length": "9" * 5000}},
            id="53-a-length-of-5000-digits",
        ),
        pytest.param("GET", "/static/../shared/web/app.py", 404, {}, id="54-dots"),
        pytest.param("GET", "/static/x/%2e%2e/%2e%2e/app.py", 404, {}, id="54-hidden-dots"),
        pytest.param("GET", "/static/x/README.md", 404, {}, id="54-a-file-that-is-not-served"),
        pytest.param("GET", "/%00", 404, {}, id="54-nul"),
        pytest.param("GET", "/family/%00", 303, {}, id="54-nul-in-a-place-for-an-id"),
        pytest.param("GET", "/", 400, {"headers": {"Host": "evil.example"}}, id="55-another-host"),
        pytest.param("TRACE", "/", 405, {}, id="57-trace"),
        pytest.param("DELETE", "/", 405, {}, id="57-delete"),
        pytest.param("POST", "/", 405, {"headers": {"X-HTTP-Method-Override": "GET"}}, id="57-override"),
        pytest.param("POST", "/refer", 403, {"headers": {"Sec-Fetch-Site": "cross-site"}}, id="58-from-another-site"),
        pytest.param("POST", "/refer", 403, {"headers": {"Sec-Fetch-Site": "same-site"}}, id="58-from-a-sister-site"),
        pytest.param(
            "POST", "/refer", 403, {"headers": {"Origin": "https://evil.example"}}, id="58-from-another-origin"
        ),
        pytest.param("POST", "/refer", 403, {"headers": {"Origin": "null"}}, id="58-from-nowhere"),
        pytest.param("POST", "/refer", 303, {"headers": {"Origin": "http://127.0.0.1:8000"}}, id="58-from-here"),
        pytest.param("GET", "/", 431, {"headers": {"X-Long": "a" * 40_000}}, id="68-long-header"),
        pytest.param("POST", "/refer", 422, {"content": b"a=1&" * 1000, "headers": FORM}, id="a-thousand-fields"),
    ],
)
async def test_a_hostile_request_gets_a_plain_answer(
    client: httpx.AsyncClient, method: str, path: str, status: int, options: dict[str, object]
) -> None:
    content = options.get("content")
    if callable(content):
        options = {**options, "content": content()}

    answer = await client.request(method, path, **options)  # type: ignore[arg-type]

    assert answer.status_code == status
    assert "Traceback" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("token", [None, "", "0" * 43, "Æ"])
async def test_58_a_change_without_the_sessions_token_is_refused_and_the_person_stays_signed_in(
    lead: httpx.AsyncClient, token: str | None
) -> None:
    fields = {"name": "Ada"} if token is None else {"name": "Ada", "csrf_token": token}

    refused = await lead.post("/family", data=fields)

    assert refused.status_code == 403
    assert "Go back, reload it, try again" in refused.text
    assert (await lead.get("/family")).status_code == 200


async def test_58_the_token_of_another_session_is_refused(
    sample: FastAPI, lead: httpx.AsyncClient, client_of: Callable[..., httpx.AsyncClient]
) -> None:
    async with client_of(sample) as other:
        await other.post("/sign-in", data={"person": str(LEAD.id)})
        others_token = csrf_in((await other.get("/family")).text)

    assert (await lead.post("/family", data={"csrf_token": others_token})).status_code == 403


async def test_58_the_token_of_the_session_before_is_refused_after_a_new_sign_in(
    lead: httpx.AsyncClient, csrf: str
) -> None:
    await lead.post("/sign-in", data={"person": str(LEAD.id)})

    assert (await lead.post("/family", data={"csrf_token": csrf})).status_code == 403


async def test_58_a_token_given_twice_is_refused(lead: httpx.AsyncClient, csrf: str) -> None:
    assert (await lead.post("/family", data={"csrf_token": [csrf, csrf]})).status_code == 403


async def test_63_a_session_of_one_team_does_not_open_another(
    sample: FastAPI, lead: httpx.AsyncClient, clock: SimulatedClock, client_of: Callable[..., httpx.AsyncClient]
) -> None:
    cookie = lead.cookies["pairs-blackpool-8000"]
    other_team = create_sample(sample.state.engine, clock, team="lancaster")

    async with client_of(other_team) as other:
        other.cookies.set("pairs-lancaster-8000", "x" + cookie)
        other.cookies.set("pairs-blackpool-8000", cookie)
        answer = await other.get("/family")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/family"


@pytest.mark.parametrize("edited", ["{}x", "", "eyJhbGciOiJub25lIn0.e30.", "' OR 1=1--"])
async def test_64_an_edited_cookie_opens_nothing(lead: httpx.AsyncClient, edited: str) -> None:
    cookie = edited.format(lead.cookies["pairs-blackpool-8000"])
    lead.cookies.set("pairs-blackpool-8000", cookie, domain="127.0.0.1", path="/")

    answer = await lead.get("/family")

    assert answer.headers["location"] == "/sign-in?next=/family"


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\nevil",
        "evil",
        "///evil.example",
        "",
        "/sign-in",
    ],
)
async def test_65_sign_in_leads_nowhere_else(client: httpx.AsyncClient, address: str) -> None:
    answer = await client.post("/sign-in", data={"person": str(LEAD.id), "next": address})

    assert answer.status_code == 303
    assert answer.headers["location"] == "/"


async def test_56_and_70_too_many_requests_are_told_when_to_come_back_whatever_address_they_claim(
    client: httpx.AsyncClient, clock: SimulatedClock
) -> None:
    statuses = [
        (await client.post("/refer", headers={"X-Forwarded-For": f"192.0.2.{number}"})).status_code
        for number in range(6)
    ]

    assert statuses == [303] * 5 + [429]
    refused = await client.post("/refer")
    assert refused.headers["retry-after"] == "60"
    assert "Try again in 1 minute" in refused.text
    clock.pass_time(minutes=1)
    assert (await client.post("/refer")).status_code == 303


async def test_62_a_record_of_nobody_is_not_found(lead: httpx.AsyncClient) -> None:
    assert (await lead.get(f"/family/{UUID(int=7)}")).status_code == 404


async def test_66_and_67_half_and_double_requests_do_not_hold_or_confuse_the_server(
    running: tuple[FastAPI, str],
) -> None:
    host, port = running[1].removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = f"POST /refer HTTP/1.1\r\nHost: {host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
    writer.write(f"{head}0\r\n\r\nGET / HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    await writer.drain()

    answers = await asyncio.wait_for(reader.read(), 5)

    assert answers.startswith(b"HTTP/1.1 400")
    assert answers.count(b"HTTP/1.1 ") == 1, "what follows belongs to nobody, and the connection is closed"
    writer.close()


async def test_a_client_that_hangs_up_is_no_failure_of_ours(
    running: tuple[FastAPI, str], capsys: pytest.CaptureFixture[str]
) -> None:
    host, port = running[1].removeprefix("http://").split(":")
    _, writer = await asyncio.open_connection(host, int(port))
    form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000"
    writer.write(f"POST /refer HTTP/1.1\r\nHost: {host}\r\n{form}\r\n\r\nname=".encode())
    await writer.drain()
    await asyncio.sleep(0.2)
    writer.close()

    logged = ""
    async with asyncio.timeout(5):
        while '"route": "/refer"' not in logged:
            logged += capsys.readouterr().out
            await asyncio.sleep(0.05)
    assert "client_hung_up" in logged
    assert '"level": "error"' not in logged
