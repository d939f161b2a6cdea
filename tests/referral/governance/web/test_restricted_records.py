"""A restricted record is shown to nobody who is not named, on any page; in an emergency it is opened in words."""

import re
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import select, text

from services.referral.database.tables import referral
from shared.kernel.actor import system
from shared.kernel.identifiers import new_id
from shared.staff.form_routes import DraftRoute
from tests.referral.a_team import ATeam
from tests.referral.governance.builders import restrict
from tests.referral.web.visitor import LEAD, PRACTITIONER, Visitor, client_of, csrf_in, pages_of

OF_THE_FAMILY = (
    "Shannon",
    "Leonie",
    "Dan Example",
    "999 000 0018",
    "9990000018",
    "07700 900",
    "07700900",
    "FY1 9ZZ",
    "looks away",
)
WHY = "The midwife rang: the baby is at risk today."


def routes_of(routes: Any) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute) and not isinstance(route, DraftRoute):
            yield route


@pytest.fixture
async def lead(team: ATeam) -> AsyncIterator[Visitor]:
    async with client_of(pages_of(team)) as client:
        visitor = Visitor(client)
        await visitor.signs_in(LEAD)
        yield visitor


async def test_each_page_of_a_restricted_family_is_refused_and_shows_nothing_of_it(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id
    await restrict(team, family_id)
    app = pages_of(team)
    paths = sorted(
        (route.path, method, bool(route.dependant.query_params) or route.path.count("{") > 1)
        for route in routes_of(app.routes)
        if route.path.startswith("/families/{family_id}") and not route.path.endswith("/break-glass")
        for method in route.methods or ()
    )
    found: dict[str, list[str]] = {}
    for person in (PRACTITIONER, LEAD):
        async with client_of(app) as client:
            visitor = Visitor(client)
            await visitor.signs_in(person)
            token = csrf_in((await client.get(f"/families/{family_id}")).text)
            for path, method, needs_more in paths:
                address = re.sub(r"\{[^}]+\}", str(new_id()), path.replace("{family_id}", str(family_id), 1))
                answer = await client.request(method, address, data={"csrf_token": token} if method == "POST" else None)
                wrong = [word for word in OF_THE_FAMILY if word in answer.text]
                refused = answer.status_code == 403 or (needs_more and answer.status_code in {404, 422})
                if wrong or not refused:
                    found[f"{method} {path}"] = [str(answer.status_code), *wrong]

    assert len(paths) > 10
    assert found == {}


async def test_a_refused_read_is_in_the_audit_trail(team: ATeam, staff: Visitor) -> None:
    family_id = (await team.accepts()).family_id
    await restrict(team, family_id)

    await staff.client.get(f"/families/{family_id}")
    await staff.client.get("/audit")

    assert (await team.audited())[-2:] == [("family.refused", family_id), ("page.refused", None)]


async def test_in_an_emergency_the_record_opens_for_an_hour(team: ATeam, staff: Visitor) -> None:
    family_id = (await team.accepts()).family_id
    await restrict(team, family_id)
    root = f"/families/{family_id}"

    refused = await staff.client.get(root)
    wordless = await staff.posts(f"{root}/break-glass", {"reason": ""}, seen_on=root)
    short = await staff.posts(f"{root}/break-glass", {"reason": "please"}, seen_on=root)
    opened = await staff.posts(f"{root}/break-glass", {"reason": WHY}, seen_on=root)
    shown = await staff.client.get(root)
    team.now += timedelta(minutes=61)
    await staff.signs_in(PRACTITIONER)
    closed = await staff.client.get(root)

    assert (refused.status_code, wordless.status_code, short.status_code) == (403, 422, 422)
    assert "please</textarea>" in short.text
    assert (opened.status_code, opened.headers["location"]) == (303, root)
    assert (shown.status_code, "Shannon" in shown.text) == (200, True)
    assert (closed.status_code, "Shannon" in closed.text) == (403, False)


async def test_the_lead_reviews_it_without_seeing_the_family(team: ATeam, staff: Visitor, lead: Visitor) -> None:
    family_id = (await team.accepts()).family_id
    await restrict(team, family_id)
    root = f"/families/{family_id}"
    await staff.posts(f"{root}/break-glass", {"reason": WHY}, seen_on=root)

    listed = (await lead.client.get("/break-glass")).text
    (opening,) = re.findall(r"/break-glass/([0-9a-f-]{36})", listed)
    page = f"/break-glass/{opening}"
    wordless = await lead.posts(page, {"note": ""}, seen_on=page)
    reviewed = await lead.posts(page, {"finding": "justified", "note": "Right: I rang her."}, seen_on=page)
    after = (await lead.client.get("/break-glass")).text
    everything = (await lead.client.get("/break-glass?every=yes")).text
    file = (await lead.client.get("/break-glass.csv?every=yes")).text

    assert "TEA-2026-000001" in listed
    assert WHY in listed
    assert "Shannon" not in listed
    assert wordless.status_code == 422
    assert reviewed.headers["location"] == "/break-glass?done=reviewed"
    assert "Nothing waits for a review." in after
    assert "It was right to open the record" in everything
    assert "Right: I rang her." in file


async def test_the_lead_restricts_a_record_and_lifts_it_again(team: ATeam, staff: Visitor, lead: Visitor) -> None:
    family_id = (await team.accepts()).family_id
    page = f"/families/{family_id}/restriction"
    what = {"seen": "", "reason": "colleague", "note": "Leonie works here."}

    missing = await lead.posts(page, {"seen": "", "note": "", "reason": ""}, seen_on=page)
    restricted = await lead.posts(page, what, seen_on=page)
    stale = await lead.posts(page, what, seen_on=page)
    seen = re.findall(r'name="seen" value="([0-9a-f-]{36})"', (await lead.client.get(page)).text)[0]
    refused = await staff.client.get(f"/families/{family_id}")
    wordless = await lead.posts(f"{page}/lift", {"seen": seen, "lift_note": ""}, seen_on=page)
    lifted = await lead.posts(f"{page}/lift", {"seen": seen, "lift_note": "Not needed."}, seen_on=page)
    shown = await staff.client.get(f"/families/{family_id}")

    assert (missing.status_code, wordless.status_code) == (422, 422)
    assert restricted.headers["location"] == f"/families/{family_id}/record?done=restricted"
    assert (stale.status_code, "Someone changed who may see this record." in stale.text) == (409, True)
    assert (refused.status_code, shown.status_code) == (403, 200)
    assert lifted.headers["location"] == f"/families/{family_id}/record?done=unrestricted"


async def test_a_colleague_who_is_named_may_open_it(team: ATeam, staff: Visitor) -> None:
    family_id = (await team.accepts()).family_id
    await restrict(team, family_id, UUID(int=101))

    assert (await staff.client.get(f"/families/{family_id}")).status_code == 200


async def test_no_list_and_no_file_of_the_team_names_a_restricted_family(team: ATeam) -> None:
    family = await team.accepts()
    await restrict(team, family.family_id)
    app = pages_of(team, mhsds_team_type="Z01")
    paths = sorted(
        route.path
        for route in routes_of(app.routes)
        if "GET" in (route.methods or ())
        and "{" not in route.path
        and not route.path.startswith(("/fhir", "/refer"))
        and not route.path.endswith("template.csv")
    )
    found: dict[str, list[str]] = {}
    for person in (PRACTITIONER, LEAD):
        async with client_of(app) as client:
            visitor = Visitor(client)
            await visitor.signs_in(person)
            for path in paths:
                for query in ("", "?whose=team", "?q=Shannon", "?q=9990000018", "?month=2026-03"):
                    answer = await client.get(path + query)
                    said = re.sub(r'value="[^"]*"|q=[A-Za-z0-9]+|[Ff]or example 999 000 0018', "", answer.text)
                    if wrong := [word for word in OF_THE_FAMILY if word in said]:
                        found[path + query] = wrong

    assert len(paths) > 15
    assert found == {}


async def test_the_referral_of_a_restricted_family_is_refused_too(team: ATeam, staff: Visitor) -> None:
    family = await team.accepts()
    await restrict(team, family.family_id)
    async with team.begin(system()) as work:
        referral_id = await work.session.scalar(select(referral.c.id).where(referral.c.family_id == family.family_id))

    answer = await staff.client.get(f"/referrals/{referral_id}")

    assert answer.status_code == 403
    assert not [word for word in OF_THE_FAMILY if word in answer.text]


async def test_a_family_with_a_restricted_one_merged_into_it_is_restricted_too(team: ATeam, staff: Visitor) -> None:
    restricted = (await team.accepts()).family_id
    await restrict(team, restricted)
    kept = (await team.accepts()).family_id
    async with team.engine.begin() as connection:
        await connection.execute(
            text("UPDATE family SET merged_into = :kept WHERE id = :id"), {"kept": kept, "id": restricted}
        )

    assert (await staff.client.get(f"/families/{kept}/record")).status_code == 403
