"""The facts that reporting makes of events."""

from datetime import date

import pytest

from shared.contracts.catalogue import CATALOGUE
from shared.contracts.consultation import RegionalConsultationHeld
from shared.contracts.consultation_codes import ConsultationKind, Profession
from shared.contracts.event import RegionEvent
from shared.contracts.restart import EpochStarted
from shared.contracts.vocabulary import DeclineReason, SourceGroup, Tier
from shared.kernel.postgres import Connection
from shared.testing.events import Feed
from tests.reporting.builders import PROJECTIONS, a_beginning, a_move, a_referral, a_refusal, an_acceptance

STREAM = "pairs:{blackpool}:referral:region"
MARCH = date(2026, 3, 1)


IN_THE_LOG = [
    "assessment_completed",
    "assessment_completed_corrected",
    "caseload_reckoned",
    "champion_activity_recorded",
    "champions_reckoned",
    "change_measured",
    "change_measured_corrected",
    "confidence_reckoned",
    "consultation_converted",
    "consultation_converted_corrected",
    "consultation_evaluated",
    "consultation_held",
    "consultation_held_corrected",
    "contact_corrected",
    "contact_recorded",
    "course_day_held",
    "coverage_reckoned",
    "episode_discharged",
    "episode_discharged_corrected",
    "experience_reckoned",
    "family_rereferred",
    "family_rereferred_corrected",
    "goal_moved",
    "goal_moved_corrected",
    "headcount_entered",
    "intervention_ended",
    "intervention_started",
    "place_booked",
    "place_booked_corrected",
    "place_ended",
    "plan_agreed",
    "posts_reckoned",
    "referral_closed_corrected",
    "referral_incomplete",
    "review_completed",
    "supervision_reckoned",
    "training_completed",
    "training_completed_corrected",
    "training_expired",
    "wait_stopped",
    "wait_stopped_corrected",
]
"""No page of the region shows them yet. They are in its log from the first day, so a rebuild counts all of them."""


def test_no_event_that_a_team_gives_the_region_goes_uncounted() -> None:
    given = {event for event in CATALOGUE.classes if issubclass(event, RegionEvent) and event is not EpochStarted}
    counted = {projection.event for projection in PROJECTIONS}

    assert sorted(_name(event) for event in given - counted) == sorted(IN_THE_LOG)


def _name(event: type[RegionEvent]) -> str:
    """`uk.pairs.regional.place_ended.v1` → `place_ended`."""
    return event.type.split(".")[-2]


async def test_what_no_page_of_the_region_counts_yet_is_in_its_log_to_be_counted_from_there(
    connection: Connection, feed: Feed
) -> None:
    held = RegionalConsultationHeld(
        month=MARCH,
        kind=ConsultationKind.THEME,
        profession=Profession.MIDWIFE,
        tier=Tier.UNIVERSAL,
        minutes=30,
    )

    await feed.take_in("blackpool", held)

    assert await connection.fetchval("SELECT array_agg(type) FROM event_log") == [held.type]


@pytest.mark.parametrize(
    ("event", "table", "fact"),
    [
        (a_referral(source=SourceGroup.SELF), "referral_received", (MARCH, "self", "months_3_5")),
        (an_acceptance(working_days=4), "triage_decided", (MARCH, "accepted", None, 4)),
        (
            a_refusal(DeclineReason.OUT_OF_AREA, working_days=6),
            "triage_decided",
            (MARCH, "declined", "out_of_area", 6),
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
