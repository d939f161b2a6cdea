"""When a subscription is due, and what it may be."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from services.reporting.publication.domain.published_point import Audience
from services.reporting.subscription.domain.subscription import (
    Channel,
    Condition,
    Subscription,
    Terms,
    monday_of,
    next_monday,
)
from services.reporting.subscription.domain.terms_check import Known, checked
from shared.kernel.errors import RuleBroken

KNOWN = Known((1, 9), ("preston",))
SUMMER = datetime(2026, 7, 6, 6, 30, tzinfo=UTC)
"""A Monday, 7:30am in London."""


def a_subscription() -> Subscription:
    at = datetime(2026, 3, 14, tzinfo=UTC)
    return Subscription(UUID(int=1), 1, Terms("One", Condition.ANY_RULE, Channel.EMAIL), UUID(int=4), at, at, 0)


def test_monday_is_half_past_seven_in_london_in_summer_too() -> None:
    just_before = SUMMER.replace(minute=29)

    assert monday_of(SUMMER) == SUMMER
    assert monday_of(just_before) == datetime(2026, 6, 29, 6, 30, tzinfo=UTC)
    assert next_monday(just_before) == SUMMER
    assert monday_of(datetime(2026, 12, 9, tzinfo=UTC)) == datetime(2026, 12, 7, 7, 30, tzinfo=UTC)


def test_the_week_in_which_the_clock_changes_has_its_monday() -> None:
    assert monday_of(datetime(2026, 3, 31, tzinfo=UTC)) == datetime(2026, 3, 30, 6, 30, tzinfo=UTC)
    assert next_monday(datetime(2026, 3, 28, tzinfo=UTC)) == datetime(2026, 3, 30, 6, 30, tzinfo=UTC)


def test_what_leaves_is_for_those_outside_whoever_asked_for_it() -> None:
    assert {one for one in Channel if one.audience is Audience.INSIDE} == {Channel.PAGE}


@pytest.mark.parametrize("until", [date(2026, 3, 14), date(2026, 3, 1), date(2027, 6, 1)])
def test_a_pause_ends_on_a_day_that_comes_within_a_year(until: date) -> None:
    with pytest.raises(RuleBroken, match="pause_day"):
        a_subscription().pause(until, date(2026, 3, 14))


def test_what_has_ended_is_not_begun_again() -> None:
    one = a_subscription()
    one.end(SUMMER, "Nobody is left.")
    one.end(SUMMER.replace(year=2027), "Once more.")

    assert (one.ended_at, one.why_ended) == (SUMMER, "Nobody is left.")
    with pytest.raises(RuleBroken, match="subscription_ended"):
        one.pause(None, date(2026, 7, 7))


@pytest.mark.parametrize(
    ("terms", "addresses", "code"),
    [
        (Terms("One", Condition.TREND, Channel.EMAIL, (98,)), ["a@b.example"], "indicator_unknown"),
        (Terms("One", Condition.TREND, Channel.EMAIL, (), ("atlantis",)), ["a@b.example"], "team_unknown"),
        (Terms("One", Condition.TREND, Channel.EMAIL), [], "address_none"),
        (Terms("One", Condition.TREND, Channel.EMAIL), ["a@b.example"] * 51, "addresses_many"),
        *(
            (Terms("One", Condition.TREND, Channel.WEBHOOK, webhook=address), [], "webhook_address")
            for address in (
                *("", "http://hook.example/", "https://", "https://me:pass@hook.example/", "file:///etc/passwd"),
                *("https://hook.example/#part", "https://hook.example:0/", "https://hook.example:99999/"),
                *("https://hook.example/a b", "https://hook.exam\nple/", "https://höok.example/"),
                *("https://hook..example/x", f"https://{'a' * 64}.example/", "https://.example.com/", "https://a%.b/"),
            )
        ),
    ],
)
def test_what_cannot_be_told_is_refused(terms: Terms, addresses: list[str], code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        checked(terms, addresses, KNOWN)


@pytest.mark.parametrize(
    "host", ["hook.example", "hook.example.", "HOOK-1.a_b.example:8443", "1.1.1.1", "[2606:4700::1]"]
)
def test_whatever_a_host_can_be_called_is_taken(host: str) -> None:
    terms = Terms("One", Condition.TREND, Channel.WEBHOOK, webhook=f"https://{host}/told")

    assert checked(terms, [], KNOWN).webhook == terms.webhook


def test_terms_are_written_in_one_way() -> None:
    terms = Terms("One", Condition.TREND, Channel.STREAM, (9, 1, 9), ("preston", ""), "https://left.example/")

    assert checked(terms, [], KNOWN) == Terms("One", Condition.TREND, Channel.STREAM, (1, 9), ("", "preston"))
