"""A provider tells one of a team's services that a sign-in is over, and it is over in all of them."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from redis.exceptions import NoPermissionError

from shared.contracts.streams import ended_key
from shared.kernel.cancel import cancel
from shared.kernel.settings import Settings
from shared.streams.connection import connect
from shared.tenancy.admin import AdminUrls
from shared.tenancy.provisioning import provision_service
from shared.tenancy.redis_door import ask
from shared.tenancy.secret_folder import SecretFolder
from shared.web.openid.ended_sign_ins import EndedSignIns, NotPassedOn
from shared.web.sessions import Sessions
from tests.web.sample import SimulatedClock, settings
from tests.web.test_sign_in_with_an_account import OPENID, Door, Doors, doors

__all__ = ["doors"]


class Team:
    """Two services of one team: one keeps the sessions of the door, the other hears from the provider."""

    def __init__(self, name: str, door: Door, clock: SimulatedClock, urls: dict[str, str]) -> None:
        self.name = name
        self.urls = urls
        self.settings: Settings = settings(**OPENID, team=name)
        self._sessions = Sessions(door.engine, self.settings, clock)

    @asynccontextmanager
    async def hearing(self, service: str) -> AsyncGenerator[EndedSignIns]:
        async with connect(self.urls[service]) as redis:
            ended = EndedSignIns(self.settings, self._sessions)
            hears = asyncio.create_task(ended.hear(redis))
            await asyncio.sleep(0)
            yield ended
            await cancel([hears])


@pytest.fixture
async def door(doors: Doors) -> AsyncIterator[Door]:
    async with doors() as door:
        await door.comes_in()
        yield door


@pytest.fixture
async def team(
    door: Door, clock: SimulatedClock, new_team: Callable[[], str], servers: AdminUrls, service_secrets: SecretFolder
) -> Team:
    name = new_team()
    urls = {
        service: (await provision_service(servers, name, service, service_secrets)).redis_url
        for service in ("referral", "training")
    }
    return Team(name, door, clock, urls)


async def is_out_within_a_second(door: Door) -> bool:
    for _ in range(20):
        if not await door.is_in():
            return True
        await asyncio.sleep(0.05)
    return False


@pytest.mark.parametrize("names", ["the sign-in", "the person"])
async def test_what_one_service_hears_ends_the_sessions_of_the_others_within_a_second(
    door: Door, team: Team, names: str
) -> None:
    said = ("sid-1", None) if names == "the sign-in" else (None, door.provider.subject)
    async with team.hearing("referral"), team.hearing("training") as training:
        await training.tell(*said)

        assert await is_out_within_a_second(door)


async def test_who_was_away_hears_of_it_when_they_are_back_and_whoever_signs_in_later_stays(
    door: Door, team: Team, clock: SimulatedClock
) -> None:
    async with team.hearing("training") as training:
        await training.tell(None, "somebody else")
        await training.tell(None, door.provider.subject)
    async with team.hearing("referral"):
        assert await is_out_within_a_second(door)
    clock.pass_time(days=400)
    await door.comes_in()
    async with team.hearing("referral"):
        assert not await is_out_within_a_second(door)


async def test_what_is_said_names_nobody_and_another_team_neither_hears_it_nor_says_it(
    door: Door, team: Team, new_team: Callable[[], str], servers: AdminUrls, service_secrets: SecretFolder
) -> None:
    async with team.hearing("training") as training:
        await training.tell("sid-1", door.provider.subject)
    other = (await provision_service(servers, new_team(), "referral", service_secrets)).redis_url
    async with connect(servers.redis) as operator, connect(other) as redis:
        [(_, said)] = await ask(operator, "XRANGE", ended_key(team.name), "-", "+")
        assert {name: len(value) for name, value in said.items()} == {b"sid": 64, b"subject": 64}
        for command in (
            ("XADD", ended_key(team.name), "*", "sid", "x"),
            ("XREAD", "STREAMS", ended_key(team.name), "0"),
        ):
            with pytest.raises(NoPermissionError):
                await redis.execute_command(*command)


async def test_a_word_that_is_not_of_the_team_ends_nothing(door: Door, team: Team, servers: AdminUrls) -> None:
    async with team.hearing("referral"), connect(servers.redis) as operator:
        for said in (("sid", "sid-1"), ("subject", door.provider.subject), ("sid", b"\xff"), ("other", "x")):
            await ask(operator, "XADD", ended_key(team.name), "*", *said)
        assert not await is_out_within_a_second(door)


@pytest.mark.parametrize(
    "nonsense",
    [("*", "sid", b"\xff"), ("*", "subject", b"\xff"), ("*", "sid", "é")],
)
async def test_a_word_that_cannot_be_read_keeps_no_service_from_hearing_the_next(
    door: Door, team: Team, servers: AdminUrls, nonsense: tuple[str | bytes, ...]
) -> None:
    async with connect(servers.redis) as operator:
        await ask(operator, "XADD", ended_key(team.name), *nonsense)
    async with team.hearing("referral"), team.hearing("training") as training:
        await training.tell(None, door.provider.subject)

        assert await is_out_within_a_second(door)


async def test_the_last_moment_of_a_stream_stops_no_service(door: Door, team: Team, servers: AdminUrls) -> None:
    async with connect(servers.redis) as operator:
        await ask(operator, "XADD", ended_key(team.name), "18446744073709551615-0", "sid", "x")
    async with connect(team.urls["referral"]) as redis:
        ended = EndedSignIns(team.settings, Sessions(door.engine, team.settings, lambda: None))  # type: ignore[arg-type]
        hears = asyncio.create_task(ended.hear(redis))
        done, _ = await asyncio.wait([hears], timeout=1)
        await cancel([hears])

    assert not done


async def test_what_cannot_be_passed_on_is_not_taken_for_done(team: Team, door: Door) -> None:
    with pytest.raises(NotPassedOn):
        await EndedSignIns(team.settings, Sessions(door.engine, team.settings, lambda: None)).tell("sid-1", None)  # type: ignore[arg-type]
