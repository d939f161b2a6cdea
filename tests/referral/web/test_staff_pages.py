"""Triage, a referral, the caseload and a family, by those who may see them and those who may not."""

import csv
import io
import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import create_async_engine

from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.referral import ReferralState
from services.referral.people.domain.people import Caregiver, Relationship
from services.referral.people.domain.subject import Baby, Unborn
from shared.audit.tables import audit
from shared.contracts.vocabulary import Role
from shared.kernel.identifiers import new_id
from shared.web.permissions import check_every_route_declares
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_actor
from tests.referral.web.visitor import (
    ADMINISTRATOR,
    LEAD,
    PRACTITIONER,
    REGIONAL_LEAD,
    Visitor,
    client_of,
    csrf_in,
    pages_of,
)

LISTS = ["/triage", "/triage.csv", "/caseload", "/caseload.csv"]

ACCEPT: dict[str, Any] = {
    "version": "1",
    "decision": "accept",
    "urgency": "routine",
    "level": "targeted",
    "flags": "direct_work",
    "mdt_on-day": "",
    "mdt_on-month": "",
    "mdt_on-year": "",
    "review_on-day": "25",
    "review_on-month": "5",
    "review_on-year": "2026",
}
CLOSE = {
    "version": "1",
    "decision": "elsewhere",
    "target_service": "family_hub",
    "told": ["referrer", "family"],
    "reason": "needs_met_elsewhere",
    "explanation": "Told Ola; Leonie will try baby massage at the hub.",
}
MOVE = {
    "version": "1",
    "level": "targeted",
    "flags": ["direct_work", "risk_support"],
    "reason": "new_risk",
    "family_agreement": "not_yet_told",
    "effective_from-day": "2",
    "effective_from-month": "3",
    "effective_from-year": "2026",
    "review_on-day": "13",
    "review_on-month": "4",
    "review_on-year": "2026",
    "note": "A worry that we hold.",
}


async def state_of(team: ATeam, referral_id: UUID) -> ReferralState:
    async with team.begin(an_actor(Role.PRACTITIONER)) as work:
        return (await Referrals(work).get(referral_id)).state


def family_in(page: str) -> str:
    """The address of the family that the page leads to."""
    found = re.search(r'href="(/families/[0-9a-f-]+)"', page)
    assert found, page
    return found[1]


async def all_addresses(team: ATeam) -> list[str]:
    referral_id, family_id = (await team.receives()).referral_id, (await team.accepts()).family_id
    return [*LISTS, f"/referrals/{referral_id}", f"/families/{family_id}", f"/families/{family_id}/tiers.csv"]


def test_every_route_says_who_may_use_it() -> None:
    app = pages_of(ATeam("blackpool", create_async_engine("postgresql+asyncpg://nobody@127.0.0.1:9/nothing")))

    assert check_every_route_declares(app) == []


async def test_nobody_sees_a_family_without_signing_in(team: ATeam, visitor: Visitor) -> None:
    for address in await all_addresses(team):
        answer = await visitor.client.get(address)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={address}")


async def test_the_region_sees_no_family(team: ATeam, visitor: Visitor) -> None:
    await visitor.signs_in(REGIONAL_LEAD)

    for address in await all_addresses(team):
        assert (await visitor.client.get(address)).status_code == 403


@pytest.mark.parametrize("person", [PRACTITIONER, LEAD, ADMINISTRATOR], ids=lambda person: person.name)
async def test_whoever_works_in_the_team_sees_its_pages(team: ATeam, visitor: Visitor, person: Any) -> None:
    await visitor.signs_in(person)

    for address in await all_addresses(team):
        assert (await visitor.client.get(address)).status_code == 200


async def test_every_page_that_is_read_is_in_the_audit_trail(team: ATeam, staff: Visitor) -> None:
    addresses = await all_addresses(team)
    for address in addresses:
        await staff.client.get(address)

    async with team.engine.connect() as connection:
        rows = await connection.execute(
            select(audit.c.action, audit.c.subject).where(audit.c.actor == PRACTITIONER.id).order_by(audit.c.number)
        )
        trail = [(action, str(subject or "")) for action, subject in rows]

    referral_id, family_id = addresses[4].split("/")[-1], addresses[5].split("/")[-1]
    assert trail == [
        ("triage.read", ""),
        ("triage.export", ""),
        ("caseload.read", ""),
        ("caseload.export", ""),
        ("referral.read", referral_id),
        ("family.compare", family_id),
        ("family.read", family_id),
        ("family.export", family_id),
    ]


async def test_a_practitioner_accepts_and_is_led_on_to_the_family(team: ATeam, staff: Visitor) -> None:
    referral_id = (await team.receives()).referral_id

    answer = await staff.posts(f"/referrals/{referral_id}/decide", ACCEPT, seen_on=f"/referrals/{referral_id}")
    queue = await staff.client.get(answer.headers["location"])
    family = await staff.client.get(family_in(queue.text))

    assert answer.status_code == 303
    assert "TEA-2026-000001 was accepted." in queue.text
    assert "999 000 0018" in family.text
    assert "Priya Sample" in family.text
    assert await state_of(team, referral_id) is ReferralState.ACCEPTED


async def test_a_practitioner_closes_with_a_word_to_the_referrer(team: ATeam, staff: Visitor) -> None:
    referral_id = (await team.receives()).referral_id

    answer = await staff.posts(f"/referrals/{referral_id}/decide", CLOSE, seen_on=f"/referrals/{referral_id}")
    queue = await staff.client.get(answer.headers["location"])
    record = await staff.client.get(f"/referrals/{referral_id}")

    assert "TEA-2026-000001 was closed." in queue.text
    assert "No referral waits for triage." in queue.text
    assert "Leonie will try baby massage" in record.text
    assert "Priya Sample" in record.text
    assert "Save the decision" not in record.text


async def test_a_practitioner_changes_the_support(team: ATeam, staff: Visitor) -> None:
    family_id = (await team.accepts()).family_id

    answer = await staff.posts(f"/families/{family_id}/tier", MOVE, seen_on=f"/families/{family_id}/tier")
    family = await staff.client.get(answer.headers["location"])
    history = await staff.client.get(f"/families/{family_id}/tier")

    assert "Saved: the tier has changed." in family.text
    assert "Targeted: getting help, with risk support" in family.text
    assert "A worry that we hold." in history.text


@pytest.mark.parametrize("person", [ADMINISTRATOR], ids=lambda person: person.name)
async def test_an_administrator_reads_and_does_not_decide(team: ATeam, visitor: Visitor, person: Any) -> None:
    referral_id, family_id = (await team.receives()).referral_id, (await team.accepts()).family_id
    await visitor.signs_in(person)
    pages = [
        await visitor.client.get(f"/referrals/{referral_id}"),
        await visitor.client.get(f"/families/{family_id}/tier"),
    ]

    sent = [
        await visitor.posts(f"/referrals/{referral_id}/decide", ACCEPT, seen_on="/triage"),
        await visitor.posts(f"/families/{family_id}/tier", MOVE, seen_on="/triage"),
    ]

    assert all("A practitioner or the team lead decides" in page.text for page in pages)
    assert all("<textarea" not in page.text for page in pages)
    assert [answer.status_code for answer in sent] == [403, 403]
    assert all("A practitioner or the team lead decides" in answer.text for answer in sent)
    assert await state_of(team, referral_id) is ReferralState.RECEIVED


async def test_a_practitioner_is_told_that_the_lead_decides_and_loses_nothing(team: ATeam, staff: Visitor) -> None:
    family_id = (await team.accepts()).family_id
    step_up = MOVE | {"level": "specialist", "mdt_on-day": "2", "mdt_on-month": "3", "mdt_on-year": "2026"}

    answer = await staff.posts(f"/families/{family_id}/tier", step_up, seen_on=f"/families/{family_id}/tier")

    assert answer.status_code == 403
    assert "The team lead decides on this change." in answer.text
    assert "A worry that we hold." in answer.text


@pytest.mark.parametrize(
    ("form", "typed", "sentence"),
    [
        ("accept", {"urgency": "", "level": ""}, "Choose how urgent it is"),
        ("accept", {"level": "specialist"}, "Specialist support needs a discussion in the multidisciplinary team."),
        ("accept", {"level": "heaven"}, "Choose one from the list"),
        ("accept", {"review_on-year": "2020"}, "The next review must be after today and within a year."),
        ("accept", {"review_on-day": "31", "review_on-month": "2"}, "Enter a date that exists"),
        ("accept", {"version": "x"}, "Enter a whole number"),
        ("accept", {"status": "accepted"}, "something that this page does not ask for"),
        ("close", {"explanation": " \u200b "}, "Write what the referrer and the family will be told"),
        ("close", {"reason": "social_care_involved"}, "Choose one from the list"),
        ("close", {"decision": ["elsewhere", "accept"]}, "Give one answer only"),
        ("close", {"decision": "not_accepted"}, "Choose how the referral ends"),
    ],
)
async def test_a_wrong_decision_is_shown_again_and_not_stored(
    team: ATeam, staff: Visitor, form: str, typed: dict[str, Any], sentence: str
) -> None:
    referral_id = (await team.receives()).referral_id
    fields = (ACCEPT if form == "accept" else CLOSE) | typed

    answer = await staff.posts(f"/referrals/{referral_id}/decide", fields, seen_on=f"/referrals/{referral_id}")

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "<title>Error: " in answer.text
    assert ("Told Ola;" in answer.text) is (form == "close" and "explanation" not in typed)
    assert await state_of(team, referral_id) is ReferralState.RECEIVED


async def test_every_error_leads_to_a_field_that_is_there(team: ATeam, staff: Visitor) -> None:
    referral_id, family_id = (await team.receives()).referral_id, (await team.accepts()).family_id
    forms = {
        f"/referrals/{referral_id}/decide": f"/referrals/{referral_id}",
        f"/families/{family_id}/tier": f"/families/{family_id}/tier",
    }

    for path, seen_on in forms.items():
        page = (await staff.posts(path, {"decision": "accept"} if "referrals" in path else {}, seen_on=seen_on)).text
        targets = [part.split('"')[0] for part in page.split('<a href="#')[1:]]
        assert len(targets) > 3
        assert all(page.count(f'id="{target}"') == 1 for target in targets), path


async def test_whoever_decides_second_sees_both_decisions(team: ATeam, staff: Visitor) -> None:
    referral_id = (await team.receives()).referral_id
    await staff.posts(f"/referrals/{referral_id}/decide", ACCEPT, seen_on=f"/referrals/{referral_id}")

    answer = await staff.posts(f"/referrals/{referral_id}/decide", CLOSE, seen_on="/triage")

    assert answer.status_code == 409
    assert "This referral was accepted on 2 March 2026." in answer.text
    assert "Priya Sample" in answer.text
    assert "Leonie will try baby massage" in answer.text


async def test_whoever_moves_a_family_second_sees_both_moves(team: ATeam, staff: Visitor) -> None:
    family_id = (await team.accepts()).family_id
    await staff.posts(f"/families/{family_id}/tier", MOVE, seen_on=f"/families/{family_id}/tier")

    late = MOVE | {"flags": "direct_work", "note": "I thought otherwise.", "reason": "need_reduced"}
    answer = await staff.posts(f"/families/{family_id}/tier", late, seen_on=f"/families/{family_id}/tier")

    assert answer.status_code == 409
    assert "Someone moved this family to Targeted: getting help, with risk support" in answer.text
    assert "A worry that we hold." in answer.text
    assert "I thought otherwise." in answer.text


async def test_a_decision_without_the_sessions_token_changes_nothing(team: ATeam, staff: Visitor) -> None:
    referral_id = (await team.receives()).referral_id

    answer = await staff.client.post(f"/referrals/{referral_id}/decide", data=ACCEPT)

    assert answer.status_code == 403
    assert await state_of(team, referral_id) is ReferralState.RECEIVED


async def test_what_another_team_has_is_not_found_here(other_team: ATeam, staff: Visitor) -> None:
    referral_id, family_id = (await other_team.receives()).referral_id, (await other_team.accepts()).family_id
    token = csrf_in((await staff.client.get("/triage")).text)

    answers = [
        await staff.client.get(f"/referrals/{referral_id}"),
        await staff.client.get(f"/families/{family_id}"),
        await staff.client.get(f"/families/{family_id}/tiers.csv"),
        await staff.client.post(f"/referrals/{referral_id}/decide", data=ACCEPT | {"csrf_token": token}),
        await staff.client.post(f"/families/{family_id}/tier", data=MOVE | {"csrf_token": token}),
        await staff.client.get(f"/referrals/{new_id()}"),
        await staff.client.get("/referrals/1"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 7
    assert all("Shannon" not in answer.text for answer in answers)


async def test_a_session_of_one_team_is_nothing_to_another(team: ATeam, other_team: ATeam, staff: Visitor) -> None:
    mine = next(iter(staff.client.cookies.jar))

    async with client_of(pages_of(other_team)) as client:
        client.cookies.set(mine.name.replace(team.slug, other_team.slug), mine.value or "")
        answer = await client.get("/triage")

    assert answer.headers["location"] == "/sign-in?next=/triage"


async def test_triage_says_what_is_over_target_in_danger_or_above_the_remit(team: ATeam, staff: Visitor) -> None:
    team.now = NOW - timedelta(14)
    old = await team.receives(subject=Baby("Max Example", date(2023, 1, 1)), in_danger=True)
    team.now = NOW

    queue = (await staff.client.get("/triage")).text
    record = (await staff.client.get(f"/referrals/{old.referral_id}")).text

    assert "Over target" in queue
    assert "Someone in danger" in queue
    assert "10 of 5 working days" in record
    assert "someone is in danger" in record
    assert "Above this team's age (2 years)" in record.replace("&#39;", "'")


async def test_an_unborn_baby_has_a_page_too(team: ATeam, staff: Visitor) -> None:
    referral_id = (await team.receives(subject=Unborn(TODAY + timedelta(70)), nhs_number=None)).referral_id

    record = (await staff.client.get(f"/referrals/{referral_id}")).text

    assert "Baby not born yet" in record
    assert "30 weeks of pregnancy" in record
    assert "Not given" in record


async def test_what_somebody_typed_is_shown_as_text(team: ATeam, staff: Visitor) -> None:
    script = "<script>alert(1)</script>"
    receipt = await team.receives(story=script, caregiver=Caregiver(script, Relationship.FATHER))

    for address in ("/triage", f"/referrals/{receipt.referral_id}"):
        assert script not in (await staff.client.get(address)).text
    assert "&lt;script&gt;alert(1)" in (await staff.client.get(f"/referrals/{receipt.referral_id}")).text


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/triage", "No referral waits for triage."),
        ("/triage?source_group=self", "No referral that fits this filter waits for triage."),
        ("/caseload", "You have no families yet."),
        ("/caseload?whose=team", "No family yet."),
        ("/caseload?whose=nobody", "Every family has a practitioner."),
        ("/caseload?tier=risk&need=review", "No family fits this filter."),
    ],
)
async def test_an_empty_list_says_so(staff: Visitor, address: str, sentence: str) -> None:
    assert sentence in (await staff.client.get(address)).text


@pytest.mark.parametrize(
    "address",
    ["/triage?source_group=wizard", "/caseload?tier=x", "/caseload?whose=x", "/triage?page=0", "/triage?page=a"],
)
async def test_a_filter_that_is_none_is_refused(staff: Visitor, address: str) -> None:
    assert (await staff.client.get(address)).status_code == 422


async def test_a_page_beyond_the_last_leads_to_the_first(team: ATeam, staff: Visitor) -> None:
    await team.accepts()

    answer = await staff.client.get("/caseload?page=9&tier=targeted&whose=team")

    assert (answer.status_code, answer.headers["location"]) == (303, "/caseload?whose=team&tier=targeted")


async def test_a_long_list_has_pages_that_keep_the_filter(team: ATeam, staff: Visitor) -> None:
    for _ in range(26):
        await team.receives()

    first = (await staff.client.get("/triage?source_group=health_visiting")).text
    second = (await staff.client.get("/triage?source_group=health_visiting&page=2")).text

    assert 'href="/triage?source_group=health_visiting&amp;page=2"' in first
    assert first.count("<tr ") == 25
    assert second.count("<tr ") == 1
    assert "26 referrals wait" in second


async def test_lists_download_in_full_and_cannot_calculate(team: ATeam, staff: Visitor) -> None:
    await team.receives(caregiver=Caregiver("=HYPERLINK(1)", Relationship.FATHER))
    family_id = (await team.accepts()).family_id

    queue, families, history = [
        list(csv.DictReader(io.StringIO((await staff.client.get(address)).text.removeprefix("\ufeff"))))
        for address in ("/triage.csv", "/caseload.csv?whose=team", f"/families/{family_id}/tiers.csv")
    ]

    assert queue[0]["Parent or carer"] == "'=HYPERLINK(1)"
    assert queue[0]["Received on"] == "2026-03-02"
    assert (families[0]["Tier"], families[0]["Review on"]) == ("Targeted", "2026-05-25")
    assert (history[0]["Level"], history[0]["Reason"]) == ("Targeted: getting help", "Work began")


async def test_the_start_page_knows_who_comes(visitor: Visitor) -> None:
    stranger = await visitor.client.get("/")
    await visitor.signs_in(PRACTITIONER)
    practitioner = await visitor.client.get("/")
    await visitor.signs_in(ADMINISTRATOR)
    administrator = await visitor.client.get("/")

    arrived = [answer.headers["location"] for answer in (stranger, practitioner, administrator)]
    assert arrived == ["/refer", "/my-day", "/triage"]
