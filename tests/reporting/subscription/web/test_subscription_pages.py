"""The pages of subscriptions: what they show is what is sent, row by row."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine

from services.reporting.contents import SERVICE
from services.reporting.subscription.database.digest_messages import DigestMessages
from services.reporting.subscription.database.subscription_tables import delivery, subscriber, subscription
from services.reporting.subscription.domain.subscription import Channel, Condition
from services.reporting.subscription.domain.told_figure import HEADS
from shared.mail import Mail, as_message
from shared.staff.message_sending import send_next
from shared.testing.page_walk import pages_of
from shared.testing.visitor import client_of, hidden_in, signs_in
from tests.reporting.subscription.a_subscriber import LOW, ASubscriber

[PERSON, *_] = SERVICE.people


@pytest.fixture
def app(engine: AsyncEngine, maya: ASubscriber) -> FastAPI:
    return pages_of(SERVICE, engine, lambda: maya.now, public_url="http://127.0.0.1:8000")


@pytest.fixture
async def lead(app: FastAPI) -> httpx.AsyncClient:
    client = client_of(app)
    await signs_in(client, PERSON)
    return client


class Tables(HTMLParser):
    """The rows of tables by the heading before them: cells as text."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[str, list[str]]] = []
        self._heading, self._text = "", ""
        self._open: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002 - HTMLParser's own
        self._text = "" if tag in {"h2", "h3", "td", "th"} else self._text
        if tag == "tr":
            self._open.append([])
            self.rows.append((self._heading, self._open[-1]))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"h2", "h3"}:
            self._heading = self._text.split(":")[0].strip()
        if tag in {"td", "th"}:
            self._open[-1].append(" ".join(self._text.split()))
        if tag == "tr":
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._text += data

    def told(self) -> list[tuple[str, dict[str, str]]]:
        """Section and row, by the heads of each table."""
        heads: list[str] = []
        found: list[tuple[str, dict[str, str]]] = []
        for heading, row in self.rows:
            if row and set(row) <= set(HEADS):
                heads = row
            elif heads and len(row) == len(heads) and heading in {"New", "Ended", "Goes on", "As before"}:
                found.append((heading, {head: cell for head, cell in zip(heads, row, strict=True) if cell}))
        return found


def told_in(html: str) -> list[tuple[str, dict[str, str]]]:
    tables = Tables()
    tables.feed(html)
    return tables.told()


def csv_rows(answer: httpx.Response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def mails(maya: ASubscriber) -> list[Mail]:
    """All that is due."""
    sent: list[Mail] = []

    async def send(mail: Mail) -> None:
        sent.append(mail)

    queue: Any = DigestMessages
    while await send_next(maya.units, queue, send):
        pass
    return sent


@pytest.mark.parametrize("condition", [Condition.OUTSIDE, Condition.MONTH_END])
async def test_the_mail_equals_the_page_row_by_row(
    maya: ASubscriber, lead: httpx.AsyncClient, condition: Condition
) -> None:
    one = await maya.subscribes(condition)
    await maya.freezes(preston=LOW)
    await maya.looks()

    await signs_in(lead, PERSON)
    page = (await lead.get(f"/subscriptions/{one}")).text
    [mail] = await mails(maya)
    [row] = await maya.rows(delivery)

    rows = told_in(page)
    assert rows
    assert told_in(mail.html) == rows
    body = json.loads(row.body)["data"]["told"]
    by_place = {(one["team"].capitalize() or "Whole region"): one for one in body}
    for _, words in rows[: len(body)]:
        said = by_place[words["Where"]]
        assert (said["figure"], said["of"], said["variation"]) == (words["Latest"], words["Of"], words["Variation"])
        assert f"{words['Where']}: {words['Figure of']}" in " ".join(mail.body.split())
    file = await lead.get(f"/subscriptions/{one}/figures.csv")
    lines = [{head: cell for head, cell in zip(HEADS, line, strict=True) if cell} for line in csv_rows(file)[1:]]
    assert [words for _, words in rows if words not in lines] == []


async def test_a_mail_holds_multiples_of_five_alone_where_the_gate_rounded(maya: ASubscriber) -> None:
    await maya.subscribes(Condition.OUTSIDE)
    await maya.freezes(preston=LOW)
    await maya.looks()

    [mail] = await mails(maya)

    assert "about 10 of 100" in " ".join(mail.body.split())
    assert "Counts are rounded to 5" in " ".join(mail.body.split())
    assert max(map(len, mail.body.splitlines())) < 140
    sentences = [line for line in mail.body.splitlines() if "http" not in line]
    assert max(map(len, sentences)) <= 72


async def test_a_mail_says_how_it_is_stopped_and_has_a_picture_of_what_is_new(maya: ASubscriber) -> None:
    await maya.subscribes(Condition.OUTSIDE)
    await maya.freezes(preston=LOW)
    await maya.looks()

    [mail] = await mails(maya)
    message = as_message(mail, "region@example.org")
    [person] = await maya.rows(subscriber)

    link = f"https://region.example/stop/{person.secret}"
    assert message["List-Unsubscribe"] == f"<{link}/one-click>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link in mail.body
    assert f'href="{link}"' in mail.html
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png"]
    [picture] = [part for part in message.walk() if part.get_content_type() == "image/png"]
    assert f"cid:{picture['Content-ID'].strip('<>')}" in mail.html
    assert not re.search(r"style=|<script|<svg|src=\"http", mail.html)


async def test_whoever_has_the_link_stops_it_without_a_sign_in_and_opening_it_does_nothing(
    maya: ASubscriber, app: FastAPI
) -> None:
    await maya.subscribes(Condition.OUTSIDE, addresses=["one@place.example", "two@place.example"])
    one, two = sorted(await maya.rows(subscriber), key=lambda row: row.address)
    nobody = client_of(app)

    asked = await nobody.get(f"/stop/{one.secret}")
    before = len([row for row in await maya.rows(subscriber) if row.left_at is None])
    answer = await nobody.post(f"/stop/{one.secret}", data=hidden_in(asked.text))
    done = await nobody.get(answer.headers["location"])
    await maya.freezes(preston=LOW)
    await maya.looks()

    assert "Stop these emails?" in asked.text
    assert before == 2
    assert "These emails have stopped" in done.text
    assert [mail.to for mail in await mails(maya)] == ["two@place.example"]
    assert next(row for row in await maya.rows(subscriber) if row.id == one.id).address == ""
    assert two.secret not in done.text


async def test_a_mail_programs_own_button_stops_it_at_once_and_the_last_one_ends_it(
    maya: ASubscriber, app: FastAPI
) -> None:
    await maya.subscribes(Condition.OUTSIDE)
    [one] = await maya.rows(subscriber)
    nobody = client_of(app)
    address = f"/stop/{one.secret}/one-click"

    opened = await nobody.get(address)
    answers = [await nobody.post(address, data={"List-Unsubscribe": "One-Click"}) for _ in range(2)]
    [kept] = await maya.rows(subscription)

    assert (opened.status_code, opened.headers["location"]) == (303, f"/stop/{one.secret}")
    assert [answer.status_code for answer in answers] == [200, 200]
    assert kept.why_ended == "Nobody is left whom it is sent to."


async def test_a_link_that_is_not_right_says_so(app: FastAPI) -> None:
    nobody = client_of(app)

    assert "This link is not whole" in (await nobody.get("/stop")).text
    assert (await nobody.get("/stop/nonsense")).status_code == 404
    assert (await nobody.post("/stop/nonsense/one-click")).status_code == 404


async def test_whoever_left_gets_nothing_that_was_on_its_way(maya: ASubscriber, app: FastAPI) -> None:
    await maya.subscribes(Condition.OUTSIDE)
    [one] = await maya.rows(subscriber)
    await maya.freezes(preston=LOW)
    await maya.looks()

    await client_of(app).post(f"/stop/{one.secret}/one-click")

    assert await mails(maya) == []


async def test_the_list_says_what_came_of_each_and_why(maya: ASubscriber, lead: httpx.AsyncClient) -> None:
    empty = (await lead.get("/subscriptions")).text
    await maya.subscribes(Condition.OUTSIDE, name="Help in time")
    await maya.subscribes(Condition.OUTSIDE, Channel.PAGE, name="Burnley", teams=("burnley",))
    await maya.freezes(preston=LOW)
    await maya.looks()

    await signs_in(lead, PERSON)
    shown = (await lead.get("/subscriptions")).text
    fired = (await lead.get("/subscriptions?state=fired")).text

    assert "Nobody has subscribed yet" in empty
    assert "Started: Preston, Decided within 5 working days." in shown
    assert "Nothing started." in shown
    assert ("Help in time" in fired, ">Burnley<" in fired) == (True, False)
    assert (await lead.get("/subscriptions?state=paused")).text.count("No subscription is paused")


async def test_a_subscription_is_made_by_its_form_which_leads_to_its_page(lead: httpx.AsyncClient) -> None:
    assert (await lead.get(f"/subscriptions/{UUID(int=9)}")).status_code == 404
    page = await lead.get("/subscriptions/new")
    sent = {
        **hidden_in(page.text),
        "name": "Live",
        "which_figures": "all",
        "which_places": "all",
        "condition": "any_rule",
        "channel": "page",
    }
    answer = await lead.post("/subscriptions/new", data=sent)

    assert answer.status_code == 303
    assert "What it tells now" in (await lead.get(answer.headers["location"])).text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"channel": "email", "addresses": "not an address"}, "Enter an email address like name@example.org"),
        ({"channel": "email", "addresses": ""}, "Write whom it is sent to, one address a line"),
        ({"channel": "webhook", "webhook": "http://x.example", "told": "a@b.example"}, "begins with https://"),
        ({"which_figures": "chosen"}, "Choose one figure or more"),
        ({"which_figures": "chosen", "indicators": "998"}, "There is no such figure"),
        ({"which_places": "chosen", "teams": "atlantis"}, "There is no such team"),
        ({"which_places": "chosen", "teams": "../x"}, "Choose from the list only"),
    ],
)
async def test_what_is_wrong_is_told_and_what_was_typed_is_kept(
    lead: httpx.AsyncClient, wrong: dict[str, str], sentence: str
) -> None:
    usual = {
        "name": "Kept name",
        "which_figures": "all",
        "which_places": "all",
        "condition": "trend",
        "channel": "page",
    }
    page = await lead.get("/subscriptions/new")

    answer = await lead.post("/subscriptions/new", data={**hidden_in(page.text), **usual, **wrong})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Kept name" in answer.text
