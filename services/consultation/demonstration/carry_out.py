"""Gives what happens in a demonstration to the real commands."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.consultation.consultations.commands.log_consultation import LogConsultation, log_consultation
from services.consultation.consultations.commands.want_referral import WantReferral, want_referral
from services.consultation.consultations.domain.consultation import About, Asker
from services.consultation.database.tables import family, task
from services.consultation.demonstration.happening import (
    ConcernSettled,
    ConsultationHappening,
    Evaluated,
    Logged,
    Met,
    Planned,
    Supervised,
)
from services.consultation.demonstration.organisations import ORGANISATIONS
from services.consultation.demonstration.supervision_commands import agree_with_all, supervise
from services.consultation.diary.commands.book_meeting import BookMeeting, book_meeting
from services.consultation.diary.commands.log_meeting import LogMeeting, log_meeting
from services.consultation.diary.commands.mark_attendance import MarkAttendance, mark_attendance
from services.consultation.diary.commands.plan_meeting import PlanMeeting, plan_meeting
from services.consultation.diary.domain.meeting import Meeting, MeetingKind
from services.consultation.diary.queries.meeting_register import meeting_register
from services.consultation.evaluations.commands.ask_if_it_helped import AskIfItHelped, ask_if_it_helped
from services.consultation.evaluations.commands.evaluate_consultation import (
    EvaluateConsultation,
    evaluate_consultation,
)
from services.consultation.evaluations.database.evaluations import token_of
from services.consultation.organisations.commands.add_organisation import AddOrganisation, add_organisation
from services.consultation.staff.commands.answer_task import answer_task
from services.consultation.staff.database.consultation_work import ConsultationUnits
from services.consultation.staff.domain.capabilities import CAPABILITIES, LOG
from shared.contracts.consultation_codes import ConsultationKind, FamilyKnows
from shared.contracts.slug import locality_name
from shared.demonstration.people import TEAM
from shared.kernel.actor import Actor, public_form
from shared.manifest import Person
from shared.staff.colleagues import Colleagues
from shared.staff.sender import Sender
from shared.staff.task import AnswerTask
from shared.unit_of_work import UnitOfWork

PRACTITIONERS = [one for one in TEAM if one.roles & CAPABILITIES.roles_with(LOG)]
_RECENT_DAYS = 300
"""So long after its record began somebody asks about a family."""
_NAMES = UUID(int=0x6F7267)


class ConsultationDemonstration:
    """One team's commands, each carried out at a moment that the caller says.

    Args:
        region_key: 32 bytes or more.
    """

    def __init__(self, engine: AsyncEngine, team: str, region_key: bytes) -> None:
        self._engine = engine
        self._team = team
        self._region_key = region_key

    async def introduce(self, at: datetime) -> None:
        """Let the service know the colleagues' names, and the organisations that may ask."""
        async with AsyncSession(self._engine) as session, session.begin():
            for person in PRACTITIONERS:
                await Colleagues(session).remember(person.id, person.name, person.roles)
        async with self._at(at).begin(_acting(PRACTITIONERS[0])) as work:
            for place, one in enumerate(ORGANISATIONS):
                name = one.name.format(place=locality_name(self._team))
                await add_organisation(AddOrganisation(self._organisation_id(place), name, one.sector), work)
        await agree_with_all(self._at(at), PRACTITIONERS)

    async def carry_out(self, happening: ConsultationHappening) -> None:
        """Raises Refusal when the command says no."""
        match happening.action:
            case Logged():
                await self._log(happening.consultation_id, happening.action, happening.at)
            case ConcernSettled(words):
                await self._settle(happening.consultation_id, words, happening.at)
            case Evaluated():
                await self._evaluate(happening.consultation_id, happening.action, happening.at)
            case Planned():
                await self._plan(happening.consultation_id, happening.action, happening.at)
            case Met():
                await self._meet(happening.consultation_id, happening.at)
            case Supervised():
                await supervise(self._at(happening.at), PRACTITIONERS, happening.consultation_id, happening.action)

    async def _log(self, consultation_id: UUID, logged: Logged, at: datetime) -> None:
        asks = ORGANISATIONS[logged.organisation]
        organisation_id = self._organisation_id(logged.organisation)
        async with self._at(at).begin(_acting(PRACTITIONERS[logged.consultant % len(PRACTITIONERS)])) as work:
            command = LogConsultation(
                consultation_id,
                logged.held_on,
                logged.minutes,
                logged.mode,
                Asker(organisation_id, asks.profession, asks.tier, logged.asker, logged.people),
                await _about(logged, work),
                logged.talk,
                could_be_harmed=logged.could_be_harmed,
            )
            await log_consultation(command, work)
            if logged.is_referred:
                await want_referral(WantReferral(consultation_id), work)

    async def _settle(self, consultation_id: UUID, words: str, at: datetime) -> None:
        async with self._at(at).begin(_acting(PRACTITIONERS[0])) as work:
            its = select(task.c.id, task.c.version).where(task.c.subject_id == consultation_id)
            task_id, version = (await work.session.execute(its)).one()
            await answer_task(AnswerTask(task_id, version, words), work)

    async def _evaluate(self, consultation_id: UUID, evaluated: Evaluated, at: datetime) -> None:
        token = token_of(consultation_id, self._region_key)
        async with self._at(at).begin(_acting(PRACTITIONERS[0])) as work:
            await ask_if_it_helped(AskIfItHelped(consultation_id, token), work)
        if evaluated.answers:
            async with self._at(at).begin(public_form()) as work:
                await evaluate_consultation(EvaluateConsultation(token, evaluated.answers), work)

    async def _plan(self, meeting_id: UUID, planned: Planned, at: datetime) -> None:
        kind = MeetingKind.DROP_IN if planned.topic.startswith("Drop-in") else MeetingKind.REFLECTIVE_GROUP
        leads, organisation_id = PRACTITIONERS[1], self._organisation_id(planned.organisation)
        meeting = Meeting(
            meeting_id, kind, organisation_id, planned.topic, planned.starts_at, 60, "Family hub, room 2", 8, leads.id
        )
        async with self._at(at).begin(_acting(leads)) as work:
            await plan_meeting(PlanMeeting(meeting), work)
        asks = ORGANISATIONS[planned.organisation]
        for name in planned.names:
            booking_id = uuid5(meeting_id, name)
            async with self._at(at).begin(public_form()) as work:
                named = asks.name.format(place=locality_name(self._team))
                await book_meeting(BookMeeting(booking_id, meeting_id, name, asks.profession, named), work)

    async def _meet(self, meeting_id: UUID, at: datetime) -> None:
        async with self._at(at).begin(_acting(PRACTITIONERS[1])) as work:
            for place, booking in enumerate(await meeting_register(work, meeting_id)):
                await mark_attendance(MarkAttendance(meeting_id, booking.id, came=place > 0), work)
            await log_meeting(LogMeeting(meeting_id), work)

    def _organisation_id(self, place: int) -> UUID:
        return uuid5(_NAMES, f"{self._team} {ORGANISATIONS[place].name}")

    def _at(self, at: datetime) -> ConsultationUnits:
        return ConsultationUnits(Sender(), self._engine, region_key=self._region_key, clock=lambda: at)


async def _about(logged: Logged, work: UnitOfWork) -> About:
    """A family that the team knew on that day; with no names where it knew none."""
    if logged.kind is not ConsultationKind.CASE_NAMED:
        return About(logged.kind, age_band=logged.age_band)
    family_id = await _known_family(work, logged.family, logged.held_on)
    if family_id is None:
        return About(ConsultationKind.CASE_ANONYMOUS)
    return About(logged.kind, family_id, FamilyKnows.TODAY)


async def _known_family(work: UnitOfWork, which: int, day: date) -> UUID | None:
    is_recent = (family.c.recorded_on < day) & (family.c.recorded_on > day - timedelta(_RECENT_DAYS))
    count = await work.session.scalar(select(func.count()).select_from(family).where(is_recent)) or 0
    if not count:
        return None
    ids = select(family.c.record_id).where(is_recent).order_by(family.c.id)
    return await work.session.scalar(ids.offset(which % count).limit(1))


def _acting(person: Person) -> Actor:
    return Actor(person.id, person.roles)
