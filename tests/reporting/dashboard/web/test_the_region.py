"""What a regional lead sees: exceptions first, hidden as hidden, as at a month for good, and who may see it."""

from collections.abc import Awaitable
from datetime import date, timedelta

import asyncpg
import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from shared.kernel.postgres import Connection
from shared.tenancy.admin import AdminUrls, ServiceAccess
from shared.tenancy.databases import url_of
from shared.testing.events import Feed
from tests.reporting.builders import a_referral, a_series, publish
from tests.reporting.dashboard.web.conftest import NOW, PRACTITIONER, sign_in
from tests.reporting.dashboard.web.test_every_page import table_in
from tests.reporting.heard_long_ago import HEARD_LONG_AGO

USUAL = [50, 52, 48, 51, 49, 53, 47, 50, 52, 48, 51, 49, 50]
FEBRUARY = date(2026, 2, 1)
ADDRESSES = (
    *("/", "/indicators", "/teams", "/indicators/9", "/team/blackpool", "/need", "/flow", "/waits", "/workforce"),
    *("/data-quality", "/events", "/report.pdf", "/figures/region/figures.csv", "/figures/region/figures.svg"),
    "/figures/indicator/chart.png?number=9",
)


async def given(engine: AsyncEngine, *numbers: int | None, team: str = "", month: date = FEBRUARY) -> None:
    """Decided within five working days, of a hundred each month; the last number is February's."""
    starts = date(2026 - (len(numbers) + 9) // 12, (2 - len(numbers)) % 12 + 1, 1)
    async with AsyncSession(engine) as session:
        of = [None if number is None else 100 for number in numbers]
        await publish(session, a_series(*numbers, indicator=9, team=team, of=of, starts=starts), month=month)
        await session.commit()


@pytest.mark.parametrize("path", ADDRESSES)
async def test_only_a_regional_lead_gets_in(client: httpx.AsyncClient, path: str) -> None:
    nobody = await client.get(path)
    await sign_in(client, PRACTITIONER)
    practitioner = await client.get(path)

    assert (nobody.status_code, nobody.headers["location"].partition("?")[0]) == (303, "/sign-in")
    assert practitioner.status_code == 403


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/team/atlantis", 404),
        ("/indicators/98", 404),
        ("/indicators/9?team=atlantis", 404),
        ("/indicators/9?team=../x", 422),
        ("/?as_at=2026-13", 422),
        ("/?as_at=2020-01", 404),
        ("/?show=nothing", 422),
        ("/figures/region/nothing.csv", 404),
        ("/figures/nothing/figures.csv", 404),
        ("/figures/region/figures.svg", 404),
        ("/figures/indicator/chart.csv?number=98", 404),
        ("/figures/team/team.csv", 404),
        ("/data-quality/nothing.csv", 404),
    ],
)
async def test_an_address_that_makes_no_sense_is_answered_with_what_to_do(
    lead: httpx.AsyncClient, feed: Feed, path: str, status: int
) -> None:
    await feed.announce("blackpool")

    assert (await lead.get(path)).status_code == status


@pytest.mark.parametrize(
    "path", [path for path in ADDRESSES if "/events" not in path and "figures/" not in path and "pdf" not in path]
)
async def test_before_anything_is_published_every_page_says_so(lead: httpx.AsyncClient, feed: Feed, path: str) -> None:
    await feed.announce("blackpool")

    assert (await lead.get(path)).status_code == 200


async def test_before_any_team_is_announced_the_page_says_what_will_happen(lead: httpx.AsyncClient) -> None:
    assert "No team has been announced to the region yet." in (await lead.get("/")).text


async def test_what_needs_a_word_stands_first_the_worse_before_the_better(
    lead: httpx.AsyncClient, feed: Feed, engine: AsyncEngine
) -> None:
    for team in ("blackpool", "burnley", "preston"):
        await feed.take_in(team, heard_at=NOW)
    await given(engine, *USUAL, team="blackpool")
    await given(engine, *USUAL, 9, team="burnley")
    await given(engine, *USUAL, 90, team="preston")
    await given(engine, *USUAL)

    page = (await lead.get("/")).text
    rows = table_in(await lead.get("/figures/region/exceptions.csv"))

    assert "2 things need a word, in 2 places; 2 new this month" in page
    assert [row[:2] for row in rows[1:]] == [
        ["Burnley", "Decided within 5 working days: below the lower limit"],
        ["Preston", "Decided within 5 working days: above the upper limit"],
    ]
    assert rows[1][2] == "9%, 9 of 100, Feb 2026, worse"
    assert page.index("Burnley") < page.index("Preston")


async def test_the_word_of_a_figure_is_the_same_on_page_and_files_and_is_that_of_the_charts_last_point(
    lead: httpx.AsyncClient, feed: Feed, engine: AsyncEngine
) -> None:
    await feed.take_in("blackpool", heard_at=NOW)
    await given(engine, *USUAL, 90)

    page = (await lead.get("/indicators?show=changed")).text
    [row] = table_in(await lead.get("/figures/indicators/figures.csv?show=changed"))[1:]
    chart = table_in(await lead.get("/figures/indicator/chart.csv?number=9"))[1]

    assert "Better, high" in page
    assert (row[0], row[3], row[4], row[5]) == ("Decided within 5 working days", "90%", "90 of 100", "Better, high")
    assert (row[6], chart[0], chart[4]) == ("above the upper limit", "Feb 2026", "above the upper limit")


async def test_what_is_hidden_is_a_word_and_never_zero(
    lead: httpx.AsyncClient, feed: Feed, engine: AsyncEngine
) -> None:
    await feed.take_in("blackpool", heard_at=NOW)
    await given(engine, *USUAL, None, team="blackpool")
    await given(engine, *USUAL, 60)

    page = (await lead.get("/indicators/9?team=blackpool")).text
    [latest, *_] = table_in(await lead.get("/figures/indicator/chart.csv?number=9&team=blackpool"))[1:]
    [team] = table_in(await lead.get("/figures/teams/teams.csv"))[1:]

    assert "February 2026 has no figure: hidden" in page
    assert latest[:4] == ["Feb 2026", "hidden", "", ""]
    assert team[1] == "hidden"


async def test_a_page_as_at_a_month_shows_what_was_known_then(
    lead: httpx.AsyncClient, feed: Feed, engine: AsyncEngine
) -> None:
    await feed.announce("blackpool")
    await given(engine, *USUAL[:12], month=date(2026, 1, 1))
    await given(engine, *USUAL[:12], 77)

    then, now = [(await lead.get(f"/indicators/9{query}")).text for query in ("?as_at=2026-01", "")]

    assert "77%" in now
    assert "77%" not in then
    assert "as they were when January 2026 was frozen" in then
    assert "/events" not in then
    assert '<option value="2026-01" selected>' in then


async def test_the_page_says_what_was_frozen_and_revised_since_monday(
    lead: httpx.AsyncClient, feed: Feed, engine: AsyncEngine, connection: Connection
) -> None:
    await feed.announce("blackpool")
    await given(engine, *USUAL)
    await connection.execute(
        "INSERT INTO snapshot (month, made_at, cause, is_frozen, digest) VALUES ($1, $2, 'late', true, '')",
        FEBRUARY,
        NOW - timedelta(hours=2),
    )

    page = (await lead.get("/")).text

    assert "1 new" in page
    assert "February 2026 was revised: figures came late" in page


@pytest.mark.parametrize(
    ("state", "behind", "heard_seconds_ago", "words"),
    [
        ("reading", 0, 4, "up to date"),
        ("reading", 1, 4, "1 event behind"),
        ("reading", 12, 4, "12 events behind"),
        ("reading", 0, 300, "not heard of late"),
        ("gap", 0, 4, "waiting for missing entries"),
        ("parked", 3, 4, "waiting for reporting to be upgraded"),
        ("diverged", 0, 4, "records went back in time"),
    ],
)
async def test_the_page_says_how_fresh_each_team_is(
    lead: httpx.AsyncClient, feed: Feed, state: str, behind: int, heard_seconds_ago: int, words: str
) -> None:
    await feed.take_in("blackpool", a_referral(), heard_at=NOW - timedelta(seconds=heard_seconds_ago))
    await feed.tell_head("blackpool", events_behind=behind)
    await feed.set_state("blackpool", state)

    page = (await lead.get("/")).text

    assert words in page
    assert "4 seconds ago" in page or "5 minutes ago" in page


async def test_data_quality_counts_what_was_set_aside_and_shows_nothing_of_it(
    lead: httpx.AsyncClient, feed: Feed
) -> None:
    await feed.take_in("blackpool", a_referral(), heard_at=NOW)
    await feed.set_aside("blackpool", reason="wrong_team", number=3)

    page = (await lead.get("/data-quality")).text
    [row] = table_in(await lead.get("/data-quality/set-aside.csv"))[1:]

    assert "3 entries wait to be looked at" in page
    assert "a detail" not in page
    assert (row[0], row[2], row[3]) == ("Blackpool", "Wrong team", "3")


async def test_data_quality_asks_a_team_about_a_leap(lead: httpx.AsyncClient, feed: Feed, engine: AsyncEngine) -> None:
    await feed.take_in("blackpool", heard_at=NOW)
    await given(engine, *USUAL, 99, team="blackpool")

    [row] = table_in(await lead.get("/data-quality/questions.csv"))[1:]

    assert row[2] == "99% in February 2026, where 50% is usual. Is that right?"
    assert row[2] in (await lead.get("/team/blackpool")).text


async def test_data_quality_says_which_audit_trail_contradicts_what_was_heard_of_it(
    lead: httpx.AsyncClient, feed: Feed, connection: Connection
) -> None:
    for team in ("blackburn-with-darwen", "blackpool", "burnley", "lancaster", "preston"):
        await feed.announce(team)

    def heard(team: str, history: int, number: int, contradiction: str | None = None) -> Awaitable[str]:
        return connection.execute(
            "INSERT INTO audit_head_heard VALUES ($1, $2, $3, 'a', $4, $5, $4)",
            *(f"pairs:{{{team}}}:referral:region", history, number, NOW, contradiction),
        )

    await heard("blackburn-with-darwen", 0, 9)
    await heard("blackpool", 0, 9, "went_back")
    await heard("burnley", 0, 9, "went_back")
    await heard("burnley", 1, 4)
    await heard("lancaster", 0, 9, "changed")

    page = (await lead.get("/data-quality")).text
    states = {row[0]: row[2] for row in table_in(await lead.get("/data-quality/audit-trails.csv"))[1:]}

    assert "2 of 5 audit trails contradict what was heard of them" in page
    assert states == {
        "Blackburn with Darwen": "Fits what was heard before",
        "Blackpool": "Cut off: it had come further",
        "Burnley": "Begun anew: the team’s database was restored",
        "Lancaster": "Written anew: an entry is not what it was",
        "Preston": "Not heard of yet",
    }


async def test_a_share_of_more_than_all_is_shown_asked_about_and_in_no_funnel(
    lead: httpx.AsyncClient, feed: Feed, engine: AsyncEngine
) -> None:
    for team in ("blackpool", "burnley", "preston"):
        await feed.take_in(team, heard_at=NOW)
        await given(engine, *([150] * 13 if team == "burnley" else USUAL), team=team)
    await given(engine, *USUAL)

    funnel = table_in(await lead.get("/figures/indicator/funnel.csv?number=9"))
    [row] = table_in(await lead.get("/data-quality/questions.csv"))[1:]

    assert [row[0] for row in funnel[1:]] == ["Blackpool", "Preston"]
    assert "150%" in (await lead.get("/indicators/9?team=burnley")).text
    assert row[2] == "150 of 100 in February 2026: more than all. Which is wrong?"


async def test_a_team_that_left_is_asked_nothing_and_is_in_no_total_of_today_and_its_page_stays(
    lead: httpx.AsyncClient, feed: Feed, engine: AsyncEngine
) -> None:
    for team in ("blackpool", "burnley"):
        await feed.take_in(team, heard_at=NOW)
        await given(engine, *USUAL, 99, team=team)
    await given(engine, *USUAL)
    await feed.leave("burnley", NOW - timedelta(days=40))

    glance, quality = (await lead.get("/")).text, (await lead.get("/data-quality")).text
    questions = table_in(await lead.get("/data-quality/questions.csv"))
    teams = table_in(await lead.get("/figures/teams/teams.csv"))

    assert "<b>1 of 1</b> up to date" in glance
    assert "1 of 1 streams is up to date" in quality
    assert "Left the region in February 2026" in quality
    assert [row[0] for row in questions[1:]] == [row[0] for row in teams[1:]] == ["Blackpool"]
    assert "99%" in (await lead.get("/team/burnley")).text


async def test_data_quality_says_when_no_month_is_frozen_because_facts_have_to_be_made_anew(
    lead: httpx.AsyncClient, access: ServiceAccess, servers: AdminUrls, feed: Feed
) -> None:
    await feed.take_in("preston", a_referral())
    assert "pairs rebuild" not in (await lead.get("/data-quality")).text
    owner = await asyncpg.connect(url_of(servers.postgres, database=access.database_url.rpartition("/")[2]))
    await owner.execute("UPDATE fact_maker SET digest = 'of older code'")
    await owner.close()

    assert "No month is frozen for now." in (await lead.get("/data-quality")).text


async def test_a_month_that_should_have_been_frozen_is_said_to_be_overdue(
    lead: httpx.AsyncClient, connection: Connection
) -> None:
    assert "should have been frozen" not in (await lead.get("/data-quality")).text
    await connection.execute(HEARD_LONG_AGO)
    await connection.execute(
        "INSERT INTO figure (indicator, version, team, month, way, part, numerator, reckoned_at) "
        "VALUES (1, 1, 'preston', '2026-01-01', '', '', 9, $1)",
        NOW,
    )

    assert "February 2026 should have been frozen by now" in (await lead.get("/data-quality")).text
