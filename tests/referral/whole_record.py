"""A team in full work: one family with all that a record can hold, and others for what one family cannot have."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, text

from services.referral.contacts.domain.contact_check import Interpreter
from services.referral.database.contact_tables import task
from services.referral.database.family_tables import access_need
from services.referral.database.governance_tables import record_hold
from services.referral.governance.commands.break_glass import BreakGlass, break_glass
from services.referral.intake.commands.leave_number import LeaveNumber, leave_number
from services.referral.intake.domain.callback import LeftNumber
from services.referral.letters.domain.letter_kind import LetterKind
from services.referral.people.commands.add_safety_flag import AddSafetyFlag, add_safety_flag
from services.referral.people.commands.record_consent import RecordConsent, record_consent
from services.referral.people.commands.record_pregnancy_loss import RecordPregnancyLoss, record_pregnancy_loss
from services.referral.people.domain.people import Relationship
from services.referral.people.domain.person import MemberKind
from services.referral.people.domain.safe_contact import ContactWay, SafeContact
from services.referral.support.domain.intervention import Course
from shared.contracts.pathway_codes import MeasureTimepoint, PregnancyOutcome
from shared.contracts.vocabulary import SourceGroup
from shared.kernel.actor import public_form
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.contacts.test_note_risk import note
from tests.referral.contacts.test_record_liaison import record as liaise
from tests.referral.endings.test_discharge_family import discharge
from tests.referral.endings.test_plan_hand_over import plan
from tests.referral.governance.builders import OTHER, restrict
from tests.referral.governance.test_place_hold import place
from tests.referral.governance.test_propose_destruction import an_old_family, propose
from tests.referral.governance.test_request_subject_access import ask as ask_for_a_copy
from tests.referral.groups.builders import AGroup, a_group
from tests.referral.intake.test_ask_for_more import ask
from tests.referral.intake.test_close_referral import close
from tests.referral.intake.test_merge_families import merge, the_same, two_records
from tests.referral.letters.builders import referral_of, write
from tests.referral.letters.test_issue_letter import a_finished_draft
from tests.referral.measures.builders import TheFamily, an_entry, enters, phq9
from tests.referral.measures.test_request_measure import asks, links
from tests.referral.people.builders import PRACTITIONER, adds, does, expecting, family_of, unborn_of
from tests.referral.people.test_add_safety_flag import FLAG
from tests.referral.people.test_record_consent import filming
from tests.referral.support.builders import agree, assess, set_a_goal, train
from tests.referral.support.test_hold_review import review
from tests.referral.support.test_pause_episode import pause
from tests.referral.support.test_record_formulation import record
from tests.referral.worklists.web.test_messages_page import fails

ONE_OLD = """
UPDATE person SET born_on = '1990-10-20' FROM family_member
WHERE family_member.person_id = person.id AND family_member.family_id = :family AND person.born_on IS NOT NULL
"""


@dataclass(frozen=True)
class WholeRecord:
    """Ids of everything that has a page of its own."""

    family: AFamily
    twin: UUID
    dyad: UUID
    flag: UUID
    consent: UUID
    held: UUID
    booked: UUID
    goal: UUID
    strand: UUID
    measure: UUID
    measure_link: str
    measure_request: UUID
    letter: UUID
    finished_letter: UUID
    """A draft without gaps."""
    task: UUID
    group: AGroup
    place: UUID
    """In the group."""
    copy: UUID
    hold: UUID
    referral: UUID
    open_referral: UUID
    asked_referral: UUID
    closed_referral: UUID
    danger_referral: UUID
    """Nobody has answered that someone is in danger."""
    callback: UUID
    expecting: UUID
    unborn: UUID
    paused: UUID
    discharged: UUID
    bereaved: UUID
    lost: UUID
    merged: UUID
    merge: UUID
    opening: UUID
    restricted: UUID
    """The lead may not see it."""
    guarded: UUID
    """The lead may see it."""
    old: UUID
    destruction: UUID


async def a_whole_record(team: ATeam) -> WholeRecord:
    """Twins, two carers, and work from the referral to the planned hand-over; a team with groups and old records."""
    destruction = await _a_proposal(team)
    old = await _an_old_family(team)
    group = await a_group(team)
    (family,) = group.families
    twin = await adds(
        team,
        family.family_id,
        MemberKind.BABY,
        {family.leonie: Relationship.BIRTH_PARENT},
        name="Sian Example",
        born_on=TODAY - timedelta(133),
    )
    await _who_they_are(team, family)
    clinical = await _the_work(team, family)
    place_id = await group.adds(family)
    await group.meets(group.session(family.leonie))
    merged, gone = await two_records(team)
    expecting_id, bereaved = await expecting(team), await expecting(team)
    lost = (await unborn_of(team, bereaved)).id
    await does(team, record_pregnancy_loss, RecordPregnancyLoss(bereaved, lost, 1, PregnancyOutcome.STILLBIRTH, TODAY))
    open_referral, asked, closed = [(await team.receives()).referral_id for _ in range(3)]
    await ask(team, asked)
    await close(team, closed)
    await fails(team)
    async with team.engine.connect() as connection:
        hold_id = await connection.scalar(select(record_hold.c.id))
        task_id = await connection.scalar(select(task.c.id).where(task.c.family_id == family.family_id))
        flag = await connection.scalar(text("SELECT id FROM safety_flag"))
        consent = await connection.scalar(text("SELECT id FROM consent"))
    assert hold_id
    assert task_id
    return WholeRecord(
        family=family,
        twin=twin,
        dyad=(await family_of(team, family.family_id)).dyads[0].id,
        flag=flag,
        consent=consent,
        **clinical,
        task=task_id,
        group=group,
        place=place_id,
        copy=await ask_for_a_copy(team, family.family_id, family.shannon),
        hold=hold_id,
        open_referral=open_referral,
        asked_referral=asked,
        closed_referral=closed,
        danger_referral=(await team.receives(in_danger=True)).referral_id,
        callback=await _a_number(team),
        expecting=expecting_id,
        unborn=(await unborn_of(team, expecting_id)).id,
        **await _rest_and_end(team),
        bereaved=bereaved,
        lost=lost,
        merged=merged,
        merge=await merge(team, merged, gone, same=await the_same(team, merged, gone)),
        **await _restricted(team),
        old=old,
        destruction=destruction,
    )


async def _a_number(team: ATeam) -> UUID:
    left = LeftNumber("07700900982", SafeContact(frozenset({ContactWay.TEXT})), SourceGroup.SELF, in_danger=True)
    async with team.begin(public_form()) as work:
        return (await leave_number(LeaveNumber(new_id(), left), work)).id


async def _who_they_are(team: ATeam, family: AFamily) -> None:
    await does(team, add_safety_flag, AddSafetyFlag(family.family_id, replace(FLAG, person_id=family.leonie)))
    await does(team, record_consent, RecordConsent(family.family_id, await filming(team, family.family_id)))
    await place(team, family.family_id)
    async with team.engine.begin() as connection:
        need = {"id": new_id(), "version": 1, "person_id": family.leonie, "asked_on": TODAY}
        await connection.execute(insert(access_need).values(**need, interpreter_language="pol"))


async def _the_work(team: ATeam, family: AFamily) -> dict[str, Any]:
    """From the assessment to the planned hand-over; the ids of what has a page."""
    the = TheFamily(family.family_id, family.episode_id, family.shannon, family.leonie, family.dan or family.leonie)
    await train(team, family.practitioner.id, Course.VIG)
    held = await family.has(
        family.session(interpreter=Interpreter.USED, note="We sang.", infant_voice="She smiled."),
        supervision="How I felt.",
    )
    await family.has(family.missed())
    booked = await family.books(NOW + timedelta(days=1), interpreter=Interpreter.BOOKED)
    await assess(family)
    await record(family, 0)
    await record(family, 1)
    goal = await set_a_goal(family)
    (strand,) = await agree(family)
    await review(family)
    measure = await enters(team, the, an_entry("PHQ9", the.leonie_with_shannon, phq9(12)))
    await enters(team, the, an_entry("PHQ9", the.leonie_with_shannon, phq9(8), timepoint=MeasureTimepoint.SESSION))
    await plan(family)
    await liaise(family)
    await note(family)
    referral_id = await referral_of(team, family.family_id)
    return {
        "held": held,
        "booked": booked,
        "goal": goal,
        "strand": strand,
        "measure": measure,
        "measure_link": await asks(team, the),
        "measure_request": (await links(team))[0].id,
        "letter": await write(team, family.practitioner, referral_id, LetterKind.FAMILY_MISSED, family.leonie),
        "finished_letter": await a_finished_draft(family),
        "referral": referral_id,
    }


async def _rest_and_end(team: ATeam) -> dict[str, UUID]:
    """A family whose work is paused, and one whose work has ended."""
    paused, discharged = await a_family(team), await a_family(team)
    await pause(paused)
    await discharged.has()
    await discharge(discharged)
    return {"paused": paused.family_id, "discharged": discharged.family_id}


async def _restricted(team: ATeam) -> dict[str, UUID]:
    """One record that was opened in an emergency, and one that the lead may see."""
    closed, guarded = [(await a_family(team)).family_id for _ in range(2)]
    await restrict(team, closed)
    await restrict(team, guarded, UUID(int=102))
    async with team.begin(OTHER) as work:
        opening = await break_glass(BreakGlass(closed, "The midwife rang: the baby is at risk today."), work)
    return {"opening": opening, "restricted": closed, "guarded": guarded}


async def _an_old_family(team: ATeam) -> UUID:
    """The date until which its record is kept has passed."""
    family_id = await an_old_family(team)
    team.now = NOW
    async with team.engine.begin() as connection:
        await connection.execute(text(ONE_OLD), {"family": family_id})
        ended = "UPDATE episode SET opened_on = '1995-01-01', ended_on = '1996-06-01' WHERE family_id = :family"
        await connection.execute(text(ended), {"family": family_id})
    return family_id


async def _a_proposal(team: ATeam) -> UUID:
    return await propose(team, await _an_old_family(team), actor=PRACTITIONER)
