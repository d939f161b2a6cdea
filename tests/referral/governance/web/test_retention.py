"""Records whose date has passed, from the list to the tombstone."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import text

from services.referral.governance.database.record_keeping import KeptFamily, kept_from
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.governance.builders import restrict
from tests.referral.governance.test_propose_destruction import an_old_family
from tests.referral.web.visitor import LEAD, PRACTITIONER, Visitor, client_of, pages_of


@pytest.fixture
async def lead(team: ATeam) -> AsyncIterator[Visitor]:
    async with client_of(pages_of(team)) as client:
        visitor = Visitor(client)
        await visitor.signs_in(LEAD)
        yield visitor


async def test_a_record_is_proposed_by_one_and_destroyed_by_another(team: ATeam, staff: Visitor, lead: Visitor) -> None:
    empty = (await lead.client.get("/retention")).text
    family_id = await an_old_family(team)
    await staff.signs_in(PRACTITIONER)
    await lead.signs_in(LEAD)
    page = f"/families/{family_id}/destruction"

    listed = (await lead.client.get("/retention")).text
    wordless = await staff.posts(page, {"note": ""}, seen_on=page)
    proposed = await staff.posts(page, {"note": "Read all of it."}, seen_on=page)
    waiting = (await lead.client.get("/retention")).text
    file = (await lead.client.get("/retention.csv")).text
    (decide,) = set(re.findall(r"/retention/[0-9a-f-]{36}", waiting))
    undecided = await lead.posts(decide, {}, seen_on=decide)
    destroyed = await lead.posts(decide, {"decision": "destroy"}, seen_on=decide)
    after = (await lead.client.get("/retention?done=destroy")).text

    assert "No record has passed its date." in empty
    assert "No record has been destroyed." in empty
    assert "until the 25th birthday" in listed
    assert (wordless.status_code, undecided.status_code) == (422, 422)
    assert proposed.headers["location"].endswith("/record?done=proposed")
    assert "Priya Sample" in waiting
    assert "2050-10-20" in file
    assert destroyed.headers["location"] == "/retention?done=destroy"
    assert str(family_id) in after
    assert "Shannon" not in after
    assert (await staff.client.get(f"/families/{family_id}")).status_code == 404


async def test_the_lead_keeps_a_record(team: ATeam, staff: Visitor, lead: Visitor) -> None:
    family_id = await an_old_family(team)
    await staff.signs_in(PRACTITIONER)
    await lead.signs_in(LEAD)
    page = f"/families/{family_id}/destruction"
    await staff.posts(page, {"note": "Read all of it."}, seen_on=page)
    (decide,) = set(re.findall(r"/retention/[0-9a-f-]{36}", (await lead.client.get("/retention")).text))

    kept = await lead.posts(decide, {"decision": "keep"}, seen_on=decide)

    assert kept.headers["location"] == "/retention?done=keep"
    assert (await staff.client.get(f"/families/{family_id}")).status_code == 200


async def test_the_page_of_one_record_reads_one_record(
    team: ATeam, staff: Visitor, lead: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        await team.accepts()
    family_id = await an_old_family(team)
    async with team.engine.begin() as connection:
        await connection.execute(text("UPDATE episode SET ended_on = '2026-06-01', ending = 'completed'"))
    await staff.signs_in(PRACTITIONER)
    await lead.signs_in(LEAD)
    page = f"/families/{family_id}/destruction"
    await staff.posts(page, {"note": "Read all of it."}, seen_on=page)
    (decide,) = set(re.findall(r"/retention/[0-9a-f-]{36}", (await lead.client.get("/retention")).text))
    read: list[object] = []

    def counted(row: Any) -> KeptFamily:
        read.append(row)
        return kept_from(row)

    monkeypatch.setattr("services.referral.governance.queries.retention_list.kept_from", counted)
    shown = await lead.client.get(decide)
    unknown = await lead.client.get(f"/retention/{new_id()}")

    assert "Read all of it." in shown.text
    assert len(read) == 1
    assert unknown.status_code == 404


async def test_a_restricted_record_is_listed_without_names(team: ATeam, lead: Visitor) -> None:
    family_id = await an_old_family(team)
    await restrict(team, family_id)
    await lead.signs_in(LEAD)

    listed = (await lead.client.get("/retention")).text

    assert ("Restricted record" in listed, "TEA-2026-000001" in listed, "Shannon" in listed) == (True, True, False)


async def test_only_the_lead_sees_the_list(staff: Visitor) -> None:
    assert (await staff.client.get("/retention")).status_code == 403
