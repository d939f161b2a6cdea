"""The pages of a second service are held to what ours are held to, by one fixture: who sees them, links, addresses."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select

from shared import discovery
from shared.kernel.actor import Actor
from shared.kernel.identifiers import new_id
from shared.testing.page_routes import addresses_of, page_routes
from shared.testing.page_walk import WalkedService, failing, pages_of, unreached, walked_service, wrongly_answered
from shared.testing.recycled import KeptEngine, RecycledService
from shared.testing.visitor import hidden_in
from tests.services.lending.commands.report_damage import ReportDamage, report_damage
from tests.services.lending.contents import SERVICE
from tests.services.lending.database.tables import family, parcel, task

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PRACTITIONER, ADMINISTRATOR = SERVICE.people


@pytest.fixture
async def walked(
    recycled_service: RecycledService, kept_engine: KeptEngine, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[WalkedService]:
    monkeypatch.setenv(discovery.VARIABLE, "tests.services")
    engine = await kept_engine(await recycled_service("team-one", "lending"))
    parcel_id, family_id = new_id(), new_id()
    app = pages_of(SERVICE, engine, lambda: NOW)
    async with app.state.units_of_work.begin(Actor(ADMINISTRATOR.id, ADMINISTRATOR.roles)) as work:
        await work.session.execute(insert(family).values(id=family_id))
        made = {"person_id": new_id(), "position": 1, "is_replay": False, "born_at": NOW}
        await work.session.execute(insert(parcel).values(id=parcel_id, version=1, family_id=family_id, **made))
        await report_damage(ReportDamage(parcel_id, "A page is torn."), work)
    async with engine.connect() as connection:
        ids = {"parcel_id": parcel_id, "task_id": await connection.scalar(select(task.c.id))}
    ask = f"/parcels/{parcel_id}/ask?for=/parcels/{parcel_id}/send"
    addresses = addresses_of(page_routes(app), ids, {"/parcels/{parcel_id}/ask": [ask]})
    async with walked_service(SERVICE, engine, clock=lambda: NOW, addresses=addresses) as walked:
        yield walked


async def test_each_page_is_shown_to_who_may_see_it_and_to_nobody_else(walked: WalkedService) -> None:
    assert await wrongly_answered(walked) == []


async def test_each_page_is_reached_by_links_and_none_is_refused(walked: WalkedService) -> None:
    assert await unreached(walked) == []


async def test_whatever_stands_in_an_address_no_page_fails(walked: WalkedService) -> None:
    assert await failing(walked) == []


async def test_a_practitioner_reads_in_words_who_did_what_and_takes_it_along(walked: WalkedService) -> None:
    practitioner = walked.clients[PRACTITIONER]
    await practitioner.get("/")

    trail = (await practitioner.get("/audit?action=parcels.read")).text
    wrong = await practitioner.get("/audit?from_on=yesterday")
    file = (await practitioner.get("/audit.csv")).text
    check = (await practitioner.get("/audit/check")).text

    assert PRACTITIONER.name in trail
    assert "<td>Looked at the parcels</td>" in trail
    assert 'name="reference"' not in trail, "nothing of the library has one"
    assert (wrong.status_code, "There is a problem" in wrong.text) == (422, True)
    assert "Otto Pattern,Raised a task,task.raise" in file
    assert "The whole trail holds" in check


async def test_who_may_not_send_a_parcel_asks_who_may_and_it_is_a_task_of_theirs(walked: WalkedService) -> None:
    practitioner, administrator = walked.clients[PRACTITIONER], walked.clients[ADMINISTRATOR]
    (page,) = walked.addresses["/parcels/{parcel_id}/ask"]

    shown = (await administrator.get(page)).text
    wordless = await administrator.post(page, data={**hidden_in(shown), "words": ""})
    asked = await administrator.post(page, data={**hidden_in(shown), "words": "They move on Friday."})
    listed = (await practitioner.get("/tasks")).text
    elsewhere = await administrator.get(page.replace("/send", "/audit"))

    assert "A practitioner hands the parcel over. Ask one of them." in shown
    assert f"<li>{PRACTITIONER.name}</li>" in shown
    assert (wordless.status_code, asked.status_code, elsewhere.status_code) == (422, 303, 404)
    assert "They move on Friday." in listed
