"""The region at a glance: the figures that a regional lead sees, counted from the facts."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.reporting.dashboard.queries.regional_dashboard import RegionalDashboard, regional_dashboard
from services.reporting.publication.domain.suppression import percentage
from shared.contracts.vocabulary import DeclineReason, SourceGroup, Tier
from shared.testing.events import Feed
from tests.reporting.builders import TODAY, a_beginning, a_move, a_referral, a_refusal, an_acceptance


async def dashboard(engine: AsyncEngine, *, years: int = 1) -> RegionalDashboard:
    async with AsyncSession(engine) as session:
        return await regional_dashboard(session, TODAY, years=years)


async def test_referrals_are_counted_by_team_and_month_with_the_regions_total(engine: AsyncEngine, feed: Feed) -> None:
    await feed.take_in("blackpool", *[a_referral(date(2026, 2, 1))] * 7, *[a_referral()] * 6)
    await feed.take_in("burnley", *[a_referral()] * 5)

    figures = await dashboard(engine)

    assert figures.referrals.count("blackpool", "month", "2026-02-01").words == "7"
    assert figures.referrals.count("blackpool").words == "13"
    assert figures.referrals.count(None, "month", "2026-03-01").words == "11"
    assert figures.referrals.count(None).words == "18"
    assert figures.teams == ("blackpool", "burnley")


async def test_the_months_are_the_present_one_and_the_twelve_before_it(engine: AsyncEngine, feed: Feed) -> None:
    months = [date(2025, 2, 1), date(2025, 3, 1), date(2026, 3, 1), date(2026, 4, 1)]
    await feed.take_in("blackpool", *[a_referral(month) for month in months for _ in range(5)])

    figures = await dashboard(engine)

    assert (figures.months[0], figures.months[-1], len(figures.months)) == (date(2025, 3, 1), date(2026, 3, 1), 13)
    assert figures.referrals.count("blackpool").words == "10"


async def test_longer_stretches_are_sums_of_what_each_year_shows(engine: AsyncEngine, feed: Feed) -> None:
    await feed.take_in("blackpool", *[a_referral()] * 6, *[a_referral(date(2025, 1, 1))] * 9)
    await feed.take_in("burnley", *[a_referral()] * 6, *[a_referral(date(2025, 1, 1))] * 3)

    figures = await dashboard(engine, years=2)

    assert len(figures.months) == 25
    assert figures.referrals.count(None).words == "24"
    assert figures.referrals.count("burnley").words == "hidden"
    assert figures.referrals.count("burnley", "month", "2026-03-01").words == "6"


async def test_the_source_mix_is_counted_for_the_region_and_for_each_team(engine: AsyncEngine, feed: Feed) -> None:
    await feed.take_in("blackpool", *[a_referral(source=SourceGroup.SELF)] * 8, *[a_referral()] * 12)

    figures = await dashboard(engine)

    assert figures.referrals.count(None, "source", "self").words == "8"
    assert percentage(figures.referrals.count(None, "source", "self"), figures.referrals.count(None)) == 40


async def test_a_decision_on_the_fifth_working_day_is_in_time_and_one_on_the_sixth_is_not(
    engine: AsyncEngine, feed: Feed
) -> None:
    await feed.take_in("blackpool", *[an_acceptance(working_days=5)] * 15, *[an_acceptance(working_days=6)] * 5)

    figures = await dashboard(engine)

    assert figures.triage.count("blackpool", "speed", "in_time").words == "15"
    assert figures.triage.count("blackpool", "speed", "later").words == "5"
    assert percentage(figures.triage.count(None, "speed", "in_time"), figures.triage.count(None)) == 75


async def test_acceptance_and_the_reasons_for_another_outcome(engine: AsyncEngine, feed: Feed) -> None:
    out_of_area = [a_refusal(DeclineReason.OUT_OF_AREA)] * 6
    declined = [a_refusal(DeclineReason.FAMILY_DECLINED)] * 7
    await feed.take_in("blackpool", *[an_acceptance()] * 10, *out_of_area, *declined)

    figures = await dashboard(engine)

    assert figures.triage.count(None, "outcome", "accepted").words == "10"
    assert figures.triage.count("blackpool", "outcome", "declined").words == "13"
    assert figures.triage.count(None, "reason", "out_of_area").words == "6"
    assert figures.triage.count(None, "reason").words == "13"


async def test_an_open_family_is_counted_once_at_the_tier_where_it_is_now(engine: AsyncEngine, feed: Feed) -> None:
    await feed.take_in("blackpool", *[a_beginning(Tier.TARGETED)] * 16, *[a_move(Tier.TARGETED, Tier.SPECIALIST)] * 6)

    figures = await dashboard(engine)

    assert figures.open_families.count("blackpool", "tier", "targeted").words == "10"
    assert figures.open_families.count("blackpool", "tier", "specialist").words == "6"
    assert figures.open_families.count(None).words == "16"


async def test_a_family_that_moved_to_community_is_no_longer_open(engine: AsyncEngine, feed: Feed) -> None:
    await feed.take_in("blackpool", *[a_beginning(Tier.TARGETED)] * 16, *[a_move(Tier.TARGETED, Tier.COMMUNITY)] * 6)

    figures = await dashboard(engine)

    assert figures.open_families.count("blackpool", "tier", "targeted").words == "10"
    assert figures.open_families.count(None).words == "10"


async def test_moves_are_counted_by_where_from_and_where_to_and_those_for_want_of_capacity_apart(
    engine: AsyncEngine, feed: Feed
) -> None:
    up = [a_move(Tier.TARGETED, Tier.SPECIALIST)] * 9
    held_back = [a_move(Tier.SPECIALIST, Tier.TARGETED, capacity_driven=True)] * 6
    within = [a_move(Tier.TARGETED, Tier.TARGETED)] * 5
    await feed.take_in("blackpool", *up, *held_back, *within)

    figures = await dashboard(engine)

    assert figures.moves.count("blackpool", "move", "targeted specialist").words == "9"
    assert figures.moves.count(None).words == "15"
    assert percentage(figures.moves.count(None, "cause", "capacity"), figures.moves.count(None)) == 40


async def test_a_team_that_has_a_few_families_gives_none_of_them_away(engine: AsyncEngine, feed: Feed) -> None:
    await feed.take_in("blackpool", *[a_referral()] * 30)
    await feed.take_in("burnley", *[a_referral()] * 2)
    await feed.take_in("preston", *[a_referral()] * 11)

    figures = await dashboard(engine)

    assert figures.referrals.count(None).words == "43"
    assert figures.referrals.count("blackpool").words == "30"
    assert figures.referrals.count("burnley").words == "fewer than 5"
    assert figures.referrals.count("preston").words == "hidden"


async def test_each_teams_freshness_says_what_is_still_to_be_read(engine: AsyncEngine, feed: Feed) -> None:
    heard_at = datetime(2026, 3, 14, 9, tzinfo=UTC)
    await feed.take_in("blackpool", a_referral(), heard_at=heard_at)
    await feed.tell_head("blackpool", events_behind=12)
    await feed.set_aside("blackpool", reason="wrong_team", number=2)
    await feed.announce("burnley")

    blackpool, burnley = (await dashboard(engine)).freshness

    assert (blackpool.events_behind, blackpool.set_aside, blackpool.heard_at) == (12, 2, heard_at)
    assert (burnley.team, burnley.events_behind, burnley.heard_at) == ("burnley", 0, None)


async def test_more_teams_and_more_facts_ask_no_more_of_the_database(engine: AsyncEngine, feed: Feed) -> None:
    await feed.take_in("blackpool", a_referral())
    with _statements(engine) as few:
        await dashboard(engine)
    for number in range(6):
        await feed.take_in(f"team-{number}", *[a_referral(), an_acceptance(), a_beginning(), a_move()] * 20)

    with _statements(engine) as many:
        await dashboard(engine, years=3)

    assert len(few) == len(many) == 4


@contextmanager
def _statements(engine: AsyncEngine) -> Generator[list[str]]:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine.sync_engine, "before_cursor_execute", note)
