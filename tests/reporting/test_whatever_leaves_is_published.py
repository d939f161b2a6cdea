"""All that leaves is made of published cells and of nothing else, so an attack on those is an attack on everything.

Every page and file is fetched, and again when facts and figures are others while the published cells are the same: not
a letter may differ. What an attacker learns from a sentence, a limit or the height of a bar, the cells have told them.
"""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from fastapi import FastAPI
from pypdf import PdfReader
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.reporting.contents import SERVICE
from services.reporting.dashboard.commands.agree_action import AgreeAction, agree_action
from services.reporting.dashboard.domain.action import ActionKind
from services.reporting.dashboard.web.figure_file import VIEWS
from services.reporting.facts.database.reporting_work import ReportingUnits
from services.reporting.facts.domain.region_office import RegionOffice
from services.reporting.indicators.commands.set_target import SetTarget, set_target
from services.reporting.publication.database.readers import keep_remit
from services.reporting.publication.domain.published_point import Audience
from services.reporting.subscription.commands.send_one_now import SendOneNow, send_one_now
from services.reporting.subscription.commands.subscribe import Subscribe, subscribe
from services.reporting.subscription.database.subscription_tables import delivery, delivery_picture, message
from services.reporting.subscription.domain.subscription import Channel, Condition, Terms
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.staff.colleagues import Colleagues
from shared.tenancy.admin import AdminUrls, ServiceAccess
from shared.tenancy.databases import url_of
from shared.testing.events import Feed
from shared.testing.page_routes import every_route, roles_for
from shared.testing.workbook import sheets_of
from tests.reporting.builders import LEADER, a_series, publish
from tests.reporting.dashboard.web.conftest import COMMISSIONER, LOCALITY_LEAD, NOW, sign_in
from tests.reporting.dashboard.web.conftest import app as app  # noqa: PLC0414 - a fixture is found where it is named
from tests.reporting.dashboard.web.conftest import client as client  # noqa: PLC0414
from tests.reporting.dashboard.web.conftest import lead as lead  # noqa: PLC0414

SUBSCRIPTIONS = {channel: UUID(int=13 + number) for number, channel in enumerate(Channel)}
SUBSCRIPTION = SUBSCRIPTIONS[Channel.EMAIL]
SUBSCRIBERS = {Role.REGIONAL_LEAD: LEADER} | {
    role: Actor(one.id, one.roles) for one in (LOCALITY_LEAD, COMMISSIONER) for role in one.roles
}


def of(role: Role, channel: Channel) -> UUID:
    """The subscription of somebody with a role, by that channel."""
    return UUID(int=SUBSCRIPTIONS[channel].int + 100 * [*SUBSCRIBERS].index(role))


def channels_of(role: Role) -> list[Channel]:
    """The stream is of the whole region."""
    return [one for one in Channel if role is not Role.LOCALITY_LEAD or one is not Channel.STREAM]


ACTION, TARGET = UUID(int=11), UUID(int=12)
FORMS = ("change", "pause", "send", "again", "end", "replay", "key")
PATHS = {
    "/team/{slug}": "/team/blackpool",
    "/indicators/{which}": "/indicators/1",
    "/indicators/{which}/notes/new": "/indicators/1/notes/new",
    "/indicators/{which}/steps/new": "/indicators/1/steps/new",
    "/indicators/{which}/targets/new": "/indicators/1/targets/new",
    "/actions/{action_id}/hand-over": f"/actions/{ACTION}/hand-over",
    "/actions/{action_id}/close": f"/actions/{ACTION}/close",
    "/targets/{target_id}/withdraw": f"/targets/{TARGET}/withdraw",
    "/areas/{team}/{name}/new": "/areas/blackpool/births/new",
    "/data-quality/{name}.csv": "/data-quality/questions.csv",
    "/readiness/{team}/{month}/not-ready": "/readiness/blackpool/2026-03-01/not-ready",
    "/readiness/{team}/{month}/ready": "/readiness/blackpool/2026-03-01/ready",
    **{
        f"/subscriptions/{{subscription_id{kind}}}{end}": f"/subscriptions/{SUBSCRIPTION}{end}"
        for kind, end in (
            (":uuid", ""),
            (":uuid", "/figures.csv"),
            (":uuid", "/runs.csv"),
            (":uuid", "/back-test"),
            (":uuid", "/back-test.csv"),
            *(("", f"/{form}") for form in FORMS),
        )
    },
    "/subscriptions/{subscription_id}/cells/{which}/{team}/mute": f"/subscriptions/{SUBSCRIPTION}/cells/1/region/mute",
}
"""Addresses of routes with parameters, but for those of figures, which are found on the pages."""

NOT_FETCHED = {
    "/events": "says that something changed, and nothing of it",
    "/data-quality/{name}.xlsx": "the rows of the CSV file",
    "/subscriptions/{subscription_id:uuid}/figures.xlsx": "the rows of the CSV file",
    "/subscriptions/{subscription_id:uuid}/runs.xlsx": "the rows of the CSV file",
    "/subscriptions/{subscription_id:uuid}/back-test.xlsx": "the rows of the CSV file",
    "/figures/{view}.xlsx": "found on the pages",
    "/figures/{view}/{panel}.csv": "found on the pages",
    "/figures/{view}/{panel}.xlsx": "the rows of the CSV file",
    "/figures/{view}/{panel}.svg": "found on the pages",
    "/figures/{view}/{panel}.png": "the SVG, in another form",
}
BOOKS = ("/data-quality.xlsx",)
"""Workbooks that are no copy of a CSV file."""
ELSEWHERE = {
    "reckon_figures": "writes figures, and says only that there are new ones",
    "publish_figures": "writes published cells",
    "freeze_months": "writes published cells",
    "enter_known_areas": "writes what the strategy says of areas, which anyone may read",
    "look_at_figures": "keeps what is told: fetched below, by every channel",
    "send_digests": "sends what was kept",
    "call_webhooks": "sends what was kept, byte for byte",
    "put_on_stream": "sends what was kept, byte for byte",
    "clear_what_was_told": "sends nothing",
    "pause_forgotten": "sends a sentence without a figure",
}
"""What else works while nobody looks: a timer that sends something is to be fetched here like a page."""


def addresses(app: FastAPI, role: Role = Role.REGIONAL_LEAD) -> list[str]:
    """Of everything that someone who is signed in with the role can open, by the index of all routes."""
    of_role = [route for route in every_route(app) if role in (roles_for(route) or ())]
    routes = {route.path for route in of_role if "GET" in (route.methods or ())}
    unknown = {path for path in routes - NOT_FETCHED.keys() - PATHS.keys() if "{" in path}
    assert not unknown, f"say how to open {unknown}, or why it tells nothing"
    own, mine = str(SUBSCRIPTION), str(of(role, Channel.EMAIL))
    return sorted(
        PATHS.get(path, path).replace(own, mine)
        for path in routes - NOT_FETCHED.keys()
        if path in BOOKS or not path.endswith(".xlsx")
    )


async def everything(client: httpx.AsyncClient, app: FastAPI, role: Role = Role.REGIONAL_LEAD) -> dict[str, str]:
    """What is shown, by address: pages, the tables and drawings that stand on them, and files."""
    shown: dict[str, str] = {}
    own = [f"/subscriptions/{of(role, one)}" for one in channels_of(role)]
    waiting = [*addresses(app, role), *own, *(f"{one}/figures.csv" for one in own)]
    while waiting:
        address = waiting.pop()
        answer = await client.get(address)
        assert answer.status_code in (200, 303), address
        shown[address] = words_of(answer)
        links = re.findall(r'href="(/figures/(?:[^"]+\.(?:csv|svg)|[^"/]+\.xlsx)[^"]*)"', answer.text)
        waiting += {link.replace("&amp;", "&") for link in links} - shown.keys() - set(waiting)
    return shown


def words_of(answer: httpx.Response) -> str:
    """Without what differs each time: which form it is, and when a file was made."""
    if answer.headers["content-type"] == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    if "spreadsheet" in answer.headers["content-type"]:
        return str(sheets_of(answer))
    return re.sub(r'(csrf_token|intention)" value="[^"]+"', r"\1", answer.text)


@pytest.fixture
async def region(engine: AsyncEngine, feed: Feed) -> None:
    for team in ("blackpool", "burnley"):
        await feed.announce(team)
    numbers = [12, None, 14, 11, 9, 13, 12, 16, 15, 12, 13, 11, 14, 17]
    starts = date(2025, 1, 1)
    async with AsyncSession(engine) as session, session.begin():
        several = [
            series
            for team in ("blackpool", "burnley", "")
            for series in (
                a_series(*numbers, indicator=1, team=team, starts=starts),
                a_series(*numbers, indicator=9, team=team, of=[30] * len(numbers), starts=starts),
            )
        ]
        await publish(session, *several, cause="late", teams=2)
        await publish(session, *several, audience=Audience.OUTSIDE, teams=2)
    async with engine.begin() as connection:
        await keep_remit(connection, LOCALITY_LEAD, NOW)
    for role, actor in SUBSCRIBERS.items():
        async with units(engine).begin(actor) as work:
            await Colleagues(work.session).remember(actor.id, "Maya Sample", actor.roles)
            for channel in channels_of(role):
                to = {"addresses": ["one@place.example"] if channel.writes else []}
                terms = Terms(channel.label, Condition.MONTH_END, channel, webhook="https://hook.example/")
                await subscribe(Subscribe(of(role, channel), terms, **to), work)
    async with units(engine).begin(LEADER) as work:
        due = NOW.date()
        await agree_action(
            AgreeAction(ACTION, ActionKind.QUESTION, "blackpool", 9, "Is it so?", LOCALITY_LEAD.id, due), work
        )
        await set_target(SetTarget(TARGET, 9, date(2025, 4, 1), Decimal(80), "ICB contract"), work)


def units(engine: AsyncEngine) -> ReportingUnits:
    office = RegionOffice("https://region.example")
    return ReportingUnits(office, engine, region_key=b"", clock=lambda: NOW)


async def told(engine: AsyncEngine, role: Role = Role.REGIONAL_LEAD) -> dict[Channel, Any]:
    """What leaves by each channel, were it sent now: all bytes of it."""
    found: dict[Channel, Any] = {}
    for channel in channels_of(role):
        if channel is Channel.PAGE:
            continue  # fetched with the other pages
        async with units(engine).begin(SUBSCRIBERS[role]) as work:
            await send_one_now(SendOneNow(of(role, channel)), work)
        async with engine.connect() as connection:
            kept = (await connection.execute(select(delivery).order_by(delivery.c.number.desc()).limit(1))).one()
            mails = select(message.c.subject, message.c.body).where(message.c.delivery_id == kept.id)
            pictures = select(delivery_picture.c.content).where(delivery_picture.c.delivery == kept.id)
            words = [(await connection.execute(query)).all() for query in (mails, pictures)]
        assert kept.channel == channel
        found[channel] = (kept.body, kept.html, words)
    return found


@pytest.mark.usefixtures("region")
async def test_no_page_and_no_file_changes_when_facts_and_figures_do(
    lead: httpx.AsyncClient, app: FastAPI, engine: AsyncEngine
) -> None:
    before = await everything(lead, app)

    async with AsyncSession(engine) as session, session.begin():
        for statement in _OTHER_FACTS_AND_FIGURES:
            await session.execute(text(statement))
    after = await everything(lead, app)

    assert any(address.startswith("/figures/") for address in before)
    assert {re.split("[/.]", address)[2] for address in before if address.startswith("/figures/")} <= VIEWS.keys()
    assert [address for address in before if before[address] != after.get(address)] == []


@pytest.mark.usefixtures("region")
async def test_no_channel_tells_anything_else_when_facts_and_figures_do(engine: AsyncEngine) -> None:
    before = await told(engine)

    async with AsyncSession(engine) as session, session.begin():
        for statement in _OTHER_FACTS_AND_FIGURES:
            await session.execute(text(statement))

    assert before.keys() == {*Channel} - {Channel.PAGE}
    assert all("Blackpool" in str(words) or "blackpool" in str(words) for words in before.values())
    assert await told(engine) == before


OTHERS = {
    "a lead of Blackpool": (LOCALITY_LEAD, "team NOT IN ('', 'blackpool') OR (team = '' AND teams < 4)"),
    "a commissioner": (COMMISSIONER, "audience = 'inside'"),
}
"""Who, and the published cells that they do not see."""


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize("who", OTHERS)
async def test_whatever_they_do_not_see_changes_no_letter_of_any_page_or_file_that_they_open(
    client: httpx.AsyncClient, app: FastAPI, engine: AsyncEngine, access: ServiceAccess, servers: AdminUrls, who: str
) -> None:
    person, unseen = OTHERS[who]
    [role] = person.roles
    await sign_in(client, person)
    told_before = await told(engine, role)
    before = await everything(client, app, role)
    superuser = await asyncpg.connect(url_of(servers.postgres, database=access.database_url.rpartition("/")[2]))
    await superuser.execute("SET session_replication_role = 'replica'")  # nobody else can change what is frozen
    changed = await superuser.execute(f"UPDATE published SET numerator = numerator + 1 WHERE {unseen}")
    await superuser.close()

    after = await everything(client, app, role)

    assert changed != "UPDATE 0"
    assert await told(engine, role) == told_before
    assert told_before.keys() == {*channels_of(role)} - {Channel.PAGE}
    assert any(address.startswith("/figures/") for address in before)
    assert [address for address in before if before[address] != after.get(address)] == []


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize("who", OTHERS)
async def test_what_is_not_theirs_is_answered_as_if_it_were_not_there(
    client: httpx.AsyncClient, app: FastAPI, who: str
) -> None:
    person, _ = OTHERS[who]
    [role] = person.roles
    await sign_in(client, person)
    theirs = {one.replace(str(of(role, Channel.EMAIL)), str(SUBSCRIPTION)) for one in addresses(app, role)}
    of_others = set(addresses(app)) - theirs

    refused = {address: (await client.get(address)).status_code for address in of_others}

    assert {"/data-quality", "/snapshots", "/revisions", "/readiness", "/indicators/1/notes/new"} <= of_others
    assert set(refused.values()) == {403}
    if role is Role.LOCALITY_LEAD:
        for address in ("/team/burnley", "/indicators/1?team=burnley", "/report.pdf?team=burnley"):
            assert (await client.get(address)).status_code == 404, address
    for channel in Channel:
        assert (await client.get(f"/subscriptions/{SUBSCRIPTIONS[channel]}")).status_code == 404


def test_whatever_works_while_nobody_looks_is_known() -> None:
    assert {name for room in SERVICE.rooms for name in room.timers} == ELSEWHERE.keys()
    assert SERVICE.publishes == ""


_OTHER_FACTS_AND_FIGURES = [
    """
    INSERT INTO figure (indicator, version, team, month, way, part, numerator, denominator, reckoned_at)
    SELECT indicator, 1, team, month::date, way, way, 3, 4, now()
    FROM generate_series(1, 57) indicator, unnest(ARRAY['blackpool', 'burnley']) team, unnest(ARRAY['', 'tier']) way,
         generate_series('2025-01-01'::date, '2026-03-01', interval '1 month') month
    """,
    """
    INSERT INTO dirty_month (team, month, since) VALUES ('blackpool', '2026-03-01', now())
    """,
    """
    INSERT INTO tier_movement (stream, position, team, month, from_tier, to_tier, capacity_driven)
    SELECT 'a stream', number, 'blackpool', '2026-03-01', 'targeted', 'specialist', true
    FROM generate_series(1, 3) number
    """,
]
