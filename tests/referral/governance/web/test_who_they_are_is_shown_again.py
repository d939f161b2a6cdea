"""What cannot be undone, or leaves the service, is done by someone who showed a few minutes ago who they are."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import FastAPI

from services.training.contents import SERVICE as TRAINING
from shared.discovery import services
from shared.staff.form_routes import forms_of
from shared.staff.list_routes import lists_of
from shared.testing.visitor import hidden_in
from tests.referral.a_team import ATeam
from tests.referral.governance.builders import restrict
from tests.referral.web.every_form import FORMS
from tests.referral.web.visitor import LEAD, PRACTITIONER, Visitor, client_of, pages_of

WHY = "The midwife rang: the baby is at risk today."


@pytest.fixture
def app(team: ATeam) -> FastAPI:
    app = pages_of(team, mhsds_team_type="A01")
    app.state.asks_for_proof = True
    return app


def test_it_is_asked_for_breaking_the_glass_merges_and_destruction() -> None:
    training = [form for page in TRAINING.pages() for form in forms_of(page.router.routes)]

    assert {form.path for form in [*FORMS, *training] if form.page.asks_for_proof} == {
        "/families/{family_id}/break-glass",
        "/families/{family_id}/merge",
        "/families/{family_id}/merges/{merge_id}",
        "/retention/{destruction_id}",
        "/people/{person_id}/join",
        "/joined/{merge_id}/undo",
        "/people/{person_id}/erase",
    }


async def test_in_the_middle_of_a_form_nothing_that_was_typed_is_lost(team: ATeam, app: FastAPI) -> None:
    family_id = (await team.accepts()).family_id
    await restrict(team, family_id)
    root = f"/families/{family_id}"
    async with client_of(app) as client:
        visitor = Visitor(client)
        await visitor.signs_in(PRACTITIONER)
        team.now += timedelta(minutes=11)
        opened = await client.get(root)
        typed = {**hidden_in(opened.text), "reason": WHY}
        sent_away = await client.post(f"{root}/break-glass", data=typed)
        still_closed = await client.get(root)
        asked = parse_qs(urlsplit(sent_away.headers["location"]).query)
        await visitor.signs_in(PRACTITIONER)
        shown = await client.get(asked["next"][0])
        stored = await client.post(f"{root}/break-glass", data={**hidden_in(shown.text), "reason": WHY})

    assert sent_away.headers["location"].startswith("/sign-in/begin?next=")
    assert asked["how"] == ["again"]
    assert still_closed.status_code == 403
    assert WHY in shown.text
    assert "press the button again" in shown.text
    assert (stored.status_code, stored.headers["location"]) == (303, root)


async def test_within_ten_minutes_nobody_is_asked_twice(team: ATeam, app: FastAPI) -> None:
    family_id = (await team.accepts()).family_id
    await restrict(team, family_id)
    root = f"/families/{family_id}"
    async with client_of(app) as client:
        visitor = Visitor(client)
        await visitor.signs_in(PRACTITIONER)
        team.now += timedelta(minutes=9)

        opened = await visitor.posts(f"{root}/break-glass", {"reason": WHY}, seen_on=root)

    assert opened.headers["location"] == root


async def test_the_extract_leaves_with_someone_who_showed_who_they_are(team: ATeam, app: FastAPI) -> None:
    async with client_of(app) as client:
        await Visitor(client).signs_in(LEAD)
        at_once = await client.get("/extract.zip?month=2026-02")
        team.now += timedelta(minutes=11)
        later = await client.get("/extract.zip?month=2026-02")

    assert at_once.status_code == 200
    assert later.headers["location"] == "/sign-in/begin?next=/extract%3Fmonth%3D2026-02&how=again"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
async def test_a_list_with_people_is_taken_along_by_someone_who_showed_who_they_are(
    team: ATeam, app: FastAPI, ending: str
) -> None:
    async with client_of(app) as client:
        await Visitor(client).signs_in(LEAD)
        at_once = await client.get(f"/caseload.{ending}?whose=team")
        team.now += timedelta(minutes=11)
        later = await client.get(f"/caseload.{ending}?whose=team")

    assert at_once.status_code == 200
    assert later.headers["location"] == "/sign-in/begin?next=/caseload%3Fwhose%3Dteam&how=again"


def test_every_list_of_a_teams_services_asks_for_it() -> None:
    lists = [
        listed
        for service in (one for one in services().values() if one.of == "team")
        for page in service.pages()
        for listed in lists_of(page.router.routes).values()
    ]

    assert len(lists) > 20
    assert [one.path for one in lists if one.exports and not one.asks_for_proof] == []
