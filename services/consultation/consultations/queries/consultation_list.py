"""Who asked the team for what? The newest first."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, select, true

from services.consultation.consultations.database.consultations import no_such_consultation
from services.consultation.consultations.domain.consultation import NAMED, NAMELESS, Consultation
from services.consultation.database.tables import consultation, evaluation, family, organisation, referral, task
from shared.contracts.vocabulary import Code
from shared.database.mapping import read_row
from shared.staff.listing import Listing, found_by
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork


class ConsultationChip(Code):
    CONCERN = "concern", "Safeguarding"
    FOLLOW_UP = "follow_up", "To do"
    NAMED = "named", "Named"
    NAMELESS = "nameless", "No names"
    OTHER = "other", "Groups and themes"
    REFERRED = "referred", "Referred"
    MINE = "mine", "Mine"
    WITHDRAWN = "withdrawn", "Withdrawn"


@dataclass(frozen=True)
class ConsultationFilter:
    chip: ConsultationChip | None = None


@dataclass(frozen=True)
class ConsultationLine:
    """One consultation, with what a page shows beside it."""

    one: Consultation
    organisation: str
    consultant_name: str | None
    reference: str
    """Of the family, where one is named; empty otherwise."""
    family_id: UUID | None
    """Whose record it is today, after merges."""
    referral_id: UUID | None
    """That it led to, once it is taken in."""
    referral_reference: str
    concern_id: UUID | None
    """The open task about a child who could come to harm."""
    was_asked: bool
    """Whoever asked was asked whether it helped."""
    useful: int | None
    """From 0 to 10, as they say."""
    is_late: bool
    """What comes next was due before today."""

    @property
    def referral_words(self) -> str:
        """Its reference once it is taken in, "sent, waiting" until then; empty where none is wanted."""
        return self.referral_reference or ("sent, waiting" if self.one.referral_wanted_at else "")


_NEWEST_FIRST = consultation.c.held_on.desc(), consultation.c.id.desc()


def consultation_list(work: UnitOfWork, chosen: ConsultationFilter) -> Listing[ConsultationLine]:
    query = _lines().where(_chip(work, chosen.chip)).order_by(*_NEWEST_FIRST)
    return found_by(query, lambda row: _line(row, work.today))


async def consultations_where(work: UnitOfWork, fits: ColumnElement[bool], *, most: int) -> list[ConsultationLine]:
    """The newest of those that fit."""
    rows = await work.session.execute(_lines().where(fits).order_by(*_NEWEST_FIRST).limit(most))
    return [_line(row, work.today) for row in rows]


async def one_consultation(work: UnitOfWork, consultation_id: UUID) -> ConsultationLine:
    """Raises NotFound when the team has no such consultation."""
    row = (await work.session.execute(_lines().where(consultation.c.id == consultation_id))).one_or_none()
    if row is None:
        raise no_such_consultation()
    return _line(row, work.today)


async def consultation_counts(work: UnitOfWork) -> dict[Code | None, int]:
    """How many each chip shows, by one statement."""
    chips = (None, *ConsultationChip)
    counted = [func.count().filter(_chip(work, chip)).label(chip.value if chip else "all") for chip in chips]
    row = (await work.session.execute(select(*counted).select_from(_joined()))).one()
    return {chip: getattr(row, chip.value if chip else "all") for chip in chips}


def _joined() -> FromClause:
    is_open = and_(task.c.subject_id == consultation.c.id, task.c.answered_at.is_(None))
    return consultation.outerjoin(task, is_open)


def _lines() -> Select[Any]:
    return (
        select(
            consultation,
            organisation.c.name.label("organisation"),
            colleague.c.name.label("consultant_name"),
            task.c.id.label("concern_id"),
            func.coalesce(family.c.record_id, consultation.c.family_id).label("record_id"),
            family.c.reference_year,
            family.c.reference_number,
            evaluation.c.asked_at,
            evaluation.c.useful,
            referral.c.id.label("referral_id"),
            referral.c.reference_year.label("referral_year"),
            referral.c.reference_number.label("referral_number"),
        )
        .select_from(_joined())
        .join(organisation, organisation.c.id == consultation.c.organisation_id)
        .outerjoin(colleague, colleague.c.id == consultation.c.consultant_id)
        .outerjoin(family, family.c.id == consultation.c.family_id)
        .outerjoin(evaluation, evaluation.c.consultation_id == consultation.c.id)
        .outerjoin(referral, referral.c.consultation_id == consultation.c.id)
    )


def _chip(work: UnitOfWork, chip: ConsultationChip | None) -> ColumnElement[bool]:
    """What was withdrawn is counted nowhere else."""
    kind, stands = consultation.c.kind, consultation.c.withdrawn_why == ""
    conditions: dict[ConsultationChip | None, ColumnElement[bool]] = {
        None: true(),
        ConsultationChip.CONCERN: task.c.id.is_not(None),
        ConsultationChip.FOLLOW_UP: consultation.c.follow_up_on.is_not(None),
        ConsultationChip.NAMED: kind.in_(sorted(NAMED)),
        ConsultationChip.NAMELESS: kind.in_(sorted(NAMELESS)),
        ConsultationChip.OTHER: kind.not_in(sorted(NAMED | NAMELESS)),
        ConsultationChip.REFERRED: consultation.c.referral_wanted_at.is_not(None),
        ConsultationChip.MINE: consultation.c.consultant_id == work.actor.id,
    }
    return ~stands if chip is ConsultationChip.WITHDRAWN else and_(stands, conditions[chip])


def _line(row: Any, today: date) -> ConsultationLine:
    one = read_row(Consultation, row)
    return ConsultationLine(
        one,
        row.organisation,
        row.consultant_name,
        _reference(row.reference_year, row.reference_number),
        row.record_id,
        row.referral_id,
        _reference(row.referral_year, row.referral_number),
        row.concern_id,
        row.asked_at is not None,
        row.useful,
        is_late=one.talk.follow_up_on is not None and one.talk.follow_up_on < today,
    )


def _reference(year: int | None, number: int | None) -> str:
    return f"{year}-{number:06d}" if number else ""
