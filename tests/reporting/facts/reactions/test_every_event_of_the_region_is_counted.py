"""The facts that reporting makes of events."""

from datetime import date

import pytest

from services.reporting.indicators.packs.catalogue import INDICATORS
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.event import RegionEvent
from shared.contracts.restart import EpochStarted
from shared.contracts.vocabulary import DeclineReason, SourceGroup, Tier
from shared.kernel.postgres import Connection
from shared.testing.events import Feed
from tests.reporting.builders import PROJECTIONS, a_beginning, a_move, a_referral, a_refusal, an_acceptance

STREAM = "pairs:{blackpool}:referral:region"
MARCH = date(2026, 3, 1)


SAID_OTHERWISE = {
    "champion_activity_recorded": "champions_reckoned says how many are active",
    "headcount_entered": "coverage_reckoned has the headcount beside those who are trained",
    "training_expired": "coverage_reckoned says who is in date",
}
"""Events that make no fact: another event says what would be counted of them."""


def test_no_event_that_a_team_gives_the_region_goes_uncounted() -> None:
    given = {event for event in CATALOGUE.classes if issubclass(event, RegionEvent) and event is not EpochStarted}
    counted = {event for projection in PROJECTIONS for event in projection.events}

    assert {_name(event) for event in given - counted} == SAID_OTHERWISE.keys()


def test_every_fact_is_counted_by_an_indicator_that_names_its_event() -> None:
    counted = {event.type for projection in PROJECTIONS for event in projection.events}
    named = {source for one in INDICATORS for source in one.sources}

    assert named == counted


def _name(event: type[RegionEvent]) -> str:
    """`uk.pairs.regional.place_ended.v1` → `place_ended`."""
    return event.type.split(".")[-2]


@pytest.mark.parametrize(
    ("event", "table", "fact"),
    [
        (a_referral(source=SourceGroup.SELF), "referral_received", (MARCH, "self", "months_3_5")),
        (an_acceptance(working_days=4), "triage_decided", (MARCH, "accepted", None, 4, 1)),
        (
            a_refusal(DeclineReason.OUT_OF_AREA, working_days=6),
            "triage_decided",
            (MARCH, "declined", "out_of_area", 6, 1),
        ),
        (a_beginning(Tier.RISK), "tier_movement", (MARCH, None, "risk", False)),
        (
            a_move(Tier.SPECIALIST, Tier.TARGETED, capacity_driven=True),
            "tier_movement",
            (MARCH, "specialist", "targeted", True),
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, RegionEvent) else "",
)
async def test_each_event_becomes_one_fact(
    connection: Connection, feed: Feed, event: RegionEvent, table: str, fact: tuple[object, ...]
) -> None:
    await feed.take_in("blackpool", event)

    assert [tuple(row) for row in await connection.fetch(f"SELECT * FROM {table}")] == [(STREAM, 1, "blackpool", *fact)]
    counts = [
        await connection.fetchval(f"SELECT count(*) FROM {name}")
        for name in ("referral_received", "triage_decided", "tier_movement")
    ]
    assert sum(counts) == 1


async def test_a_stream_can_be_taken_back_to_a_position(connection: Connection, feed: Feed) -> None:
    await feed.take_in("blackpool", a_referral(), an_acceptance(), a_beginning(), a_referral())

    for table in {projection.table for projection in PROJECTIONS}:
        await connection.execute(f"DELETE FROM {table} WHERE stream = $1 AND position > 2", STREAM)

    assert await connection.fetchval("SELECT count(*) FROM referral_received") == 1
    assert await connection.fetchval("SELECT count(*) FROM triage_decided") == 1
    assert await connection.fetchval("SELECT count(*) FROM tier_movement") == 0
