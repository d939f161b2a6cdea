"""Gives each step of the work with a family to the real command, with the ids that only the record knows."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from services.referral.contacts.commands.book_appointment import BookAppointment, book_appointment
from services.referral.contacts.commands.note_risk import NoteRisk, note_risk
from services.referral.contacts.commands.record_contact import RecordContact, record_contact
from services.referral.contacts.domain.contact_check import ContactDetails, Interpreter
from services.referral.demonstration.family_so_far import FamilySoFar
from services.referral.demonstration.steps import (
    Assessed,
    Booked,
    BornAfterReferral,
    Consented,
    Ended,
    GoalChosen,
    GoalSeen,
    Led,
    LookedAfter,
    Measured,
    MeetingVenue,
    Met,
    NotMeasured,
    PlanMade,
    PlannedStrand,
    Reviewed,
    RiskNoted,
    SafetyAsked,
    Step,
    TasksAnswered,
    TwinKnown,
    Understood,
)
from services.referral.demonstration.take_record_step import HOW_RECORDED
from services.referral.demonstration.taking import Taking
from services.referral.demonstration.team import may_give
from services.referral.endings.commands.discharge_family import DischargeFamily, discharge_family
from services.referral.measures.commands.administer_measure import AdministerMeasure, administer_measure
from services.referral.measures.commands.skip_measure import SkipMeasure, skip_measure
from services.referral.measures.domain.administration import MeasureEntry, Subject
from services.referral.measures.packs.measures import MEASURES
from services.referral.people.commands.add_person import AddPerson, add_person
from services.referral.people.commands.record_birth import RecordBirth, record_birth
from services.referral.people.commands.record_consent import RecordConsent, record_consent
from services.referral.people.commands.record_legal_status import RecordLegalStatus, record_legal_status
from services.referral.people.commands.record_no_flags import RecordNoFlags, record_no_flags
from services.referral.people.database.families import Families
from services.referral.people.domain.consent import ConsentDetails, ConsentMethod
from services.referral.people.domain.people import Relationship
from services.referral.people.domain.person import Birth, MemberKind, PersonDetails
from services.referral.people.queries.family_tasks import open_tasks
from services.referral.staff.commands.answer_task import answer_task
from services.referral.staff.domain.still_open import Settling
from services.referral.support.commands.agree_plan import AgreePlan, agree_plan
from services.referral.support.commands.assign_lead import AssignLead, assign_lead
from services.referral.support.commands.complete_assessment import CompleteAssessment, complete_assessment
from services.referral.support.commands.hold_review import HoldReview, hold_review
from services.referral.support.commands.rate_goal import RateGoal, rate_goal
from services.referral.support.commands.record_formulation import RecordFormulation, record_formulation
from services.referral.support.commands.set_goal import SetGoal, set_goal
from services.referral.support.database.episodes import Episodes
from services.referral.support.database.plans import Plans
from services.referral.support.database.progress import read_end_of_work
from services.referral.support.domain.plan import StrandDetails
from services.referral.support.domain.review import Review
from services.referral.team.database.team_work import TeamWork
from shared.contracts.pathway_codes import Attendance, ContactKind
from shared.kernel.clock import london_date
from shared.kernel.identifiers import new_id
from shared.staff.task import AnswerTask

_UNTRAINED = "In training for it, and supervised by a colleague who holds it."


async def take_steps(family: FamilySoFar, steps: tuple[Step, ...], work: TeamWork) -> None:
    """Raises Refusal when a command says no."""
    if family.family_id is None or family.episode_id is None:
        raise ValueError("there is no work with this family")
    if family.record is None:
        family.record = await Families(work).get(family.family_id)
    taking = Taking(family, family.family_id, family.episode_id, family.record, work)
    for step in steps:
        await _HOW[type(step)](step, taking)


async def _meet(step: Met, on: Taking) -> None:
    strands = on.family.strands
    on_plan = strands and step.kind is ContactKind.SESSION
    details = replace(
        _contact(step.place, step.kind, on),
        people=_people(step, on),
        attendance=_attendance(step.attendance, on),
        minutes=step.minutes,
        note=step.note,
        infant_voice=step.infant_voice,
        elements=step.elements,
        interpreter=step.interpreter,
        strand_id=strands[len(step.note) % len(strands)] if on_plan else None,
    )
    command = RecordContact(new_id(), on.episode_id, details, supervision=step.supervision)
    if passed := on.family.passed:
        details = replace(details, held_on=passed.held_on)
        command = replace(command, contact_id=passed.contact_id, appointment_version=passed.version, details=details)
    await record_contact(command, on.work)


def _contact(place: MeetingVenue, kind: ContactKind, on: Taking) -> ContactDetails:
    people = frozenset(one.id for one in (*on.babies, on.record.carers[0]))
    return ContactDetails(on.work.today, on.lead_id, kind, place.mode, place.venue, people)


def _attendance(attendance: Attendance, on: Taking) -> Attendance:
    """A baby who is not born cannot be brought."""
    if attendance is Attendance.WAS_NOT_BROUGHT and not _is_born(on):
        return Attendance.DID_NOT_ATTEND
    return attendance


def _people(step: Met, on: Taking) -> frozenset[UUID]:
    """An adult's own appointment is without the baby."""
    carers = on.record.carers[: 2 if step.with_other_carer else 1]
    alone = _attendance(step.attendance, on) is Attendance.DID_NOT_ATTEND
    return frozenset(one.id for one in (carers if alone else (*carers, *on.babies)))


def _is_born(on: Taking) -> bool:
    born_on = on.record.babies[0].born_on
    return born_on is not None and born_on <= on.work.today


async def _book(step: Booked, on: Taking) -> None:
    interpreter = Interpreter.BOOKED if step.needs_interpreter else None
    details = replace(_contact(step.place, step.kind, on), held_on=london_date(step.starts_at), interpreter=interpreter)
    await book_appointment(BookAppointment(new_id(), on.episode_id, step.starts_at, details), on.work)


async def _measure(step: Measured, on: Taking) -> None:
    definition = MEASURES[step.code]
    entry = MeasureEntry(
        definition=definition,
        subject=Subject(on.carer_id, on.baby_id),
        respondent=definition.respondents[0],
        timepoint=step.timepoint,
        answered_on=on.work.today,
        answers={str(number): answer for number, answer in enumerate(step.answers, start=1)},
    )
    await administer_measure(AdministerMeasure(new_id(), on.episode_id, entry), on.work)


async def _skip_measure(step: NotMeasured, on: Taking) -> None:
    subject = Subject(on.carer_id, on.baby_id)
    command = SkipMeasure(new_id(), on.episode_id, MEASURES[step.code], subject, step.timepoint, step.reason)
    await skip_measure(command, on.work)


async def _lead(step: Led, on: Taking) -> None:
    on.family.lead = step.by
    await assign_lead(AssignLead(on.episode_id, on.lead_id), on.work)


async def _ask_about_safety(_: SafetyAsked, on: Taking) -> None:
    await record_no_flags(RecordNoFlags(on.family_id), on.work)


async def _assess(step: Assessed, on: Taking) -> None:
    await complete_assessment(CompleteAssessment(on.episode_id, 0, step.details), on.work)


async def _understand(step: Understood, on: Taking) -> None:
    await record_formulation(RecordFormulation(on.episode_id, 0, step.formulation), on.work)


async def _choose_goal(step: GoalChosen, on: Taking) -> None:
    goal_id = new_id()
    command = SetGoal(goal_id, on.episode_id, on.carer_id, step.words, on.work.today, step.rating)
    await set_goal(command, on.work)
    on.family.goals.append(goal_id)
    on.family.ratings[goal_id] = 1


async def _rate_goal(step: GoalSeen, on: Taking) -> None:
    goal_id = on.family.goals[step.number]
    command = RateGoal(goal_id, on.family.ratings[goal_id], on.work.today, step.rating)
    await rate_goal(command, on.work)
    on.family.ratings[goal_id] += 1


async def _consent(step: Consented, on: Taking) -> None:
    details = ConsentDetails(on.carer_id, on.carer_id, step.scope, ConsentMethod.WRITTEN, on.work.today)
    await record_consent(RecordConsent(on.family_id, details), on.work)


async def _plan(step: PlanMade, on: Taking) -> None:
    strands = tuple(_strand(one, on) for one in step.strands)
    with_whom = on.record.carers[0].name or ""
    await agree_plan(AgreePlan(on.episode_id, 0, on.work.today, with_whom, step.preference, strands), on.work)
    open_strands = await Plans(on.work).open_strands_to_change(on.episode_id)
    on.family.strands = sorted(one.id for one in open_strands)


def _strand(planned: PlannedStrand, on: Taking) -> StrandDetails:
    reason = "" if may_give(on.family.lead or 0, planned.intervention) else _UNTRAINED
    person_id = on.baby_id if planned.for_baby else on.carer_id
    return StrandDetails(planned.intervention, person_id, on.lead_id, planned.sessions, reason)


async def _review(step: Reviewed, on: Taking) -> None:
    episode = await Episodes(on.work).get(on.episode_id)
    words = (step.infant_voice, step.family_view, step.decision)
    review = Review(new_id(), on.episode_id, on.work.today, *words, step.next_review_on)
    await hold_review(HoldReview(episode.version, review), on.work)


async def _note_risk(step: RiskNoted, on: Taking) -> None:
    await note_risk(NoteRisk(new_id(), on.episode_id, step.concern, step.action, step.told), on.work)


async def _record_birth(step: BornAfterReferral, on: Taking) -> None:
    command = RecordBirth(on.family_id, on.baby_id, on.record.babies[0].version, Birth(step.born_on, step.name))
    await record_birth(command, on.work)
    on.family.record = None


async def _add_twin(step: TwinKnown, on: Taking) -> None:
    details = PersonDetails(name=step.name, born_on=step.born_on, birth_order=2)
    relationships = {on.carer_id: Relationship.BIRTH_PARENT}
    await add_person(AddPerson(on.family_id, MemberKind.BABY, details, relationships), on.work)
    on.family.record = None


async def _look_after(step: LookedAfter, on: Taking) -> None:
    twin = (await Families(on.work).get(on.family_id)).babies[-1]
    await record_legal_status(RecordLegalStatus(on.family_id, twin.id, 0, step.details), on.work)


async def _answer_tasks(step: TasksAnswered, on: Taking) -> None:
    for task in await open_tasks(on.work, on.family_id):
        if step.kind in (None, task.kind):
            await answer_task(AnswerTask(task.task_id, 1, step.answer), on.work)


async def _end(step: Ended, on: Taking) -> None:
    episode = await Episodes(on.work).get(on.episode_id)
    so_far = await read_end_of_work(on.work, on.episode_id, on.work.now)
    details = step.details if not so_far.has_paired_measure else replace(step.details, without_measures=None)
    settling = Settling(safety_to=on.work.actor.id, is_seen=True)
    await discharge_family(DischargeFamily(on.episode_id, episode.version, step.told, details, settling), on.work)


_HOW: Mapping[type[Step], Callable[[Any, Taking], Awaitable[None]]] = {
    Met: _meet,
    Booked: _book,
    Measured: _measure,
    NotMeasured: _skip_measure,
    Led: _lead,
    SafetyAsked: _ask_about_safety,
    Assessed: _assess,
    Understood: _understand,
    GoalChosen: _choose_goal,
    GoalSeen: _rate_goal,
    Consented: _consent,
    PlanMade: _plan,
    Reviewed: _review,
    RiskNoted: _note_risk,
    BornAfterReferral: _record_birth,
    TwinKnown: _add_twin,
    LookedAfter: _look_after,
    TasksAnswered: _answer_tasks,
    Ended: _end,
    **HOW_RECORDED,
}
