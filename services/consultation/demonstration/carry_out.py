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
    Supervised,
)
from services.consultation.demonstration.organisations import ORGANISATIONS
from services.consultation.demonstration.supervision import AGREEMENTS
from services.consultation.evaluations.commands.ask_if_it_helped import AskIfItHelped, ask_if_it_helped
from services.consultation.evaluations.commands.evaluate_consultation import (
    EvaluateConsultation,
    evaluate_consultation,
)
from services.consultation.evaluations.database.evaluations import token_of
from services.consultation.organisations.commands.add_organisation import AddOrganisation, add_organisation
from services.consultation.staff.commands.answer_task import answer_task
from services.consultation.staff.domain.capabilities import CAPABILITIES, LEAD_SUPERVISION, LOG
from services.consultation.supervision.commands.agree_supervision import AgreeSupervision, agree_supervision
from services.consultation.supervision.commands.record_supervision import RecordSupervision, record_supervision
from services.consultation.supervision.domain.supervision_agreement import Terms
from services.consultation.supervision.domain.supervision_session import SupervisionMeeting
from shared.contracts.consultation_codes import ConsultationKind, FamilyKnows
from shared.contracts.slug import locality_name
from shared.contracts.supervision import SupervisionKind
from shared.demonstration.people import TEAM
from shared.kernel.actor import Actor, public_form
from shared.kernel.calendar import add_months
from shared.kernel.identifiers import new_id
from shared.manifest import Person
from shared.staff.colleagues import Colleagues
from shared.staff.task import AnswerTask
from shared.unit_of_work import UnitOfWork, UnitsOfWork

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
        await self._agree(at)

    async def carry_out(self, happening: ConsultationHappening) -> None:
        """Raises Refusal when the command says no."""
        match happening.action:
            case Logged():
                await self._log(happening.consultation_id, happening.action, happening.at)
            case ConcernSettled(words):
                await self._settle(happening.consultation_id, words, happening.at)
            case Evaluated():
                await self._evaluate(happening.consultation_id, happening.action, happening.at)
            case Supervised():
                await self._supervise(happening.consultation_id, happening.action, happening.at)

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

    async def _agree(self, at: datetime) -> None:
        """The team lead, with each colleague."""
        lead = next(one for one in PRACTITIONERS if one.roles & CAPABILITIES.roles_with(LEAD_SUPERVISION))
        async with self._at(at).begin(_acting(lead)) as work:
            for person, agreed in zip(PRACTITIONERS, AGREEMENTS, strict=True):
                supervisor_id = None if agreed.supervisor is None else PRACTITIONERS[agreed.supervisor].id
                manager_id = supervisor_id if agreed.is_managed_by_supervisor else None
                began = add_months(work.today, -agreed.experience)
                terms = Terms(work.today, agreed.share, supervisor_id, manager_id)
                await agree_supervision(AgreeSupervision(new_id(), person.id, began, terms), work)

    async def _supervise(self, session_id: UUID, had: Supervised, at: datetime) -> None:
        whom = PRACTITIONERS[had.supervisee]
        supervisor = None if had.supervisor is None else PRACTITIONERS[had.supervisor]
        meeting = SupervisionMeeting(
            SupervisionKind.ONE_TO_ONE, had.starts_at, had.minutes, supervisor.id if supervisor else None, (whom.id,)
        )
        async with self._at(at).begin(_acting(supervisor or whom)) as work:
            await record_supervision(RecordSupervision(session_id, meeting), work)

    def _organisation_id(self, place: int) -> UUID:
        return uuid5(_NAMES, f"{self._team} {ORGANISATIONS[place].name}")

    def _at(self, at: datetime) -> UnitsOfWork[UnitOfWork]:
        return UnitsOfWork(self._engine, UnitOfWork, region_key=self._region_key, clock=lambda: at)


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
