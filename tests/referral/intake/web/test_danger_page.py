"""Whoever answers that there is danger knows first what is safe; no number dials where a call is not."""

import re
from pathlib import Path

import pytest

import services.referral
from services.referral.people.domain.people import Caregiver, NoOtherCaregiver, Referrer, Relationship
from services.referral.people.domain.safe_contact import ContactWay, InterpreterNeed, SafeContact, TalkingNeed
from shared.contracts.vocabulary import SourceGroup
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW
from tests.referral.staff.test_answer_promise import accepts, leaves_a_number
from tests.referral.web.visitor import LEAD, Visitor
from tests.referral.worklists.builders import a_colleague

MINE, MOTHER = "07700900982", "07700 900 982"
TOLD = {
    "in_danger": True,
    "caregiver": Caregiver("Leonie Example", Relationship.BIRTH_PARENT, MINE),
    "referrer": Referrer("Leonie Example", SourceGroup.SELF, phone=MINE),
    "contact": SafeContact(frozenset({ContactWay.TEXT})),
    "talking": TalkingNeed(InterpreterNeed.YES, "Polish"),
    "story": "He takes my phone in the evening.",
    "other_caregiver": NoOtherCaregiver.UNSAFE,
}


def main_of(page: str) -> str:
    """What the page says below the line that stands on every page, with the head of a family."""
    return page[page.index("pairs-who" if "pairs-who" in page else "<main") :]


async def test_whoever_answers_danger_reads_what_is_safe_and_her_words_and_sees_her_number_once(
    team: ATeam, staff: Visitor
) -> None:
    here = f"/referrals/{(await team.receives(**TOLD)).referral_id}"

    page = main_of((await staff.client.get(f"{here}/danger")).text)

    for words in (
        "Text message is safe. No phone call. No voicemail.",
        "Yes: Polish",
        "He takes my phone in the evening.",
        NoOtherCaregiver.UNSAFE.label,
        "Nobody is named yet",
    ):
        assert words in page
    assert page.count(MOTHER) == 1


@pytest.mark.parametrize("may_call", [True, False])
async def test_no_page_dials_a_number_on_which_a_call_is_not_safe(
    team: ATeam, staff: Visitor, *, may_call: bool
) -> None:
    ways = frozenset({ContactWay.TEXT, ContactWay.CALL} if may_call else {ContactWay.TEXT})
    referral_id = (await team.receives(**TOLD | {"contact": SafeContact(ways)})).referral_id
    accepted = await accepts(team, referral_id, safety_to=await a_colleague(team))
    family = f"/families/{accepted.family_id}"

    for path in (f"/referrals/{referral_id}", f"/referrals/{referral_id}/danger", family, f"{family}/people"):
        page = (await staff.client.get(path)).text
        assert MOTHER in page, path
        assert (f"tel:{MINE}" in page) is may_call, path


async def test_a_family_of_whom_another_system_says_more_is_not_dialled_and_its_page_leads_to_the_words(
    team: ATeam, staff: Visitor
) -> None:
    more = {"also_sent": "Alert\ncode: do not ring, her partner listens", "contact": None}
    referral_id = (await team.receives(**TOLD | more)).referral_id
    before = (await staff.client.get(f"/referrals/{referral_id}")).text
    accepted = await accepts(team, referral_id, safety_to=await a_colleague(team))
    family = f"/families/{accepted.family_id}"

    pages = [(await staff.client.get(path)).text for path in (family, f"{family}/people", f"/referrals/{referral_id}")]

    assert [f"tel:{MINE}" in page for page in (before, *pages)] == [False] * 4
    assert f'href="/referrals/{referral_id}#also-sent"' in pages[0]


async def test_the_page_names_who_answers_and_after_the_decision_asks_for_no_other(team: ATeam, staff: Visitor) -> None:
    referral_id = (await team.receives(**TOLD)).referral_id
    await accepts(team, referral_id, safety_to=await a_colleague(team, "Beth Instance"))
    here = f"/referrals/{referral_id}"

    pages = [main_of((await staff.client.get(path)).text) for path in (here, f"{here}/danger")]
    sent = {"spoken_with": "Leonie", "answer": "She is with her mother."}
    answer = await staff.posts(f"{here}/danger", sent, seen_on=f"{here}/danger")
    after = main_of((await staff.client.get(answer.headers["location"])).text)

    assert all("Beth Instance" in page for page in pages)
    assert "What you did is saved." in after
    assert "Decide on the referral now" not in after


async def test_every_page_that_shows_danger_says_by_what_hour_it_is_answered(team: ATeam, staff: Visitor) -> None:
    team.now = NOW.replace(hour=9, minute=0)
    waiting = (await team.receives(**TOLD)).referral_id
    number = await leaves_a_number(team)
    accepted = (await team.receives(**TOLD)).referral_id
    family = (await accepts(team, accepted, safety_to=await a_colleague(team))).family_id
    pages = ("/triage", f"/referrals/{waiting}", f"/referrals/{waiting}/danger", f"/callbacks/{number}")
    ended = (f"/families/{family}", f"/families/{family}/discharge")
    await staff.signs_in(LEAD)

    for path in (*pages, *ended, "/needs-me"):
        page = main_of((await staff.client.get(path)).text)
        assert re.search(r"10:00|10am", page), path
    triage = main_of((await staff.client.get("/triage")).text)
    assert re.search(r"<b>Answer by <time[^>]*>Today 10:00</time></b>", triage)


def test_a_number_on_record_becomes_a_link_that_dials_in_one_place_only() -> None:
    templates = Path(services.referral.__path__[0]).rglob("*.html")
    dialling = [one.name for one in templates if "phone_dialled" in one.read_text()]

    assert dialling == ["phone.html"]
