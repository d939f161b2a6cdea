"""What a regional lead sees and downloads."""

import csv
import io
from collections.abc import Awaitable
from datetime import timedelta

import httpx
import pytest

from shared.contracts.vocabulary import SourceGroup
from shared.kernel.postgres import Connection
from shared.testing.events import Feed
from tests.reporting.builders import a_beginning, a_move, a_referral, a_refusal, an_acceptance
from tests.reporting.dashboard.web.conftest import NOW, PRACTITIONER, sign_in


def table_in(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith("\ufeff".encode())
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def test_a_regional_lead_sees_every_teams_figures(lead: httpx.AsyncClient, feed: Feed) -> None:
    await feed.take_in("blackpool", *[a_referral()] * 7, *[an_acceptance()] * 8, *[a_beginning()] * 6)
    await feed.take_in("blackburn-with-darwen", *[a_referral()] * 9)

    page = (await lead.get("/")).text

    assert "So far in March 2026 the region received 16 referrals; in February 2026, 0 referrals." in page
    assert "The region decided 8 referrals, 100% of them within 5 working days." in page
    assert "The region now works with 6 families." in page
    assert "Blackburn with Darwen" in page


async def test_before_any_team_is_announced_the_page_says_what_will_happen(lead: httpx.AsyncClient) -> None:
    page = await lead.get("/")

    assert page.status_code == 200
    assert "No team has been announced to the region yet." in page.text


@pytest.mark.parametrize("path", ["/", "/team/blackpool", "/figures/triage.csv", "/data-quality", "/events"])
async def test_only_a_regional_lead_gets_in(client: httpx.AsyncClient, feed: Feed, path: str) -> None:
    await feed.announce("blackpool")

    nobody = await client.get(path)
    await sign_in(client, PRACTITIONER)
    practitioner = await client.get(path)

    assert (nobody.status_code, nobody.headers["location"].partition("?")[0]) == (303, "/sign-in")
    assert practitioner.status_code == 403


async def test_choosing_a_team_in_the_filter_leads_to_its_page_with_the_same_months(
    lead: httpx.AsyncClient, feed: Feed
) -> None:
    await feed.take_in("blackpool", *[a_referral()] * 7)
    await feed.take_in("burnley", *[a_referral()] * 9)

    chosen = await lead.get("/", params={"team": "blackpool", "months": "24"})
    page = await lead.get(chosen.headers["location"])

    assert chosen.headers["location"] == "/team/blackpool?months=24"
    assert "So far in March 2026 Blackpool received 7 referrals" in page.text
    assert '<option value="24" selected>' in page.text
    assert '<option value="blackpool" selected>' in page.text
    assert "<strong>Burnley</strong>" not in page.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/team/atlantis", 404),
        ("/?team=//evil.example", 303),
        ("/?months=13", 422),
        ("/team/blackpool?months=x", 422),
        ("/figures/nothing.csv", 404),
        ("/figures/triage.csv?team=atlantis", 404),
        ("/data-quality/nothing.csv", 404),
    ],
)
async def test_an_address_that_makes_no_sense_is_answered_with_what_to_do(
    lead: httpx.AsyncClient, feed: Feed, path: str, status: int
) -> None:
    await feed.announce("blackpool")

    answer = await lead.get(path)

    assert answer.status_code == status
    assert answer.headers.get("location", "/team/").startswith("/team/")


async def test_each_table_can_be_downloaded_with_the_same_figures_and_the_same_ones_hidden(
    lead: httpx.AsyncClient, feed: Feed
) -> None:
    await feed.take_in("blackpool", *[a_referral()] * 2, *[an_acceptance()] * 1200)
    await feed.take_in("burnley", *[a_referral()] * 9)
    await feed.take_in("preston", *[a_referral()] * 11)

    months = table_in(await lead.get("/figures/referrals.csv?months=12"))
    triage = table_in(await lead.get("/figures/triage.csv"))

    assert len(months) == 14
    assert months[-2] == {
        "Month": "March 2026",
        "Region": "22",
        "Preston": "11",
        "Burnley": "hidden",
        "Blackpool": "fewer than 5",
    }
    assert triage[0]["Decided"] == "1200"


async def test_the_sentences_hide_what_the_tables_hide(lead: httpx.AsyncClient, feed: Feed) -> None:
    await feed.take_in("blackpool", *[a_referral()] * 2, *[a_beginning()] * 3)
    await feed.take_in("burnley", *[a_referral()] * 9, *[a_beginning()] * 9)
    await feed.take_in("preston", *[a_referral()] * 11, *[a_beginning()] * 11)

    small, beside = (await lead.get("/team/blackpool")).text, (await lead.get("/team/burnley")).text

    assert "So far in March 2026 Blackpool received fewer than 5 referrals" in small
    assert "So far in March 2026 Burnley received a number of referrals that is not shown" in beside
    assert "Burnley now works with a number of families that is not shown." in beside


async def test_every_figure_on_the_page_has_its_file_and_its_definition(lead: httpx.AsyncClient, feed: Feed) -> None:
    await feed.take_in("blackpool", a_referral(source=SourceGroup.SELF), an_acceptance(), a_refusal(), a_move())

    page = (await lead.get("/")).text

    for name in ("referrals", "triage", "tiers", "moves", "sources", "reasons"):
        assert f"/figures/{name}.csv?months=12" in page
        assert table_in(await lead.get(f"/figures/{name}.csv?months=12"))
    for words in ("Referrals decided within 5 working days", "All referrals decided", "Indicator 9, version 1"):
        assert words in page


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
    await feed.set_aside("blackpool", reason="wrong_team", number=2)

    page = (await lead.get("/")).text

    assert words in page
    assert "last heard 4 seconds ago" in page or "last heard 5 minutes ago" in page
    assert "set aside: 2" in page


async def test_data_quality_counts_what_was_set_aside_and_shows_nothing_of_it(
    lead: httpx.AsyncClient, feed: Feed
) -> None:
    await feed.take_in("blackpool", a_referral(), heard_at=NOW)
    await feed.set_aside("blackpool", reason="wrong_team", number=3)

    page = (await lead.get("/data-quality")).text
    [row] = table_in(await lead.get("/data-quality/set-aside.csv"))

    assert "3 entries wait to be looked at." in page
    assert "a detail" not in page
    assert (row["Team"], row["Why"], row["How many"]) == ("Blackpool", "Wrong team", "3")


async def test_data_quality_says_which_audit_trail_contradicts_what_was_heard_of_it(
    lead: httpx.AsyncClient, feed: Feed, connection: Connection
) -> None:
    teams = ("blackburn-with-darwen", "blackpool", "burnley", "lancaster", "preston")
    for team in teams:
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
    states = {row["Team"]: row["State"] for row in table_in(await lead.get("/data-quality/audit-trails.csv"))}

    assert "2 of 5 audit trails contradict what was heard of them." in page
    assert states == {
        "Blackburn with Darwen": "Fits what was heard before",
        "Blackpool": "Cut off: it had come further",
        "Burnley": "Begun anew: the team’s database was restored",
        "Lancaster": "Written anew: an entry is not what it was",
        "Preston": "Not heard of yet",
    }


async def test_a_download_cannot_make_a_spreadsheet_calculate(lead: httpx.AsyncClient, feed: Feed) -> None:
    await feed.announce("blackpool")
    await feed.set_aside("blackpool", reason="=1+1")

    [row] = table_in(await lead.get("/data-quality/set-aside.csv"))

    assert row["Why"] == "'=1+1"
