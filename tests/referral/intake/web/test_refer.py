"""The public form, as a client without JavaScript uses it."""

import asyncio
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text

from services.referral.database.tables import referral
from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.people.domain.people import Caregiver, NoOtherCaregiver, Referrer, Relationship, Safeguarding
from services.referral.people.domain.safe_contact import (
    ContactWay,
    InterpreterNeed,
    SafeContact,
    TalkingNeed,
    TalkTime,
    WhenAnswered,
)
from services.referral.people.domain.subject import Unborn
from shared.audit.tables import audit
from shared.contracts.vocabulary import FamilyAgreement, ReferralReason, ReferralRoute, SourceGroup
from shared.kernel.actor import PUBLIC_FORM, public_form
from shared.web.phone_words import phone_link
from tests.referral.a_team import ATeam
from tests.referral.builders import a_request
from tests.referral.web.visitor import PARENT, PHONE_LINE, PRACTITIONER, PROFESSIONAL, Visitor, client_of, pages_of


async def requests_of(team: ATeam) -> list[ReferralRequest]:
    async with team.begin(public_form()) as work:
        ids = (await work.session.scalars(select(referral.c.id).order_by(referral.c.reference))).all()
        return [(await Referrals(work).get(referral_id)).request for referral_id in ids]


async def test_a_health_visitors_answers_become_a_referral(team: ATeam, visitor: Visitor) -> None:
    await visitor.answers_all(PROFESSIONAL)

    reference = await visitor.sends()

    assert reference == "TEA-2026-000001"
    assert await requests_of(team) == [
        a_request(
            caregiver=Caregiver("Leonie Example", Relationship.BIRTH_PARENT, "07700900123"),
            contact=SafeContact(frozenset({ContactWay.TEXT, ContactWay.CALL}), WhenAnswered.SAY_NHS),
            talking=TalkingNeed(InterpreterNeed.NO),
            safeguarding=Safeguarding.NO,
        )
    ]


async def test_a_parent_who_expects_a_baby_is_asked_less(team: ATeam, visitor: Visitor) -> None:
    await visitor.answers_all(PARENT)

    await visitor.sends()

    assert await requests_of(team) == [
        ReferralRequest(
            subject=Unborn(date(2026, 6, 1)),
            caregiver=Caregiver("Olivia Example", Relationship.BIRTH_PARENT, "07700900456"),
            other_caregiver=NoOtherCaregiver.UNSAFE,
            referrer=Referrer("Olivia Example", SourceGroup.SELF, phone="07700900456"),
            postcode="ZZ99 3VZ",
            nhs_number=None,
            reasons=(ReferralReason.OWN_CHILDHOOD,),
            story="I am afraid that I will not know how.",
            consent=FamilyAgreement.AGREED,
            in_danger=False,
            route=ReferralRoute.PUBLIC_FORM,
            contact=SafeContact(frozenset({ContactWay.TEXT})),
            talking=TalkingNeed(InterpreterNeed.YES, "Polish", frozenset({TalkTime.MORNINGS})),
        )
    ]


async def test_a_referral_without_an_nhs_number_or_a_dad_is_normal(team: ATeam, visitor: Visitor) -> None:
    await visitor.answers_all(
        {name: fields for name, fields in PROFESSIONAL.items() if name != "other-carer-name"}
        | {"nhs-number": {"nhs_number": ""}, "other-carer": {"other_caregiver": "not_known"}}
    )

    await visitor.sends()

    request = (await requests_of(team))[0]
    assert (request.nhs_number, request.other_caregiver) == (None, NoOtherCaregiver.NOT_KNOWN)


@pytest.mark.parametrize("answers", [PROFESSIONAL, PARENT], ids=["professional", "parent"])
async def test_every_page_has_numbers_to_call_now(visitor: Visitor, answers: dict[str, dict[str, str]]) -> None:
    await visitor.answers_all(answers)

    for page in ["/refer", *(f"{visitor.form}/{name}" for name in (*answers, "check"))]:
        shown = (await visitor.client.get(page)).text
        assert all(f'href="tel:{number}"' in shown for number in ("999", "111", "116123")), page


async def test_a_dad_is_asked_about_by_name(visitor: Visitor) -> None:
    await visitor.answers_all(PROFESSIONAL, before="other-carer")

    assert (
        "Is the baby’s dad, or another carer, involved?"
        in (await visitor.client.get(f"{visitor.form}/other-carer")).text
    )


async def test_somebody_in_danger_is_told_whom_to_call_and_the_referral_still_goes_in(
    team: ATeam, visitor: Visitor
) -> None:
    await visitor.answers_all(PROFESSIONAL, before="danger")

    answer = await visitor.answers("danger", {"in_danger": "yes"})
    told = await visitor.client.get(answer.headers["location"])
    for name, fields in list(PROFESSIONAL.items())[2:]:
        await visitor.answers(name, fields)
    await visitor.sends()

    assert "Call 999" in told.text
    assert "safeguarding procedure" in told.text
    assert (await requests_of(team))[0].in_danger
    assert "You said that someone is in danger" in (await visitor.client.get(f"{visitor.form}/sent")).text


async def test_back_and_forth_shows_what_was_answered(visitor: Visitor) -> None:
    await visitor.answers_all(PROFESSIONAL)

    assert 'value="Shannon Example"' in (await visitor.client.get(f"{visitor.form}/baby")).text
    assert re.search(r'value="bonding"\s+checked', (await visitor.client.get(f"{visitor.form}/reasons")).text)


async def test_change_leads_back_to_the_check_page(visitor: Visitor) -> None:
    await visitor.answers_all(PROFESSIONAL)
    check = (await visitor.client.get(f"{visitor.form}/check")).text

    answer = await visitor.client.post(
        f"{visitor.form}/baby?change", data=PROFESSIONAL["baby"] | {"baby_name": "Shannon Other"}
    )

    assert f'href="{visitor.form}/baby?change"' in check
    assert answer.headers["location"] == f"{visitor.form}/check"
    assert "Shannon Other" in (await visitor.client.get(f"{visitor.form}/check")).text


async def test_changing_to_not_born_asks_for_the_due_date_only(team: ATeam, visitor: Visitor) -> None:
    await visitor.answers_all(PROFESSIONAL)

    first = await visitor.client.post(f"{visitor.form}/born?change", data={"born": "no"})
    second = await visitor.client.post(f"{visitor.form}/due?change", data=PARENT["due"])
    await visitor.sends()

    assert [answer.headers["location"] for answer in (first, second)] == [
        f"{visitor.form}/due",
        f"{visitor.form}/check",
    ]
    assert (await requests_of(team))[0].subject == Unborn(date(2026, 6, 1))


async def test_a_second_press_of_send_gives_the_same_reference(team: ATeam, visitor: Visitor) -> None:
    await visitor.answers_all(PROFESSIONAL)

    await asyncio.gather(*(visitor.client.post(f"{visitor.form}/check") for _ in range(3)))

    assert await visitor.sends() == "TEA-2026-000001"
    assert len(await requests_of(team)) == 1
    assert [kind for kind, _ in await team.published()] == [
        "uk.pairs.referral.received.v1",
        "uk.pairs.promise.made.v1",
        "uk.pairs.promise.made.v1",
    ]


@pytest.mark.parametrize("page", ["check", "baby", "go-on"])
async def test_after_sending_every_page_leads_to_the_reference(visitor: Visitor, page: str) -> None:
    await visitor.answers_all(PROFESSIONAL)
    await visitor.sends()

    answer = await visitor.client.get(f"{visitor.form}/{page}", follow_redirects=True)

    assert "TEA-2026-000001" in answer.text


async def test_nothing_of_the_family_stays_in_the_draft(team: ATeam, visitor: Visitor) -> None:
    await visitor.answers_all(PROFESSIONAL)
    await visitor.sends()

    async with team.engine.connect() as connection:
        draft = str((await connection.execute(text("SELECT answers FROM referral_draft"))).one())

    assert "Shannon" not in draft
    assert "Ola" not in draft


async def test_the_answer_does_not_tell_whether_a_family_is_known(team: ATeam) -> None:
    pages: list[str] = []
    for _ in range(2):
        async with client_of(pages_of(team)) as client:
            visitor = Visitor(client)
            await visitor.answers_all(PROFESSIONAL)
            await visitor.sends()
            pages.append((await visitor.opens("sent")).text)

    assert pages[0].replace("000001", "") == pages[1].replace("000002", "")


async def test_a_draft_of_yesterday_is_gone_and_the_page_says_so_kindly(team: ATeam, visitor: Visitor) -> None:
    await visitor.answers_all(PROFESSIONAL)
    team.now += timedelta(hours=24)

    answers = [await visitor.client.get(f"{visitor.form}/baby"), await visitor.client.post(f"{visitor.form}/check")]

    for answer in answers:
        assert answer.status_code == 410
        assert "We no longer have your answers" in answer.text
        assert phone_link(PHONE_LINE) in answer.text
        assert 'href="/refer"' in answer.text
    assert await requests_of(team) == []


async def test_old_drafts_are_deleted_when_another_begins(team: ATeam, visitor: Visitor) -> None:
    await visitor.answers_all(PROFESSIONAL)
    team.now += timedelta(hours=24)

    await visitor.starts()

    async with team.engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM referral_draft")) == 1


async def test_a_browser_without_cookies_is_told_so(visitor: Visitor) -> None:
    await visitor.starts()
    visitor.client.cookies.clear()

    answer = await visitor.answers("baby", PROFESSIONAL["baby"])

    assert answer.status_code == 410
    assert "does not allow cookies" in answer.text


async def test_the_start_page_offers_to_carry_on(visitor: Visitor) -> None:
    await visitor.answers_all(PROFESSIONAL, before="home")

    start = await visitor.client.get("/refer")
    went_on = await visitor.opens("go-on")

    assert f'href="{visitor.form}/go-on"' in start.text
    assert "Carry on with your form" in start.text
    assert went_on.headers["location"] == f"{visitor.form}/home"


@pytest.mark.parametrize("page", ["check", "sent", "about-you"])
async def test_nobody_skips_a_question(visitor: Visitor, page: str) -> None:
    await visitor.answers_all(PROFESSIONAL, before="referrer")

    answer = await visitor.client.get(f"{visitor.form}/{page}")

    assert (answer.status_code, answer.headers["location"]) == (303, f"{visitor.form}/referrer")


async def test_a_page_that_is_none_is_not_found(visitor: Visitor) -> None:
    await visitor.starts()

    assert (await visitor.client.get(f"{visitor.form}/diagnosis")).status_code == 404
    assert (await visitor.client.post(f"{visitor.form}/diagnosis")).status_code == 404


async def test_a_draft_of_one_team_is_nothing_to_another(team: ATeam, other_team: ATeam, visitor: Visitor) -> None:
    await visitor.answers_all(PROFESSIONAL)
    mine = next(iter(visitor.client.cookies.jar))

    async with client_of(pages_of(other_team)) as client:
        client.cookies.set(mine.name.replace(team.slug, other_team.slug), mine.value or "")
        answer = await client.post(f"{visitor.form}/check")

    assert answer.status_code == 410


async def test_a_practitioner_who_fills_the_public_form_is_the_public(team: ATeam, staff: Visitor) -> None:
    start = (await staff.client.get("/refer")).text
    assert 'name="csrf_token"' in start

    await staff.answers_all(PROFESSIONAL)
    await staff.sends()

    async with team.engine.connect() as connection:
        actors = (await connection.scalars(select(audit.c.actor).where(audit.c.action == "referral.receive"))).all()
    assert actors == [PUBLIC_FORM]
    assert PRACTITIONER.id not in actors


async def test_a_form_sent_from_another_site_changes_nothing(team: ATeam, visitor: Visitor) -> None:
    await visitor.answers_all(PROFESSIONAL)

    answer = await visitor.client.post(f"{visitor.form}/check", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert await requests_of(team) == []
