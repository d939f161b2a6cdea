"""Someone asks for a copy of a record: from the request to the zip file."""

import io
import json
import re
import zipfile
from uuid import UUID

from tests.referral.a_team import ATeam
from tests.referral.governance.builders import restrict
from tests.referral.governance.test_request_subject_access import people_of
from tests.referral.web.visitor import ADMINISTRATOR, LEAD, Visitor, client_of, pages_of

ASKED = {"asked_on-day": "1", "asked_on-month": "3", "asked_on-year": "2026"}


async def asks(team: ATeam, staff: Visitor) -> tuple[UUID, str]:
    """The family, and the address of the request."""
    family_id = (await team.accepts()).family_id
    subject_id = str((await people_of(team, family_id))["Shannon Example"])
    fields = {"subject_id": subject_id, "asked_by": "Leonie Example", "relation": "parent", "authority_note": "Seen."}
    page = f"/families/{family_id}/subject-access"
    answer = await staff.posts(page, fields | ASKED, seen_on=page)
    assert answer.status_code == 303, answer.text
    return family_id, answer.headers["location"].partition("?")[0]


async def test_a_request_is_listed_with_the_day_by_which_it_is_due(team: ATeam, staff: Visitor) -> None:
    empty = (await staff.client.get("/subject-access")).text
    family_id, request = await asks(team, staff)

    listed = (await staff.client.get("/subject-access")).text
    file = (await staff.client.get("/subject-access.csv")).text
    missing = await staff.posts(
        f"/families/{family_id}/subject-access", {"asked_by": "Leonie"}, seen_on=f"/families/{family_id}/subject-access"
    )

    assert "Nobody waits for a copy." in empty
    assert "1 April 2026" in listed
    assert request in listed
    assert "2026-04-01" in file
    assert (missing.status_code, 'value="Leonie"' in missing.text) == (422, True)


async def test_the_copy_leaves_other_people_out_and_says_so(team: ATeam, staff: Visitor) -> None:
    _, request = await asks(team, staff)

    page = (await staff.client.get(request)).text
    answer = await staff.client.get(f"{request}/copy.zip")
    packed = zipfile.ZipFile(io.BytesIO(answer.content))
    files = {name: packed.read(name).decode() for name in packed.namelist()}

    assert packed.testzip() is None
    assert set(files) == {"record.html", "record.json", "sessions.csv", "who-opened-the-record.csv"}
    assert "Withheld: Personal details, 2 items." in page
    assert "Withheld: Personal details, 2 items." in files["record.html"]
    assert "Shannon Example" in files["record.html"]
    for other in ("Ola Sample", "Dan Example", "07700 900", "07700900"):
        assert not any(other in text for text in files.values())
    assert {"kind": "Referral: other people", "why": "It names who referred, or another person", "number": 1} in (
        json.loads(files["record.json"])["withheld"]
    )
    assert answer.headers["cache-control"] == "no-store"


async def test_a_part_is_given_after_a_decision(team: ATeam, staff: Visitor) -> None:
    _, request = await asks(team, staff)
    page = (await staff.client.get(request)).text
    (item,) = set(re.findall(r'value="(referral:[0-9a-f-]+:others)"', page))

    wordless = await staff.posts(f"{request}/decide", {"item": item, "decision": "include"}, seen_on=request)
    decided = await staff.posts(
        f"{request}/decide", {"item": item, "decision": "include", "reason": "She agreed."}, seen_on=request
    )
    packed = zipfile.ZipFile(io.BytesIO((await staff.client.get(f"{request}/copy.zip")).content))

    assert wordless.status_code == 422
    assert decided.headers["location"].endswith("?done=decide")
    assert "Ola Sample" in packed.read("record.html").decode()


async def test_it_is_extended_by_the_lead_and_ended(team: ATeam, staff: Visitor) -> None:
    _, request = await asks(team, staff)
    extend = {"version": "1", "extension_reason": "There is a lot of it."}

    refused = await staff.posts(f"{request}/extend", extend, seen_on=request)
    async with client_of(pages_of(team)) as client:
        lead = Visitor(client)
        await lead.signs_in(LEAD)
        extended = await lead.posts(f"{request}/extend", extend, seen_on=request)
    stale = await staff.posts(f"{request}/close", {"version": "1", "outcome": "given"}, seen_on=request)
    ended = await staff.posts(f"{request}/close", {"version": "2", "outcome": "given_in_part"}, seen_on=request)
    closed = (await staff.client.get("/subject-access?closed=yes")).text

    assert (refused.status_code, extended.status_code, stale.status_code, ended.status_code) == (403, 303, 409, 303)
    assert "A copy was given, with parts left out" in closed


async def test_an_administrator_may_record_a_request_and_not_make_the_copy(team: ATeam) -> None:
    async with client_of(pages_of(team)) as client:
        visitor = Visitor(client)
        await visitor.signs_in(ADMINISTRATOR)
        _, request = await asks(team, visitor)
        assert (await client.get(f"{request}/copy.zip")).status_code == 403


async def test_a_restricted_record_is_in_the_list_without_names(team: ATeam, staff: Visitor) -> None:
    family_id, _ = await asks(team, staff)
    await restrict(team, family_id)

    listed = (await staff.client.get("/subject-access")).text
    file = (await staff.client.get("/subject-access.csv")).text

    for text in (listed, file):
        assert "Restricted record" in text
        assert "TEA-2026-000001" in text
        assert "Shannon" not in text
        assert "Leonie" not in text


async def test_a_request_of_another_family_is_not_found(team: ATeam, staff: Visitor) -> None:
    _, request = await asks(team, staff)
    other = (await team.accepts()).family_id
    request_id = request.rpartition("/")[2]

    for end in ("", "/copy.zip"):
        answer = await staff.client.get(f"/families/{other}/subject-access/{request_id}{end}")
        assert answer.status_code == 404
