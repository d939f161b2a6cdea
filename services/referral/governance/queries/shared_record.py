"""The parts of a record that another system may read: one kind at a time, by id or for one person.

A baby who is not born is nobody's patient, and what is about them alone is not given. Work with a family is on the
record of the baby and, before birth, on that of the carer who is named first. Restricted records are never given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, case, cast, column, exists, func, or_, select, true
from sqlalchemy.dialects.postgresql import JSONB

from services.referral.database.clinical_tables import goal, plan
from services.referral.database.contact_tables import contact
from services.referral.database.family_tables import dyad, family_member, person
from services.referral.database.measure_tables import measure_administration
from services.referral.database.tables import episode, referral
from services.referral.people.domain.family import MemberKind
from services.referral.staff.database.record_access import is_restricted
from services.referral.staff.domain.restricted_record import RestrictedRecord
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork

Row = Mapping[str, Any]
_Query = Select[*tuple[Any, ...]]


class SharedKind(StrEnum):
    """What can be read, by its name in FHIR."""

    PATIENT = "Patient"
    RELATED_PERSON = "RelatedPerson"
    SERVICE_REQUEST = "ServiceRequest"
    EPISODE = "EpisodeOfCare"
    ENCOUNTER = "Encounter"
    GOAL = "Goal"
    CARE_PLAN = "CarePlan"
    ANSWERS = "QuestionnaireResponse"
    SCORE = "Observation"


@dataclass(frozen=True)
class SharedPage:
    """One page of what fits a search."""

    rows: Sequence[Row]
    total: int


@dataclass(frozen=True)
class Searched:
    """What is asked for; each part that is given must fit."""

    patient_id: UUID | None = None
    nhs_number: str | None = None
    reference: str | None = None
    count: int = 25
    offset: int = 0


async def read_shared(work: UnitOfWork, kind: SharedKind, resource_id: str) -> Row:
    """One of its kind; the actor is the client that reads.

    Raises:
        NotFound: this team has none, or it is about a baby who is not born.
        RestrictedRecord: the family's record is restricted.
    """
    given = _query(kind).subquery()
    found = await work.session.execute(
        select(given, is_restricted(given.c.family_id).label("hidden")).where(cast(given.c.id, String) == resource_id)
    )
    rows = found.mappings().all()
    if not rows:
        raise NotFound("resource_not_found", "This team has no such resource.")
    restricted = next((row for row in rows if row["hidden"]), None)
    if restricted is not None:
        raise RestrictedRecord(restricted["family_id"], work.actor.id)
    work.record("fhir.read", rows[0]["family_id"])
    return _row(rows[0])


async def search_shared(work: UnitOfWork, kind: SharedKind, searched: Searched) -> SharedPage:
    """Those that fit, in a stable order; restricted records are passed over in silence."""
    given = _query(kind).subquery()
    hidden = exists().where(family_member.c.person_id == given.c.patient_id, is_restricted(family_member.c.family_id))
    query = (
        select(given, func.count().over().label("total"))
        .where(~is_restricted(given.c.family_id), ~hidden, *_conditions(given.c, searched))
        .order_by(given.c.id)
        .limit(searched.count)
        .offset(searched.offset)
    )
    rows = (await work.session.execute(query)).mappings().all()
    work.record("fhir.search", searched.patient_id)
    return SharedPage([_row(row) for row in rows], rows[0]["total"] if rows else 0)


def _conditions(columns: Any, searched: Searched) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if searched.patient_id:
        conditions.append(columns.patient_id == searched.patient_id)
    if searched.nhs_number:
        conditions.append(columns.nhs_number == searched.nhs_number)
    if searched.reference:
        conditions.append(columns.reference == searched.reference)
    return conditions


def _row(row: Mapping[Any, Any]) -> Row:
    return {str(name): value for name, value in row.items()}


def _query(kind: SharedKind) -> _Query:
    return {
        SharedKind.PATIENT: _patients,
        SharedKind.RELATED_PERSON: _carers,
        SharedKind.SERVICE_REQUEST: _requests,
        SharedKind.EPISODE: _episodes,
        SharedKind.ENCOUNTER: _contacts,
        SharedKind.GOAL: _goals,
        SharedKind.CARE_PLAN: _plans,
        SharedKind.ANSWERS: _answers,
        SharedKind.SCORE: _scores,
    }[kind]()


_IS_SHOWN = or_(person.c.born_on.is_not(None), family_member.c.kind.in_([MemberKind.CARER, MemberKind.OTHER]))
"""A baby or sibling without a birth date was not born."""


def _subject() -> Any:
    """The person on whose record a row of `episode` is."""
    return (
        select(person.c.id)
        .join(family_member, family_member.c.person_id == person.c.id)
        .where(
            family_member.c.family_id == episode.c.family_id,
            _IS_SHOWN,
            family_member.c.kind.in_([MemberKind.BABY, MemberKind.CARER]),
        )
        .order_by(case((family_member.c.kind == MemberKind.BABY, 0), else_=1), family_member.c.number)
        .limit(1)
        .correlate(episode)
        .scalar_subquery()
        .label("patient_id")
    )


def _patients() -> _Query:
    as_carer = select(func.array_agg(cast(dyad.c.id, String))).where(
        dyad.c.carer_id == person.c.id, dyad.c.family_id == family_member.c.family_id, _born(dyad.c.baby_id)
    )
    return (
        select(
            person,
            person.c.id.label("patient_id"),
            family_member.c.family_id,
            family_member.c.kind,
            as_carer.correlate(person, family_member).scalar_subquery().label("as_carer"),
        )
        .join(family_member, family_member.c.person_id == person.c.id)
        .where(_IS_SHOWN, family_member.c.until_on.is_(None))
    )


def _carers() -> _Query:
    return (
        select(
            dyad.c.id,
            dyad.c.family_id,
            dyad.c.baby_id.label("patient_id"),
            dyad.c.relationship,
            person.c.name,
            person.c.born_on,
            person.c.contact_unsafe,
            person.c.phone,
            person.c.email,
        )
        .join(person, person.c.id == dyad.c.carer_id)
        .where(_born(dyad.c.baby_id))
    )


def _born(person_id: ColumnElement[Any]) -> ColumnElement[bool]:
    baby = person.alias("baby")
    return exists().where(baby.c.id == person_id, baby.c.born_on.is_not(None))


def _requests() -> _Query:
    columns = (referral.c.reference, referral.c.received_at, referral.c.urgency, referral.c.reasons, referral.c.outcome)
    return select(
        referral.c.id, *columns, episode.c.family_id, episode.c.ended_on, _subject(), episode.c.id.label("episode_id")
    ).join_from(episode, referral, referral.c.id == episode.c.referral_id)


def _episodes() -> _Query:
    return select(
        episode.c.id,
        episode.c.family_id,
        episode.c.referral_id,
        episode.c.opened_on,
        episode.c.ended_on,
        episode.c.first_contact_on,
        _subject(),
    )


def _contacts() -> _Query:
    columns = (contact.c.held_on, contact.c.starts_at, contact.c.attendance, contact.c.mode, contact.c.minutes)
    return select(contact.c.id, contact.c.family_id, contact.c.episode_id, *columns, _subject()).join_from(
        contact, episode, episode.c.id == contact.c.episode_id
    )


def _goals() -> _Query:
    return select(
        goal.c.id,
        episode.c.family_id,
        goal.c.person_id.label("patient_id"),
        goal.c.words,
        goal.c.set_on,
        goal.c.closed_on,
    ).join_from(goal, episode, episode.c.id == goal.c.episode_id)


def _plans() -> _Query:
    later = plan.alias("later")
    newest = select(func.max(later.c.number)).where(later.c.episode_id == plan.c.episode_id).correlate(plan)
    goals = select(func.array_agg(cast(goal.c.id, String))).where(goal.c.episode_id == episode.c.id).correlate(episode)
    return (
        select(
            episode.c.id,
            episode.c.family_id,
            episode.c.ended_on,
            plan.c.agreed_on,
            goals.scalar_subquery().label("goals"),
            _subject(),
        )
        .join_from(plan, episode, episode.c.id == plan.c.episode_id)
        .where(plan.c.number == newest.scalar_subquery())
    )


def _given(*columns: ColumnElement[Any]) -> _Query:
    given = measure_administration
    newer = given.alias("newer")
    return select(
        given.c.family_id, given.c.person_id.label("patient_id"), given.c.code, given.c.answered_on, *columns
    ).where(~given.c.withdrawn, ~exists().where(newer.c.supersedes == given.c.id))


def _answers() -> _Query:
    return _given(measure_administration.c.id, measure_administration.c.answers)


def _scores() -> _Query:
    given = measure_administration
    scales = (
        func.jsonb_array_elements(given.c.scales).table_valued(column("value", JSONB), name="scales").render_derived()
    )
    scale = scales.c.value["scale"].astext
    return (
        _given(
            (cast(given.c.id, String) + "." + func.replace(scale, "_", "-")).label("id"),
            given.c.id.label("answers_id"),
            scale.label("scale"),
            scales.c.value["value"].astext.label("value"),
        )
        .join_from(given, scales, true())
        .where(scales.c.value["value"].astext.is_not(None))
    )
