"""Reads from a family's record what a letter may say: no safety flag, no risk note, not the referral's story."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.clinical_tables import (
    assessment,
    discharge,
    formulation,
    goal,
    goal_rating,
    review,
    strand,
)
from services.referral.database.contact_tables import contact, contact_person
from services.referral.database.intake_tables import promise
from services.referral.database.tables import episode
from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.referral import Referral
from services.referral.letters.domain.letter_facts import Appointment
from services.referral.letters.domain.letter_source import (
    KnownEnding,
    KnownGoal,
    KnownStrand,
    KnownWork,
    called,
    place_words,
)
from services.referral.people.domain.family import Family
from services.referral.people.domain.people import Caregiver
from services.referral.people.domain.subject import Baby
from shared.contracts.intervention import Intervention
from shared.contracts.pathway_codes import Attendance, ContactMode, EpisodeEnding, PromiseKind, Venue
from shared.contracts.vocabulary import Role
from shared.kernel.clock import london_date
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork

_SIGNING = (Role.TEAM_LEAD, Role.PRACTITIONER, Role.TEAM_ADMINISTRATOR)
_PARTS = ("presenting", "predisposing", "precipitating", "perpetuating", "protective")


async def known_of(work: UnitOfWork, referral_id: UUID, family: Family | None) -> KnownWork:
    """What is on record about a referral and, when the team works with the family, about the work.

    Raises:
        NotFound: this team has no such referral.
    """
    referral = await Referrals(work).get(referral_id)
    people = _of_family(family) if family else _of_referral(referral)
    told: dict[str, Any] = {
        "received_on": _received_on(referral),
        "promised_on": await _promised_on(work.session, referral_id),
        "decision": referral.decision,
        **people,
    }
    if family is None or (row := await _episode(work.session, referral_id, family.id)) is None:
        return KnownWork(**told)
    return KnownWork(
        **told,
        contacts_attended=row.contacts_attended,
        appointment=await _appointment(work, row.id),
        strands=await _strands(work.session, row.id),
        goals=await _goals(work.session, row.id),
        shared_formulation=await _formulation(work.session, row.id),
        infant_voice=await _infant_voice(work.session, row.id),
        ending=await _ending(work.session, row.id),
    )


async def signatory_of(work: UnitOfWork, referral_id: UUID) -> tuple[str | None, str | None]:
    """Name and role of whoever signs: who leads the work that came of the referral, or else who writes."""
    lead = select(episode.c.lead_id).where(episode.c.referral_id == referral_id).limit(1).scalar_subquery()
    row = (
        await work.session.execute(
            select(colleague.c.name, colleague.c.roles).where(colleague.c.id == func.coalesce(lead, work.actor.id))
        )
    ).one_or_none()
    if row is None:
        return None, None
    role = next((role.label for role in _SIGNING if role in row.roles), None)
    return row.name, role


async def _promised_on(session: AsyncSession, referral_id: UUID) -> date | None:
    """The day by which the family was told that they would hear from the team, while they have not."""
    heard = (promise.c.about == referral_id, promise.c.kind == PromiseKind.HEARD_BY, promise.c.answered_at.is_(None))
    due_at = await session.scalar(select(promise.c.due_at).where(*heard).limit(1))
    return london_date(due_at) if due_at else None


def _received_on(referral: Referral) -> Any:
    earlier = referral.request.earlier
    return earlier.received_on if earlier else london_date(referral.received_at)


def _of_family(family: Family) -> dict[str, Any]:
    babies = [baby for baby in family.babies if not baby.is_lost]
    primary = next((one.carer_id for one in family.dyads if one.is_primary), None)
    one = babies[0] if len(babies) == 1 else None
    carers = [carer.name for carer in family.carers if carer.name]
    return {
        "baby_name": " and ".join(baby.name for baby in babies if baby.name) or None,
        "called": " and ".join(called(baby.name, carers) for baby in babies if baby.name) or None,
        "born_on": one.born_on if one else None,
        "nhs_number": one.nhs_number if one else None,
        "carer_name": family.member(primary).person.name if primary else None,
    }


def _of_referral(referral: Referral) -> dict[str, Any]:
    asked = referral.request
    carer: Caregiver = asked.caregiver
    born = isinstance(asked.subject, Baby)
    return {
        "baby_name": asked.subject.name if isinstance(asked.subject, Baby) else None,
        "called": called(asked.subject.name, [carer.name]) if isinstance(asked.subject, Baby) else None,
        "born_on": asked.subject.born_on if isinstance(asked.subject, Baby) else None,
        "nhs_number": asked.nhs_number if born else None,
        "carer_name": carer.name,
    }


async def _episode(session: AsyncSession, referral_id: UUID, family_id: UUID) -> Any:
    """The referral's own; for a referral that joined a family, the newest."""
    return (
        await session.execute(
            select(episode.c.id, episode.c.contacts_attended)
            .where(episode.c.family_id == family_id)
            .order_by((episode.c.referral_id == referral_id).desc(), episode.c.opened_on.desc(), episode.c.id.desc())
            .limit(1)
        )
    ).one_or_none()


async def _appointment(work: UnitOfWork, episode_id: UUID) -> Appointment | None:
    row = (
        await work.session.execute(
            select(
                contact.c.starts_at,
                contact.c.venue,
                contact.c.mode,
                colleague.c.name,
                select(func.array_agg(contact_person.c.person_id))
                .where(contact_person.c.contact_id == contact.c.id)
                .scalar_subquery()
                .label("invited"),
            )
            .join(colleague, colleague.c.id == contact.c.practitioner_id)
            .where(contact.c.episode_id == episode_id, contact.c.attendance.is_(None), contact.c.starts_at > work.now)
            .order_by(contact.c.starts_at)
            .limit(1)
        )
    ).one_or_none()
    if row is None:
        return None
    place = place_words(Venue(row.venue), ContactMode(row.mode))
    return Appointment(row.starts_at, place, row.name, frozenset(row.invited or ()))


async def _strands(session: AsyncSession, episode_id: UUID) -> Sequence[KnownStrand]:
    attended = func.count(contact.c.id)
    rows = await session.execute(
        select(strand.c.intervention, strand.c.planned_sessions, attended.label("attended"))
        .outerjoin(contact, and_(contact.c.strand_id == strand.c.id, contact.c.attendance == Attendance.ATTENDED))
        .where(strand.c.episode_id == episode_id)
        .group_by(strand.c.id)
        .order_by(strand.c.plan_number, strand.c.id)
    )
    return [KnownStrand(Intervention(row.intervention), row.attended, row.planned_sessions) for row in rows]


async def _goals(session: AsyncSession, episode_id: UUID) -> Sequence[KnownGoal]:
    def rating(order: Any) -> Any:
        rated = select(goal_rating.c.rating).where(goal_rating.c.goal_id == goal.c.id).order_by(order).limit(1)
        return rated.scalar_subquery()

    number = goal_rating.c.number
    rows = await session.execute(
        select(goal.c.words, rating(number).label("first"), rating(number.desc()).label("last"))
        .where(goal.c.episode_id == episode_id)
        .order_by(goal.c.set_on, goal.c.id)
    )
    return [KnownGoal(row.words, row.first, row.last) for row in rows]


async def _formulation(session: AsyncSession, episode_id: UUID) -> Sequence[str]:
    """The newest that the family has seen."""
    row = (
        await session.execute(
            select(formulation)
            .where(formulation.c.episode_id == episode_id, formulation.c.is_shared)
            .order_by(formulation.c.number.desc())
            .limit(1)
        )
    ).one_or_none()
    return [] if row is None else [getattr(row, part) for part in _PARTS]


async def _infant_voice(session: AsyncSession, episode_id: UUID) -> str:
    said = union_all(
        *(
            select(table.c.infant_voice, table.c.recorded_at).where(
                table.c.episode_id == episode_id, table.c.infant_voice != ""
            )
            for table in (assessment, formulation, review, contact)
        )
    ).subquery()
    newest = select(said.c.infant_voice).order_by(said.c.recorded_at.desc()).limit(1)
    return await session.scalar(newest) or ""


async def _ending(session: AsyncSession, episode_id: UUID) -> KnownEnding | None:
    row = (
        await session.execute(
            select(discharge).where(discharge.c.episode_id == episode_id, discharge.c.undone_on.is_(None))
        )
    ).one_or_none()
    if row is None:
        return None
    return KnownEnding(EpisodeEnding(row.ending), row.what_changed, row.onward, row.infant_voice)
