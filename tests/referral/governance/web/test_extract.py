"""The national extract: what it holds, what it says is missing, and that it is not made without a team type."""

import csv
import io
import zipfile
from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import pytest
from sqlalchemy import literal, select, text
from sqlalchemy.pool import QueuePool
from starlette.types import Message, Receive, Scope, Send

from services.referral.governance.queries.extract_rows import _QUERIES
from services.referral.people.domain.subject import Unborn
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.governance.builders import restrict
from tests.referral.web.visitor import ADDRESS, LEAD, Visitor, client_of, pages_of


@pytest.fixture
async def lead(team: ATeam) -> AsyncIterator[Visitor]:
    async with client_of(pages_of(team, mhsds_team_type="Z01")) as client:
        visitor = Visitor(client)
        await visitor.signs_in(LEAD)
        yield visitor


async def tables(lead: Visitor, month: str = "2026-03") -> dict[str, list[dict[str, Any]]]:
    answer = await lead.client.get(f"/extract.zip?month={month}")
    assert answer.status_code == 200
    packed = zipfile.ZipFile(io.BytesIO(answer.content))
    return {
        name: list(csv.DictReader(io.StringIO(packed.read(name).decode("utf-8-sig")))) for name in packed.namelist()
    }


async def test_without_a_team_type_nothing_is_made(team: ATeam) -> None:
    async with client_of(pages_of(team)) as client:
        visitor = Visitor(client)
        await visitor.signs_in(LEAD)
        page = await client.get("/extract")
        refused = await client.get("/extract.zip?month=2026-03")

    assert (page.status_code, "Set PAIRS_MHSDS_TEAM_TYPE" in page.text) == (200, True)
    assert refused.status_code == 422


async def test_a_months_referrals_and_contacts_are_in_its_files(team: ATeam, lead: Visitor) -> None:
    await team.accepts()
    async with team.engine.begin() as connection:
        await connection.execute(text(ONE_CONTACT))
        await connection.execute(text(ONE_SCORE))

    files = await tables(lead)
    before = await tables(lead, "2026-02")

    assert len(files) == 10
    (person,) = files["MHS001MPI.csv"]
    (referral,) = files["MHS101Referral.csv"]
    (service,) = files["MHS102.csv"]
    (contact,) = files["MHS201CareContact.csv"]
    assert person["NHSNumber"] == "9990000018"
    assert referral["LocalPatientId"] == person["LocalPatientId"]
    assert (referral["PrimReasonReferralMH"], referral["ReferralRequestReceivedDate"]) == ("21", "2026-03-02")
    assert service["ServTeamTypeRefToMH"] == "Z01"
    assert (contact["CareContDate"], contact["AttendOrDNACode"]) == ("2026-03-02", "5")
    assert [row["CareActId"].rpartition("-")[2] for row in files["MHS202CareActivity.csv"]] == ["vig"]
    (by_referral,) = files["MHS606CodedScoreAssessmentRefer.csv"]
    (by_contact,) = files["MHS607CodedScoreAssessmentAct.csv"]
    assert (by_referral["PersScore"], by_contact["PersScore"]) == ("14", "14")
    assert by_contact["CareContactId"] == contact["CareContactId"]
    assert {"Table": "MHS001MPI", "Column": "", "What": "Rows", "Number": "1"} in files["report.csv"]
    assert before["MHS101Referral.csv"] == []
    assert ("extract.export", None) in await team.audited()


async def test_before_birth_the_referral_is_on_the_carers_record(team: ATeam, lead: Visitor) -> None:
    await team.accepts(request={"subject": Unborn(TODAY), "nhs_number": None})

    files = await tables(lead)

    (person,) = files["MHS001MPI.csv"]
    assert (person["PersonBirthDate"], person["NHSNumberStatus"]) == ("", "07")
    assert {"Table": "MHS001MPI", "Column": "NHSNumber", "What": "Value missing", "Number": "1"} in files["report.csv"]


async def test_a_restricted_record_is_left_out_and_counted(team: ATeam, lead: Visitor) -> None:
    family_id = (await team.accepts()).family_id
    await restrict(team, family_id)

    page = (await lead.client.get("/extract?month=2026-03")).text
    files = await tables(lead)

    assert "Left out: 1 restricted record that you may not see." in page
    assert files["MHS001MPI.csv"] == []


async def test_while_somebody_downloads_slowly_nothing_of_the_database_waits_for_them(team: ATeam) -> None:
    await team.accepts()
    pool = cast("QueuePool", team.engine.pool)
    app, in_use = pages_of(team, mhsds_team_type="Z01"), list[int]()

    async def watched(scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            in_use.append(pool.checkedout())
            await send(message)

        await app(scope, receive, sent)

    async with httpx.AsyncClient(transport=httpx.ASGITransport(watched), base_url=ADDRESS) as client:
        await Visitor(client).signs_in(LEAD)
        in_use.clear()
        answer = await client.get("/extract.zip?month=2026-03")

    assert answer.status_code == 200
    assert len(in_use) > 1
    assert set(in_use) == {0}


async def test_a_part_of_an_extract_does_not_look_whole(
    team: ATeam, lead: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    await team.accepts()

    whole = await lead.client.get("/extract.zip?month=2026-03")
    monkeypatch.setitem(_QUERIES, "MHS606CodedScoreAssessmentRefer", lambda *_: select(literal(1) / 0))
    broken = await lead.client.get("/extract.zip?month=2026-03")

    assert int(whole.headers["content-length"]) == len(whole.content)
    assert broken.status_code == 500
    assert [action for action, _ in await team.audited()].count("extract.export") == 1


@pytest.mark.parametrize("month", ["March", "2026-13", "0"])
async def test_a_month_that_is_none_is_said_on_the_page(lead: Visitor, month: str) -> None:
    answer = await lead.client.get(f"/extract?month={month}")

    assert (answer.status_code, "Enter a month like 2026-02." in answer.text) == (422, True)


async def test_only_the_lead_makes_it(staff: Visitor) -> None:
    assert (await staff.client.get("/extract")).status_code == 403
    assert (await staff.client.get("/extract.zip?month=2026-03")).status_code == 403


ONE_CONTACT = """
WITH someone AS (INSERT INTO colleague (id, name) VALUES (gen_random_uuid(), 'Priya Sample') RETURNING id)
INSERT INTO contact (id, version, family_id, episode_id, practitioner_id, held_on, kind, attendance, mode, venue,
                     minutes, elements, recorded_at)
SELECT gen_random_uuid(), 1, episode.family_id, episode.id, someone.id, '2026-03-02', 'session', 'attended',
       'face_to_face', 'home', 50, '{vig}', now()
FROM episode, someone
"""

ONE_SCORE = """
INSERT INTO measure_administration (id, version, family_id, episode_id, code, definition_version, variant, person_id,
    respondent, timepoint, answered_on, answers, scales, alerts, note, contact_id, recorded_by, recorded_at, first_id,
    scored, withdrawn)
SELECT one, 1, episode.family_id, episode.id, 'epds', '1', '', member.person_id, 'carer', 'start',
       '2026-03-02', '{}', '[{"scale": "total", "value": "14"}]', '[]', '',
       CASE WHEN member.number = 2 THEN (SELECT id FROM contact LIMIT 1) END, gen_random_uuid(), now(), one, true, false
FROM episode JOIN family_member member ON member.family_id = episode.family_id AND member.kind = 'carer'
    CROSS JOIN LATERAL (SELECT gen_random_uuid() AS one, member.number) made
"""
