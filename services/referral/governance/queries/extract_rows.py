"""The canonical rows of a month for a national data set: one statement for each table, read in pieces.

A referral is on the baby's record, and before birth on that of the carer who is named first, so that no family counts
twice. A record that is restricted, and that the actor may not see, is left out.
"""

from collections.abc import AsyncGenerator, Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, case, cast, column, func, literal, null, or_, select, true
from sqlalchemy import Date as SqlDate
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.selectable import CTE

from services.referral.database.contact_tables import contact
from services.referral.database.family_tables import family, family_member, person
from services.referral.database.measure_tables import measure_administration
from services.referral.database.tables import episode, referral
from services.referral.governance.domain.extract import CanonicalRow
from services.referral.people.domain.family import MemberKind
from services.referral.staff.database.record_access import is_restricted, may_see
from shared.unit_of_work import UnitOfWork

_Query = Select[*tuple[Any, ...]]
_BATCH = 500


async def extract_rows(work: UnitOfWork, table: str, month: date, team_type: str) -> AsyncGenerator[CanonicalRow]:
    """Rows of one table.

    Args:
        table: its name in the data set.
        month: its first day.
    """
    subjects = _subjects(work, month)
    query = _QUERIES[table](subjects, month, team_type)
    rows = await work.session.stream(query.execution_options(yield_per=_BATCH))
    async for row in rows.mappings():
        yield {str(name): value for name, value in row.items()}


async def left_out(work: UnitOfWork) -> int:
    """Families that are restricted, and not shown to this actor."""
    hidden = (
        select(func.count())
        .select_from(family)
        .where(is_restricted(family.c.id), ~may_see(family.c.id, work.actor, work.now))
    )
    return await work.session.scalar(hidden) or 0


def month_end(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _subjects(work: UnitOfWork, month: date) -> CTE:
    """Each episode of the month with the person whose record it is on."""
    first = (
        select(person.c.id)
        .join(family_member, family_member.c.person_id == person.c.id)
        .where(
            family_member.c.family_id == episode.c.family_id,
            or_(
                (family_member.c.kind == MemberKind.BABY) & person.c.born_on.is_not(None),
                family_member.c.kind == MemberKind.CARER,
            ),
        )
        .order_by(case((family_member.c.kind == MemberKind.BABY, 0), else_=1), family_member.c.number)
        .limit(1)
        .correlate(episode)
        .scalar_subquery()
    )
    return (
        select(
            episode.c.id.label("episode_id"),
            episode.c.referral_id,
            episode.c.ended_on,
            episode.c.ending,
            first.label("person_id"),
        )
        .where(
            episode.c.opened_on < month_end(month),
            or_(episode.c.ended_on.is_(None), episode.c.ended_on >= month),
            may_see(episode.c.family_id, work.actor, work.now),
        )
        .cte("subject")
    )


def _people(subjects: CTE, _month: date, _team_type: str) -> _Query:
    return (
        select(
            person.c.id.label("person_id"),
            person.c.nhs_number,
            case((person.c.nhs_number.is_(None), "missing"), else_="present").label("nhs_number_status"),
            person.c.born_on,
            person.c.gender,
            person.c.ethnicity,
            person.c.postcode,
            person.c.died_on,
        )
        .where(person.c.id.in_(select(subjects.c.person_id)))
        .order_by(person.c.id)
    )


def _practices(subjects: CTE, _month: date, _team_type: str) -> _Query:
    return (
        select(person.c.id.label("person_id"), person.c.gp_practice)
        .where(person.c.id.in_(select(subjects.c.person_id)))
        .order_by(person.c.id)
    )


def _referrals(subjects: CTE, _month: date, _team_type: str) -> _Query:
    received_on = cast(func.timezone("Europe/London", referral.c.received_at), SqlDate)
    return (
        select(
            referral.c.id.label("service_request_id"),
            subjects.c.person_id,
            received_on.label("received_on"),
            referral.c.source_group,
            referral.c.urgency,
            referral.c.reasons[1].label("reason"),
            subjects.c.ended_on,
        )
        .join_from(subjects, referral, referral.c.id == subjects.c.referral_id)
        .order_by(referral.c.id)
    )


def _services(subjects: CTE, _month: date, team_type: str) -> _Query:
    return select(
        subjects.c.referral_id.label("service_request_id"),
        literal(team_type).label("team_type"),
        subjects.c.ended_on,
        subjects.c.ending,
    ).order_by(subjects.c.referral_id)


def _contacts(subjects: CTE, month: date, _team_type: str) -> _Query:
    return (
        select(
            contact.c.id.label("contact_id"),
            subjects.c.referral_id.label("service_request_id"),
            contact.c.held_on,
            contact.c.minutes,
            contact.c.mode,
            contact.c.attendance,
            contact.c.venue,
        )
        .join_from(contact, subjects, subjects.c.episode_id == contact.c.episode_id)
        .where(*_held(month))
        .order_by(contact.c.held_on, contact.c.id)
    )


def _activities(subjects: CTE, month: date, _team_type: str) -> _Query:
    elements = func.unnest(contact.c.elements).table_valued(column("value", Text), name="elements").render_derived()
    element = elements.c.value
    return (
        select(
            (func.concat(contact.c.id, "-", element)).label("activity_id"),
            contact.c.id.label("contact_id"),
            element.label("activity"),
        )
        .select_from(contact.join(subjects, subjects.c.episode_id == contact.c.episode_id))
        .join(elements, true())
        .where(*_held(month), contact.c.attendance == "attended")
        .order_by(contact.c.held_on, contact.c.id)
    )


def _scores(subjects: CTE, month: date, *, in_contact: bool) -> _Query:
    given = measure_administration
    newer = given.alias("newer")
    scales = (
        func.jsonb_array_elements(given.c.scales).table_valued(column("value", JSONB), name="scales").render_derived()
    )
    scale = scales.c.value
    return (
        select(
            (given.c.contact_id if in_contact else null()).label("contact_id"),
            subjects.c.referral_id.label("service_request_id"),
            func.concat(given.c.code, ".", scale["scale"].astext).label("scale"),
            scale["value"].astext.label("score"),
            given.c.answered_on,
        )
        .select_from(given.join(subjects, subjects.c.episode_id == given.c.episode_id))
        .join(scales, true())
        .where(
            given.c.answered_on >= month,
            given.c.answered_on < month_end(month),
            ~given.c.withdrawn,
            scale["value"].astext.is_not(None),
            given.c.contact_id.is_not(None) if in_contact else given.c.contact_id.is_(None),
            ~select(newer.c.id).where(newer.c.supersedes == given.c.id).exists(),
        )
        .order_by(given.c.answered_on, given.c.id, scale["scale"].astext)
    )


def _referral_scores(subjects: CTE, month: date, _team_type: str) -> _Query:
    return _scores(subjects, month, in_contact=False)


def _contact_scores(subjects: CTE, month: date, _team_type: str) -> _Query:
    return _scores(subjects, month, in_contact=True)


def _held(month: date) -> list[ColumnElement[bool]]:
    return [contact.c.held_on >= month, contact.c.held_on < month_end(month), contact.c.attendance.is_not(None)]


_QUERIES: Mapping[str, Callable[[CTE, date, str], _Query]] = {
    "MHS001MPI": _people,
    "MHS002GP": _practices,
    "MHS101Referral": _referrals,
    "MHS102": _services,
    "MHS201CareContact": _contacts,
    "MHS202CareActivity": _activities,
    "MHS606CodedScoreAssessmentRefer": _referral_scores,
    "MHS607CodedScoreAssessmentAct": _contact_scores,
}
