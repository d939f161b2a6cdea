"""`pairs subscribe` for people and for programs."""

import asyncio
import json
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from services.reporting.subscription.domain.subscription import Channel, Condition
from services.reporting.subscription.tools.subscribe import subscribe
from shared.tenancy.admin import ServiceAccess
from tests.reporting.subscription.a_subscriber import LOW, ASubscriber

app = typer.Typer()
app.command()(subscribe)


async def says(access: ServiceAccess, *words: str) -> tuple[int, str]:
    """Exit code, and what it prints."""
    found: Any = await asyncio.to_thread(CliRunner().invoke, app, words, obj=access.database_url)
    return found.exit_code, found.output


async def test_it_makes_one_lists_it_and_reads_what_it_tells_and_told(maya: ASubscriber, access: ServiceAccess) -> None:
    words = ("--make", "Waits", "--condition", "month_end", "--indicator", "9", "--team", "preston", "--json")
    code, printed = await says(access, *words)
    made = json.loads(printed)
    await maya.freezes(preston=LOW)
    await maya.looks()

    listed = json.loads((await says(access, "--json"))[1])
    now = json.loads((await says(access, "--now", made["id"], "--json"))[1])
    told = json.loads((await says(access, "--told", made["id"], "--json"))[1])
    rest = json.loads((await says(access, "--told", made["id"], "--after", str(told[-1]["number"]), "--json"))[1])

    assert (code, made["page"]) == (0, f"/subscriptions/{made['id']}")
    assert [(one["name"], one["of"], one["channel"]) for one in listed] == [("Waits", "1 figure, Preston.", "api")]
    assert [(one["team"], one["figure"], one["of"]) for one in now] == [("preston", "10%", "about 10 of 100")]
    assert json.loads(told[0]["body"])["data"]["told"][0]["figure"] == "10%"
    assert rest == []


async def test_for_people_it_is_a_table_or_a_sentence(maya: ASubscriber, access: ServiceAccess) -> None:
    nothing = await says(access)
    await maya.subscribes(name="Waits")

    assert nothing == (0, "There is none.\n")
    assert "Waits" in (await says(access))[1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--make", "Waits", "--indicator", "998"), "There is no such figure. Choose from the list."),
        (("--make", "Waits", "--channel", "email"), "Write whom it is sent to, one address a line."),
        (("--make", "Waits", "--channel", "webhook", "--webhook", "http://x.example"), "begins with https://"),
        (("--now", "01a21e9b-c9cb-7da6-9763-59d7930cc4da"), "There is no such subscription."),
    ],
)
@pytest.mark.usefixtures("maya")
async def test_what_is_refused_says_what_to_do_and_ends_with_1(
    access: ServiceAccess, words: tuple[str, ...], sentence: str
) -> None:
    code, printed = await says(access, *words)

    assert code == 1
    assert sentence in printed


async def test_what_a_page_alone_shows_stays_there(maya: ASubscriber, access: ServiceAccess) -> None:
    one = await maya.subscribes(Condition.OUTSIDE, Channel.PAGE)

    assert (await says(access, "--now", str(one)))[0] == 1
