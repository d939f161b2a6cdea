from datetime import timedelta

from shared.web.rate_limit import Limiter, RateLimit, household
from tests.web.sample import NOW

RATE = RateLimit(per_minute=2, per_hour=4, per_hour_in_all=6)


def test_an_address_waits_until_a_minute_or_an_hour_has_passed() -> None:
    limiter = Limiter(RATE)
    passed = [limiter.wait("a", NOW + timedelta(seconds=second)) for second in (0, 10, 20, 61, 75)]

    assert passed == [None, None, timedelta(seconds=40), None, None]
    assert limiter.wait("a", NOW + timedelta(minutes=10)) == timedelta(minutes=50)
    assert limiter.wait("a", NOW + timedelta(hours=1)) is None


def test_many_addresses_together_have_a_limit_too() -> None:
    limiter = Limiter(RATE)
    passed = [limiter.wait(f"address {number}", NOW) for number in range(7)]

    assert passed == [None] * 6 + [timedelta(hours=1)]


def test_one_household_of_ipv6_is_one_address() -> None:
    assert household("2001:db8:1:2::3") == household("2001:db8:1:2:ffff::9")
    assert household("2001:db8:1:2::3") != household("2001:db8:1:3::3")
    assert household("192.0.2.1") != household("192.0.2.2")
