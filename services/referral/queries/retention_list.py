"""Which records may be reviewed because their date has passed, and until when is one kept?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from services.referral.database.family_tables import family, family_member, person
from services.referral.database.governance_tables import destruction, record_hold
from services.referral.database.restrictions import may_see
from services.referral.database.tables import episode
from services.referral.domain.age import birthday
from services.referral.domain.family import MemberKind, shown_name
from services.referral.domain.retention import HoldReason, KeptUntil, RecordSubject, retention_of
from services.referral.queries.break_glass_list import reference_of
from services.referral.queries.page_of import ROWS_ON_A_PAGE, PageOf
from shared.unit_of_work import UnitOfWork

SHORTEST_YEARS = 10
"""No rule lets a record go earlier, so younger ones are not looked at."""


@dataclass(frozen=True)
class PersonKept:
    """How long the record of one person must be kept."""

    name: str
    rules: tuple[KeptUntil, ...]
    """The longest first."""


@dataclass(frozen=True)
class RetentionLine:
    """How long one family's record is kept: as long as that of any of its people."""

    family_id: UUID
    reference: str
    may_see: bool
    """False: the record is restricted, and this actor is not among those who may see it."""
    people: Sequence[PersonKept]
    ended_on: date | None
    """None while there is work with the family."""
    rule: KeptUntil | None
    """The one that decides; None while there is work with the family."""
    holds: Sequence[HoldReason]
    destruction_id: UUID | None
    """A destruction that was proposed, and waits for a second person."""
    proposed_by: UUID | None

    @property
    def names(self) -> str:
        return ", ".join(person.name for person in self.people)

    def may_be_reviewed(self, on: date) -> bool:
        """The date has passed and nothing holds the record."""
        return self.rule is not None and self.rule.until < on and not self.holds


async def retention_list(work: UnitOfWork, *, page: int | None = 1) -> PageOf[RetentionLine]:
    """Families whose date has passed, those that passed first at the top; held ones too, since somebody may lift it."""
    query = _query(work).where(_last_end() < birthday(work.today, -SHORTEST_YEARS))
    lines = [_line(row) for row in await work.session.execute(query)]
    over = sorted(
        (line for line in lines if line.rule and line.rule.until < work.today),
        key=lambda line: (line.rule.until if line.rule else date.max, str(line.family_id)),
    )
    start = ((page or 1) - 1) * ROWS_ON_A_PAGE
    return PageOf(over[start : start + ROWS_ON_A_PAGE] if page else over, len(over), page or 1)


async def retention_of_family(work: UnitOfWork, family_id: UUID) -> RetentionLine:
    """The family is there, and the actor may see it."""
    return _line((await work.session.execute(_query(work).where(family.c.id == family_id))).one())


def _last_end() -> ColumnElement[Any]:
    """When the last work with the family ended; null while any goes on or none ever began."""
    return (
        select(func.max(episode.c.ended_on))
        .where(episode.c.family_id == family.c.id)
        .having(func.bool_and(episode.c.ended_on.is_not(None)))
        .correlate(family)
        .scalar_subquery()
    )


def _query(work: UnitOfWork) -> Select[*tuple[Any, ...]]:
    facts = func.jsonb_build_object(
        "name",
        person.c.name,
        "kind",
        family_member.c.kind,
        "born_on",
        person.c.born_on,
        "died_on",
        person.c.died_on,
        "due_on",
        person.c.due_on,
        "birth_order",
        person.c.birth_order,
    )
    people = (
        select(func.jsonb_agg(aggregate_order_by(facts, family_member.c.number)))
        .join_from(family_member, person, person.c.id == family_member.c.person_id)
        .where(family_member.c.family_id == family.c.id)
        .correlate(family)
        .scalar_subquery()
    )
    holds = (
        select(func.array_agg(record_hold.c.reason))
        .where(record_hold.c.family_id == family.c.id, record_hold.c.lifted_at.is_(None))
        .correlate(family)
        .scalar_subquery()
    )
    proposed = (destruction.c.family_id == family.c.id) & destruction.c.refused_at.is_(None)
    return (
        select(
            family.c.id,
            reference_of(family.c.id).label("reference"),
            may_see(family.c.id, work.actor, work.now).label("may_see"),
            _last_end().label("ended_on"),
            people.label("people"),
            holds.label("holds"),
            destruction.c.id.label("destruction_id"),
            destruction.c.proposed_by,
        )
        .select_from(family)
        .outerjoin(destruction, proposed & destruction.c.destroyed_at.is_(None))
        .where(family.c.merged_into.is_(None))
    )


def _line(row: Any) -> RetentionLine:
    people: Sequence[Mapping[str, Any]] = row.people or ()
    is_maternity = any(one["due_on"] for one in people)
    kept = [_kept(one, row.ended_on, is_maternity=is_maternity) for one in people]
    rules = sorted((rule for one in kept for rule in one.rules), key=lambda rule: rule.until, reverse=True)
    return RetentionLine(
        family_id=row.id,
        reference=row.reference or "",
        may_see=row.may_see,
        people=kept,
        ended_on=row.ended_on,
        rule=rules[0] if rules else None,
        holds=[HoldReason(reason) for reason in row.holds or ()],
        destruction_id=row.destruction_id,
        proposed_by=row.proposed_by,
    )


def _kept(one: Mapping[str, Any], ended_on: date | None, *, is_maternity: bool) -> PersonKept:
    """A carer's record is a maternity record too where a pregnancy was on record: the longer rule, so the safe one."""
    born_on = _date(one["born_on"])
    subject = RecordSubject(
        ended_on, born_on, _date(one["died_on"]), is_maternity=is_maternity and one["kind"] == MemberKind.CARER
    )
    return PersonKept(shown_name(one["name"], born_on, one["birth_order"]), retention_of(subject).rules)


def _date(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None
