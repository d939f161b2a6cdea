"""A team is onboarded live, and what it published before is not lost; nothing that runs changes or restarts."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx

from tests.journeys.network import Network, Running, signed_in
from tests.journeys.referring import refer
from tests.journeys.test_no_name_leaves_the_team import until_read


async def test_a_team_announced_after_it_has_published_loses_nothing_and_nothing_else_restarts(
    network: Network, new_team: Callable[[], str]
) -> None:
    reporting = await network.start_reporting()
    first, second = new_team(), new_team()
    old = await network.start_team(first)
    await network.announce(first)
    async with browser(old) as referrer:
        await refer(referrer)
    await until_read(reporting.database_url, events=1)
    before = [started(service) for service in (reporting, old)]

    new = await network.start_team(second)
    async with browser(new) as referrer:
        await refer(referrer)
        await refer(referrer)
    await asyncio.sleep(2)
    await network.announce(second)
    await until_read(reporting.database_url, events=3)

    assert [started(service) for service in (reporting, old)] == before
    async with signed_in(reporting, "Regional lead") as lead:
        page = (await lead.get("/teams")).text
    assert f'href="/team/{second}' in page


async def test_a_team_whose_service_is_killed_goes_on_where_it_was(network: Network, a_team: str) -> None:
    reporting = await network.start_reporting()
    team = await network.start_team(a_team)
    await network.announce(a_team)
    async with browser(team) as referrer:
        await refer(referrer)
    reporting.process.kill()
    async with browser(team) as referrer:
        await refer(referrer)

    again = await network.start_again("reporting")

    await until_read(again.database_url, events=2)


async def test_a_session_of_one_team_is_worth_nothing_on_another(network: Network, new_team: Callable[[], str]) -> None:
    one, other = await network.start_team(new_team()), await network.start_team(new_team())
    async with signed_in(one, "team lead") as lead:
        assert (await lead.get("/triage")).url.path == "/triage"
        stolen = {cookie.value for cookie in lead.cookies.jar}
        names = [cookie.name for cookie in lead.cookies.jar]

    async with signed_in(other, "team lead") as anyone:
        names += [cookie.name for cookie in anyone.cookies.jar]
    for name in names:
        for value in stolen:
            async with httpx.AsyncClient(base_url=other.url, cookies={name: value}) as thief:
                answer = await thief.get("/triage")
                assert answer.status_code == 303
                assert answer.headers["location"].startswith("/sign-in")


def browser(service: Running) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=service.url, follow_redirects=True, headers={"Origin": service.url})


def started(service: Running) -> tuple[int, str]:
    """The process id, and when that process began (clock ticks since the machine started)."""
    fields = Path(f"/proc/{service.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return service.pid, fields[19]
