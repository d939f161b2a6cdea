"""The head of a family's pages never says "none known" while anything about safety is open: each source by itself."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.referral.intake.commands.make_promise import MakePromise, make_promise
from services.referral.people.commands.add_safety_flag import AddSafetyFlag, add_safety_flag
from services.referral.people.commands.change_dyad import ChangeDyad, change_dyad
from services.referral.people.commands.change_person import ChangePerson, change_person
from services.referral.people.commands.record_legal_status import RecordLegalStatus, record_legal_status
from services.referral.people.commands.record_no_flags import RecordNoFlags, record_no_flags
from services.referral.people.domain.dyad import DyadDetails, Involvement
from services.referral.people.domain.legal_status import CareStatus, StatusDetails
from services.referral.people.domain.open_safety import TOLD, UNTIL_ASKED, SafetyFound, SafetyMatter, open_safety
from services.referral.people.domain.people import NoOtherCaregiver
from services.referral.people.domain.safety_flag import CONTACT_FLAGS, FlagKind
from services.referral.people.queries.family_banner import FamilyBanner, family_banner
from services.referral.people.web.family_page import SAFETY_PAGES
from services.referral.staff.domain.task import SAFETY
from shared.contracts.pathway_codes import PromiseKind, TaskKind
from shared.kernel.actor import public_form
from shared.kernel.same_fields import same_fields
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.contacts.test_note_risk import note
from tests.referral.governance.builders import restrict
from tests.referral.letters.builders import referral_of
from tests.referral.measures.builders import TheFamily, an_entry, enters, phq9
from tests.referral.people.builders import PRACTITIONER, does, family_of
from tests.referral.people.test_add_safety_flag import FLAG
from tests.referral.support.test_move_tier import AT_RISK, move
from tests.referral.web.visitor import Visitor
from tests.referral.worklists.builders import a_task

YESTERDAY = TODAY - timedelta(1)
ANSWERED = "UPDATE task SET answered_at = now(), answered_by = gen_random_uuid(), answer = 'She is safe.'"


async def a_flag(family: AFamily, review_on: date = FLAG.review_on, kind: FlagKind = FLAG.kind) -> None:
    flag = replace(FLAG, kind=kind, review_on=TODAY + timedelta(30))
    await does(family.team, add_safety_flag, AddSafetyFlag(family.family_id, flag))
    await runs(family, "UPDATE safety_flag SET review_on = :day", day=review_on)


async def runs(family: AFamily, statement: str, **values: Any) -> None:
    async with family.team.engine.begin() as connection:
        await connection.execute(text(statement), values)


async def a_positive_answer(family: AFamily, *, on: date = TODAY, self_harm: int = 1) -> None:
    the = TheFamily(family.family_id, family.episode_id, family.shannon, family.leonie, family.dan or family.leonie)
    await enters(family.team, the, an_entry("PHQ9", the.leonie_with_shannon, phq9(9, self_harm=self_harm), on=on))


async def a_positive_answer_whose_task_is_answered(family: AFamily) -> None:
    await a_positive_answer(family)
    await runs(family, ANSWERED)


async def said_to_be_unsafe(family: AFamily) -> None:
    record = await family_of(family.team, family.family_id)
    person = record.member(family.leonie).person
    details = replace(person.details, contact_unsafe=True)
    await does(family.team, change_person, ChangePerson(family.family_id, person.id, person.version, details))


async def unsafe_for_the_baby(family: AFamily) -> None:
    dyad = (await family_of(family.team, family.family_id)).dyads[0]
    details = same_fields(DyadDetails, dyad, involvement=Involvement.UNSAFE)
    await does(family.team, change_dyad, ChangeDyad(family.family_id, dyad.id, dyad.version, details))


async def in_care(family: AFamily) -> None:
    details = StatusDetails(CareStatus.INTERIM_CARE_ORDER, TODAY, "Wyre Council")
    await does(family.team, record_legal_status, RecordLegalStatus(family.family_id, family.shannon, 0, details))


async def at_risk(family: AFamily) -> None:
    await move(family.team, family.episode_id, AT_RISK, mdt_on=TODAY)


async def danger_told(family: AFamily) -> None:
    async with family.team.begin(public_form()) as work:
        referral_id = await referral_of(family.team, family.family_id)
        await make_promise(MakePromise(PromiseKind.DANGER_SAID, work.now, referral_id), work)


_WORRY = "UPDATE referral SET asked_for = 'x', asked_on = now(), chase_on = now(), chases = 0, safety_worry = true"

_UNSAFE = """UPDATE referral SET no_other_caregiver = 'unsafe', other_caregiver_name = NULL,
    other_caregiver_relationship = NULL, other_caregiver_phone = NULL"""

SOURCES: Mapping[str, tuple[SafetyMatter, Callable[[AFamily], Awaitable[Any]]]] = {
    "danger that nobody answered": (SafetyMatter.PROMISE, danger_told),
    "a safety task": (SafetyMatter.TASK, lambda one: a_task(one.team, one.family_id, TaskKind.SELF_HARM_ANSWER)),
    "a risk note that nobody answered": (SafetyMatter.RISK_NOTE, note),
    "a referral that said danger": (
        SafetyMatter.DANGER_TOLD,
        lambda one: runs(one, "UPDATE referral SET in_danger = true"),
    ),
    "a worry at triage": (SafetyMatter.WORRY_TOLD, lambda one: runs(one, _WORRY)),
    "a positive answer in a measure": (SafetyMatter.MEASURE, a_positive_answer_whose_task_is_answered),
    "a flag": (SafetyMatter.FLAG, a_flag),
    "a flag that nobody reviewed": (SafetyMatter.FLAG_OVERDUE, lambda one: a_flag(one, YESTERDAY)),
    "a carer who is not safe to contact": (SafetyMatter.UNSAFE_CONTACT, said_to_be_unsafe),
    "a carer who is not safe for the baby": (SafetyMatter.UNSAFE_CONTACT, unsafe_for_the_baby),
    "another carer who is not safe to contact": (SafetyMatter.OTHER_CARER, lambda one: runs(one, _UNSAFE)),
    "a baby in care": (SafetyMatter.CARE_STATUS, in_care),
    "risk support": (SafetyMatter.RISK_SUPPORT, at_risk),
    "a restricted record": (SafetyMatter.RESTRICTED, lambda one: restrict(one.team, one.family_id, PRACTITIONER.id)),
}


async def banner_of(family: AFamily) -> FamilyBanner:
    async with family.team.begin(PRACTITIONER) as work:
        return await family_banner(work, family.family_id, TODAY)


async def asked(team: ATeam) -> AFamily:
    family = await a_family(team)
    await does(team, record_no_flags, RecordNoFlags(family.family_id))
    return family


def test_every_matter_of_safety_is_walked_and_has_a_page_that_answers_it() -> None:
    assert {matter for matter, _ in SOURCES.values()} == set(SafetyMatter) == set(SAFETY_PAGES)


@pytest.mark.parametrize("source", SOURCES)
async def test_none_is_known_only_while_nothing_at_all_is_open(team: ATeam, source: str) -> None:
    family = await asked(team)
    before = (await banner_of(family)).safety.none_known_on
    matter, happens = SOURCES[source]

    await happens(family)

    safety = (await banner_of(family)).safety
    assert before == TODAY
    assert safety.none_known_on is None
    assert safety.counts.get(matter) == 1


@pytest.mark.parametrize("kind", sorted(SAFETY))
async def test_a_task_of_every_safety_kind_takes_none_known_away_until_it_is_answered(
    team: ATeam, kind: TaskKind
) -> None:
    family = await asked(team)
    await (note(family) if kind is TaskKind.RISK_NOTE else a_task(team, family.family_id, kind))
    there = (await banner_of(family)).safety.none_known_on

    await runs(family, ANSWERED)

    assert (there, (await banner_of(family)).safety.none_known_on) == (None, TODAY)


@pytest.mark.parametrize("matter", SafetyMatter)
def test_what_was_said_counts_until_somebody_asked_on_a_later_day_and_nothing_else_goes_by_itself(
    matter: SafetyMatter,
) -> None:
    found = [SafetyFound(matter, YESTERDAY)]

    assert open_safety(found, YESTERDAY).none_known_on is None
    assert (open_safety(found, TODAY).none_known_on == TODAY) == (matter in UNTIL_ASKED)
    assert open_safety([], None).none_known_on is None


async def test_a_positive_answer_counts_until_the_same_person_answers_otherwise(team: ATeam) -> None:
    family = await asked(team)
    await a_positive_answer_whose_task_is_answered(family)
    positive = (await banner_of(family)).safety.counts
    team.now += timedelta(hours=1)

    await a_positive_answer(family, self_harm=0)

    assert positive == {SafetyMatter.MEASURE: 1}
    assert (await banner_of(family)).safety.counts == {}


async def test_another_familys_safety_is_not_this_ones(team: ATeam) -> None:
    other, family = await a_family(team), await asked(team)
    await note(other)
    await a_flag(other)
    await said_to_be_unsafe(other)

    assert (await banner_of(family)).safety.none_known_on == TODAY


async def test_the_head_counts_and_says_how_to_reach_them_but_never_why(team: ATeam, staff: Visitor) -> None:
    family = await a_family(team)
    await a_flag(family)
    await a_flag(family, kind=FlagKind.NO_VOICEMAIL)
    await runs(family, "UPDATE person SET contact_note = 'Text before ten.' WHERE id = :id", id=family.leonie)

    page = (await staff.client.get(f"/families/{family.family_id}/plan")).text
    head = page[page.index('class="pairs-who"') : page.index('class="pairs-tabs"')]

    assert "Safety flags: 2" in head
    assert "Leave no voicemail" in head
    assert "Text before ten." in head
    assert 'href="tel:07700900123"' in head
    assert "none booked" in head
    hidden = [kind.label for kind in FlagKind if kind not in CONTACT_FLAGS] + [FLAG.source]
    assert [words for words in hidden if words in head] == []


async def test_the_number_of_somebody_who_is_not_safe_to_contact_is_not_there_to_press(
    team: ATeam, staff: Visitor
) -> None:
    family = await a_family(team)
    await said_to_be_unsafe(family)

    page = (await staff.client.get(f"/families/{family.family_id}/plan")).text

    assert "Not safe to contact" in page
    assert "07700900123" not in page


async def test_the_head_names_the_next_visit(team: ATeam, staff: Visitor) -> None:
    family = await a_family(team)
    await family.books(team.now + timedelta(days=1))

    page = (await staff.client.get(f"/families/{family.family_id}/plan")).text

    assert re.search(r'Next <a href="/families/[^"]*/sessions/[^"]*"><time[^>]*>Tomorrow 10:30</time></a>, home', page)


@pytest.mark.parametrize("answer", NoOtherCaregiver)
async def test_what_the_referral_says_of_another_carer_is_on_every_page_of_the_family(
    team: ATeam, staff: Visitor, answer: NoOtherCaregiver
) -> None:
    accepted = await team.accepts(request={"other_caregiver": answer})
    root = f"/families/{accepted.family_id}"

    for page in (root, f"{root}/people"):
        shown = (await staff.client.get(page)).text
        assert (SafetyMatter.OTHER_CARER.label in shown) is (answer is NoOtherCaregiver.UNSAFE), page
        is_open = answer in {NoOtherCaregiver.NOT_KNOWN, NoOtherCaregiver.NOT_ASKED}
        assert ("No dad or other carer known: nobody has asked" in shown) is is_open, page


@pytest.mark.parametrize("source", [name for name, (matter, _) in SOURCES.items() if matter in TOLD])
async def test_where_the_head_says_read_stands_what_was_told_and_not_that_nobody_asked(
    team: ATeam, staff: Visitor, source: str
) -> None:
    family = await a_family(team)
    matter, happens = SOURCES[source]
    await happens(family)
    referral_id = await referral_of(team, family.family_id)

    page = (await staff.client.get(f"/families/{family.family_id}/people")).text

    flags = page[page.index('id="flags"') :]
    assert matter.label in flags
    assert f'href="/referrals/{referral_id}"' in flags
    assert "Not asked. That is not the same as none." not in page


async def test_the_head_says_by_what_hour_danger_is_answered(team: ATeam, staff: Visitor) -> None:
    family = await a_family(team)
    await danger_told(family)

    page = (await staff.client.get(f"/families/{family.family_id}/people")).text

    assert re.search(rf"{SafetyMatter.PROMISE.label} by <time[^>]*>Today 10:30</time>: 1", page)
