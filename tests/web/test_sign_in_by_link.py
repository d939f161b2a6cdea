"""While their organisation's provider is down, someone follows a link that an operator made on the machine."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from html import unescape
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.audit.tables import audit
from shared.contracts.vocabulary import Role
from shared.kernel.errors import NotAllowed, NotFound
from shared.kernel.identifiers import new_id
from shared.web.openid.role_mapping import RoleMapping
from shared.web.openid.token import Ended
from shared.web.sessions import Sessions
from shared.web.sign_in import SignIn
from shared.web.sign_in_link import end_links, make_link, open_by_link
from shared.web.sign_in_pages import sign_in_pages
from shared.web.tables import account, web_session
from tests.web.conftest import ADDRESS
from tests.web.lying_provider import CLIENT, ISSUER, SECRET, LyingProvider
from tests.web.sample import SimulatedClock, create_sample, settings

OPENID = {
    "sign_in": "openid",
    "openid_issuer": ISSUER,
    "openid_client_id": CLIENT,
    "openid_client_secret": SECRET,
}
ROLES = frozenset({Role.TEAM_LEAD})


class Team:
    """A service whose provider is down, and one of its people, who signed in yesterday."""

    def __init__(
        self, app: FastAPI, clock: SimulatedClock, browser: httpx.AsyncClient, provider: LyingProvider
    ) -> None:
        self.provider = provider
        self.engine: AsyncEngine = app.state.engine
        self.sessions: Sessions = app.state.sessions
        self.clock, self.browser = clock, browser
        self.person = new_id()

    async def was_signed_in(self, issuer: str = ISSUER) -> None:
        row = {"issuer": issuer, "subject": f"S-{self.person}", "id": self.person, "name": "Jo Lead"}
        times = dict.fromkeys(("first_sign_in_at", "last_sign_in_at"), self.clock())
        async with self.engine.begin() as connection:
            await connection.execute(account.insert().values(**row, **times))

    async def link(self) -> str:
        async with self.engine.begin() as connection:
            return await make_link(connection, self.person, ROLES, self.clock())

    async def follows(self, link: str) -> httpx.Response:
        page = await self.browser.get(link)
        assert page.status_code == 200
        return await self.browser.post("/sign-in/by-link", data={"token": link.partition("=")[2]})

    async def is_in(self) -> bool:
        return (await self.browser.get("/family")).status_code == 200

    async def told(self) -> list[tuple[str, UUID, UUID | None]]:
        query = select(audit.c.action, audit.c.actor, audit.c.subject).where(audit.c.subject == self.person)
        async with self.engine.connect() as connection:
            return [(row.action, row.actor, row.subject) for row in await connection.execute(query)]

    async def open(self) -> int:
        async with self.engine.connect() as connection:
            return await open_by_link(connection, self.clock())


@pytest.fixture
async def team(
    engine: AsyncEngine, clock: SimulatedClock, client_of: Callable[..., httpx.AsyncClient]
) -> AsyncIterator[Team]:
    async with team_of(engine, clock, client_of) as team:
        await team.was_signed_in()
        yield team


@asynccontextmanager
async def team_of(
    engine: AsyncEngine, clock: SimulatedClock, client_of: Callable[..., httpx.AsyncClient]
) -> AsyncGenerator[Team]:
    provider = LyingProvider(now=lambda: clock().timestamp(), is_down=True)
    rules = RoleMapping.model_validate({"rules": [{"claim": "roles", "value": "lead", "role": "team_lead"}]})
    sign_in = SignIn(settings(**OPENID), rules, ROLES, fetch=provider.fetch)
    app = create_sample(engine, clock, signs_in=sign_in_pages(sign_in), **OPENID)
    async with client_of(app) as browser:
        yield Team(app, clock, browser, provider)


async def test_a_link_lets_the_person_in_whom_it_is_for_and_the_trail_says_so(team: Team) -> None:
    assert (await team.browser.get("/sign-in/begin")).status_code == 503, "the provider is down"

    came_in = await team.follows(await team.link())

    assert (came_in.status_code, came_in.headers["location"]) == (303, "/")
    assert await team.is_in()
    assert await team.told() == [("sign_in_link.use", team.person, team.person)]
    async with team.engine.connect() as connection:
        session = (await connection.execute(select(web_session))).one()
    assert (session.actor_id, session.roles) == (team.person, ["team_lead"])
    assert session.authenticated_at is None, "what asks for a proof still asks the provider"


async def test_a_link_opens_once_also_when_it_is_followed_twice_at_the_same_time(
    team: Team,
) -> None:
    token = {"token": (await team.link()).partition("=")[2]}

    answers = await asyncio.gather(*(team.browser.post("/sign-in/by-link", data=token) for _ in range(4)))

    assert sorted(one.status_code for one in answers) == [303, 400, 400, 400]
    assert "This link was used already" in max(answers, key=lambda one: one.status_code).text


@pytest.mark.parametrize(("minutes", "opens"), [(9, True), (10, False)])
async def test_a_link_lasts_for_ten_minutes(team: Team, minutes: int, opens: bool) -> None:
    link = await team.link()
    team.clock.pass_time(minutes=minutes)

    assert (await team.follows(link)).status_code == (303 if opens else 400)
    assert await team.is_in() is opens


async def test_looking_at_a_link_does_not_use_it_and_what_stands_in_it_is_no_cookie(team: Team) -> None:
    link = await team.link()
    for _ in range(3):
        await team.browser.get(link)
    team.browser.cookies.set("pairs-blackpool-8000", link.partition("=")[2])
    assert not await team.is_in()
    team.browser.cookies.clear()

    assert (await team.follows(link)).status_code == 303


async def test_what_ends_all_sessions_of_the_person_ends_a_link_that_nobody_has_followed(team: Team) -> None:
    link = await team.link()
    ended = await team.sessions.end_all(ISSUER, Ended("jti", None, f"S-{team.person}"))

    assert ended == 1
    assert (await team.follows(link)).status_code == 400


async def test_a_link_is_counted_for_an_hour_and_as_long_as_it_has_opened_something(team: Team) -> None:
    before = await team.open()
    link = await team.link()
    made = await team.open()
    await team.follows(link)
    await team.sessions.end_all(ISSUER, Ended("jti", None, f"S-{team.person}"))
    team.clock.pass_time(minutes=59)
    ended_at_once = await team.open()
    team.clock.pass_time(minutes=1)

    assert (before, made, ended_at_once, await team.open()) == (0, 1, 1, 0)

    await team.follows(await team.link())
    for _ in range(3):
        team.clock.pass_time(minutes=25)
        assert await team.is_in()
    assert await team.open() == 1


async def test_what_an_operator_ends_opens_nothing_any_more_neither_a_link_nor_what_it_opened(team: Team) -> None:
    await team.follows(await team.link())
    waiting = await team.link()

    async with team.engine.begin() as connection:
        ended = await end_links(connection, team.person, team.clock())
        of_another = await end_links(connection, new_id(), team.clock())

    assert (ended, of_another) == (2, 0)
    assert not await team.is_in()
    assert (await team.follows(waiting)).status_code == 400


async def test_a_new_link_takes_the_place_of_one_that_nobody_followed_and_of_no_session(team: Team) -> None:
    await team.follows(await team.link())
    earlier, newer = await team.link(), await team.link()

    assert await team.is_in()
    team.browser.cookies.clear()
    assert (await team.follows(earlier)).status_code == 400
    assert (await team.follows(newer)).status_code == 303


async def test_when_the_provider_ends_a_sign_in_of_the_person_it_ends_what_a_link_opened_too(team: Team) -> None:
    await team.follows(await team.link())
    async with team.engine.begin() as connection:
        row = (await connection.execute(select(web_session))).mappings().one()
        other = {"token_hash": b"at the provider", "sid": "sid", "acr": None}
        await connection.execute(web_session.insert().values(**dict(row) | other))

    assert await team.sessions.end_all(ISSUER, Ended("jti", "sid", f"S-{team.person}")) == 2
    assert not await team.is_in()


async def test_a_link_is_no_sign_in_and_gives_no_roles_that_are_older_than_thirty_days(team: Team) -> None:
    team.clock.pass_time(hours=29 * 24)
    assert (await team.follows(await team.link())).status_code == 303
    team.clock.pass_time(hours=24)

    with pytest.raises(NotAllowed) as refused:
        await team.link()
    assert "more than 30 days ago" in refused.value.sentence


async def test_every_page_says_that_they_came_by_a_link_until_their_provider_says_who_they_are(team: Team) -> None:
    await team.follows(await team.link())
    page = (await team.browser.get("/")).text
    assert "You are signed in by a link." in page
    team.provider.is_down, team.provider.subject, team.provider.roles = False, f"S-{team.person}", ("lead",)

    href = unescape(page.partition("pairs-alarm")[2].partition('href="')[2].partition('"')[0])
    back = team.provider.meets((await team.browser.get(href)).headers["location"])
    assert (await team.browser.get(back)).status_code == 303

    assert "You are signed in by a link." not in (await team.browser.get("/")).text
    assert await team.is_in()


async def test_who_presses_twice_is_where_the_first_led(team: Team) -> None:
    token = {"token": (await team.link()).partition("=")[2]}

    answers = [await team.browser.post("/sign-in/by-link", data=token) for _ in range(2)]

    assert [(one.status_code, one.headers["location"]) for one in answers] == [(303, "/")] * 2
    assert await team.is_in()


async def test_an_account_of_another_provider_and_someone_who_never_signed_in_get_none_that_opens(
    engine: AsyncEngine, clock: SimulatedClock, client_of: Callable[..., httpx.AsyncClient]
) -> None:
    async with team_of(engine, clock, client_of) as team:
        with pytest.raises(NotFound):
            await team.link()
        await team.was_signed_in("https://earlier.example")
        assert (await team.follows(await team.link())).status_code == 400


@pytest.mark.parametrize("token", ["", "x", "\u00e9", "a" * 5000])
async def test_nonsense_opens_nothing(team: Team, token: str) -> None:
    answer = await team.browser.post("/sign-in/by-link", data={"token": token}, headers={"Origin": ADDRESS})

    assert answer.status_code == 400
    assert not await team.is_in()
