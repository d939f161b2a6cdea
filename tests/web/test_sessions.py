from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select
from starlette.requests import Request
from starlette.responses import Response

from shared.contracts.vocabulary import Role
from shared.web.sessions import cookie_name
from shared.web.sign_in import sign_in_of
from shared.web.sign_in_pages import sign_in_pages
from shared.web.tables import web_session
from tests.web.sample import LEAD, PRACTITIONER, SimulatedClock, create_sample, settings

COOKIE = "pairs-blackpool-8000"


async def is_signed_in(client: httpx.AsyncClient) -> bool:
    return (await client.get("/family")).status_code == 200


async def sessions_kept(app: FastAPI) -> int:
    async with app.state.engine.connect() as connection:
        return (await connection.execute(select(func.count()).select_from(web_session))).scalar_one()


async def test_a_person_who_signs_in_comes_back_to_the_page_they_wanted(client: httpx.AsyncClient) -> None:
    sent_away = await client.get("/family?filter=mine&page=2")
    sign_in = await client.get(sent_away.headers["location"])
    came_back = await client.post("/sign-in", data={"person": str(LEAD.id), "next": "/family?filter=mine&page=2"})

    assert sent_away.status_code == 303
    assert 'value="/family?filter=mine&amp;page=2"' in sign_in.text
    assert "Sign in as Team lead" in sign_in.text
    assert came_back.headers["location"] == "/family?filter=mine&page=2"
    assert await is_signed_in(client)


async def test_the_cookie_cannot_be_read_by_scripts_or_sent_by_other_sites(client: httpx.AsyncClient) -> None:
    answer = await client.post("/sign-in", data={"person": str(LEAD.id)})

    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    assert "Domain" not in cookie


def test_over_https_the_cookie_is_tied_to_its_host() -> None:
    secure = settings(public_url="https://blackpool.pairs.example", sign_in="none")

    assert cookie_name(secure) == "__Host-pairs-blackpool"
    assert cookie_name(settings(team=None)) == "pairs-region-8000"


def test_services_on_one_machine_do_not_sign_each_other_out() -> None:
    assert cookie_name(settings(port=8000)) != cookie_name(settings(port=8010))


async def test_the_database_has_no_token_that_would_open_a_session(sample: FastAPI, lead: httpx.AsyncClient) -> None:
    async with sample.state.engine.connect() as connection:
        row = (await connection.execute(select(web_session))).one()

    token = lead.cookies[COOKIE]
    assert token.encode() not in row.token_hash
    assert token not in row.csrf_token
    assert len(token) >= 43


async def test_a_session_ends_half_an_hour_after_it_was_last_used(
    lead: httpx.AsyncClient, clock: SimulatedClock
) -> None:
    for _ in range(3):
        clock.pass_time(minutes=29)
        assert await is_signed_in(lead)

    clock.pass_time(minutes=30)

    assert not await is_signed_in(lead)


async def test_a_session_ends_after_twelve_hours_however_much_it_is_used(
    lead: httpx.AsyncClient, clock: SimulatedClock
) -> None:
    for _ in range(35):
        clock.pass_time(minutes=20)
        assert await is_signed_in(lead)

    clock.pass_time(minutes=20)

    assert not await is_signed_in(lead)


async def test_signing_in_again_gives_a_new_session_and_ends_the_old_one(
    sample: FastAPI, lead: httpx.AsyncClient, client_of: Callable[..., httpx.AsyncClient]
) -> None:
    old = lead.cookies[COOKIE]
    await lead.post("/sign-in", data={"person": str(PRACTITIONER.id)})

    assert lead.cookies[COOKIE] != old
    async with client_of(sample) as thief:
        thief.cookies.set(COOKIE, old)
        assert not await is_signed_in(thief)


@pytest.mark.parametrize(("roles", "goes_on"), [({Role.PRACTITIONER}, False), (LEAD.roles, True)])
async def test_who_signs_in_elsewhere_with_other_roles_keeps_no_session_with_those_they_had(
    sample: FastAPI, lead: httpx.AsyncClient, roles: frozenset[Role], goes_on: bool
) -> None:
    elsewhere = Request({"type": "http", "headers": []})

    await sample.state.sessions.start(elsewhere, Response(), replace(LEAD, roles=frozenset(roles)))

    assert await is_signed_in(lead) == goes_on


async def test_signing_out_ends_the_session_and_empties_the_browser(
    sample: FastAPI, lead: httpx.AsyncClient, csrf: str, client_of: Callable[..., httpx.AsyncClient]
) -> None:
    old = lead.cookies[COOKIE]

    answer = await lead.post("/sign-out", data={"csrf_token": csrf})

    assert answer.headers["location"] == "/signed-out"
    assert "You are signed out" in (await lead.get("/signed-out")).text
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert COOKIE not in lead.cookies
    async with client_of(sample) as thief:
        thief.cookies.set(COOKIE, old)
        assert not await is_signed_in(thief)


async def test_signing_out_needs_the_token_of_the_page(lead: httpx.AsyncClient) -> None:
    assert (await lead.post("/sign-out")).status_code == 403
    assert await is_signed_in(lead)


@pytest.mark.usefixtures("lead")
async def test_sessions_that_ended_long_ago_are_swept_at_the_next_sign_in(
    sample: FastAPI, clock: SimulatedClock, client_of: Callable[..., httpx.AsyncClient]
) -> None:
    """Until then it is known whose page it was that comes late."""
    clock.pass_time(hours=1)
    async with client_of(sample) as other:
        await other.post("/sign-in", data={"person": str(LEAD.id)})
        kept = await sessions_kept(sample)
        clock.pass_time(hours=14 * 24)
        await other.post("/sign-in", data={"person": str(LEAD.id)})

    assert kept == 2
    assert await sessions_kept(sample) == 1


async def test_another_role_may_not_and_a_link_to_it_is_not_shown(client: httpx.AsyncClient) -> None:
    await client.post("/sign-in", data={"person": str(PRACTITIONER.id)})

    refused = await client.get("/family")

    assert refused.status_code == 403
    assert "ask your team lead" in refused.text
    assert "Practitioner" in refused.text
    assert ">Families<" not in refused.text


async def test_a_signed_in_person_sees_their_name_their_links_and_a_way_out(lead: httpx.AsyncClient) -> None:
    page = (await lead.get("/")).text

    assert "Team lead" in page
    assert "Sign out" in page
    assert "Families" in page


async def test_where_no_provider_is_named_nobody_signs_in_and_the_page_says_why(
    sample: FastAPI, clock: SimulatedClock, client_of: Callable[..., httpx.AsyncClient]
) -> None:
    changes = {"sign_in": "none", "public_url": "https://blackpool.pairs.example"}
    signs_in = sign_in_pages(sign_in_of(settings(**changes), frozenset(Role)))
    app = create_sample(sample.state.engine, clock, signs_in=signs_in, **changes)
    async with client_of(app, "https://blackpool.pairs.example") as client:
        page = await client.get("/sign-in")
        others = [await client.get(f"/sign-in/{path}") for path in ("begin", "answer?code=x&state=y")]

    assert [answer.status_code for answer in (page, *others)] == [503, 503, 503]
    assert "PAIRS_SIGN_IN" in page.text
    assert "Invented data" not in page.text
    assert page.headers["strict-transport-security"].startswith("max-age=63072000")
    assert "upgrade-insecure-requests" in page.headers["content-security-policy"]
