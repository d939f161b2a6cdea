import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.web.rate_limit import Limiter, RateLimit, household
from tests.web.conftest import served
from tests.web.sample import SimulatedClock

RATE = RateLimit(per_minute=2, per_hour=4, per_hour_in_all=6)


def test_an_address_waits_until_a_minute_or_an_hour_has_passed() -> None:
    limiter = Limiter(RATE)
    passed = [limiter.wait("a", second) for second in (0, 10, 20, 61, 75)]

    assert passed == [None, None, 40, None, None]
    assert limiter.wait("a", 10 * 60) == 50 * 60
    assert limiter.wait("a", 60 * 60) is None


def test_many_addresses_together_have_a_limit_too() -> None:
    limiter = Limiter(RATE)
    passed = [limiter.wait(f"address {number}", 0) for number in range(7)]

    assert passed == [None] * 6 + [60 * 60]


def test_one_household_of_ipv6_is_one_address() -> None:
    assert household("2001:db8:1:2::3") == household("2001:db8:1:2:ffff::9")
    assert household("2001:db8:1:2::3") != household("2001:db8:1:3::3")
    assert household("192.0.2.1") != household("192.0.2.2")


@pytest.mark.parametrize("put", [{"days": -1}, {"days": 1}], ids=["back", "forward"])
async def test_a_clock_that_is_put_back_or_forward_changes_no_limit(
    client: httpx.AsyncClient, clock: SimulatedClock, put: dict[str, float]
) -> None:
    before = [(await client.post("/refer")).status_code for _ in range(4)]
    clock.is_put(**put)
    after = [(await client.post("/refer")).status_code for _ in range(2)]

    assert (before, after) == ([303] * 4, [303, 429])
    clock.pass_time(minutes=1)
    assert (await client.post("/refer")).status_code == 303


@pytest.mark.parametrize("proxies", ["127.0.0.1", "192.0.2.0/24, 127.0.0.0/8"])
async def test_each_browser_behind_a_proxy_that_is_trusted_has_its_own_limit(
    engine: AsyncEngine, clock: SimulatedClock, proxies: str
) -> None:
    async with served(engine, clock, trusted_proxies=proxies) as (_, address):
        towns = [await referred(address, f"198.51.100.{number}") for number in range(8)]
        household = [await referred(address, f"203.0.113.{number}, 198.51.100.200") for number in range(8)]

    assert towns == [303] * 8
    assert household == [303] * 5 + [429] * 3, "what a browser itself wrote is left of what the proxy wrote"


@pytest.mark.parametrize("proxies", ["", "192.0.2.1"])
async def test_nobody_else_is_believed_about_an_address(
    engine: AsyncEngine, clock: SimulatedClock, proxies: str
) -> None:
    async with served(engine, clock, trusted_proxies=proxies) as (_, address):
        answers = [await referred(address, f"198.51.100.{number}") for number in range(8)]

    assert answers == [303] * 5 + [429] * 3


async def referred(address: str, forwarded_for: str) -> int:
    async with httpx.AsyncClient(headers={"X-Forwarded-For": forwarded_for}) as client:
        return (await client.post(f"{address}/refer")).status_code
