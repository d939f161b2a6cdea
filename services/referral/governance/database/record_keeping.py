"""How long a family's record must be kept, from what is stored of its people and its work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from services.referral.database.family_tables import family, family_member, person
from services.referral.database.governance_tables import record_hold
from services.referral.database.tables import episode
from services.referral.governance.domain.retention import HoldReason, KeptUntil, RecordSubject, retention_of
from services.referral.people.domain.family import MemberKind, shown_name
from services.referral.staff.database.record_access import check_family
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PersonKept:
    """How long the record of one person must be kept."""

    name: str
    rules: tuple[KeptUntil, ...]
    """The longest first."""


@dataclass(frozen=True)
class KeptFamily:
    """A family's record is kept as long as that of any of its people."""

    people: Sequence[PersonKept]
    ended_on: date | None
    """None while there is work with the family."""
    rule: KeptUntil | None
    """The one that decides; None while there is work with the family."""
    holds: Sequence[HoldReason]

    @property
    def until(self) -> date | None:
        return self.rule.until if self.rule else None

    @property
    def names(self) -> str:
        return ", ".join(one.name for one in self.people)

    def may_be_reviewed(self, on: date) -> bool:
        """The date has passed and nothing holds the record."""
        return self.until is not None and self.until < on and not self.holds


async def kept_family(work: UnitOfWork, family_id: UUID) -> KeptFamily:
    """The family is there."""
    await check_family(work, family_id)
    return kept_from((await work.session.execute(select(*kept_columns()).where(family.c.id == family_id))).one())


def last_end() -> ColumnElement[Any]:
    """When the last work with a row's family ended; null while any goes on, or none ever began."""
    return (
        select(func.max(episode.c.ended_on))
        .where(episode.c.family_id == family.c.id)
        .having(func.bool_and(episode.c.ended_on.is_not(None)))
        .correlate(family)
        .scalar_subquery()
    )


def kept_columns() -> list[ColumnElement[Any]]:
    """What `kept_from` needs of a row of `family`."""
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
    return [last_end().label("ended_on"), people.label("people"), holds.label("holds")]


def kept_from(row: Any) -> KeptFamily:
    """From what `kept_columns` gave."""
    people: Sequence[Mapping[str, Any]] = row.people or ()
    is_maternity = any(one["due_on"] for one in people)
    kept = [_kept(one, row.ended_on, is_maternity=is_maternity) for one in people]
    rules = sorted((rule for one in kept for rule in one.rules), key=lambda rule: rule.until, reverse=True)
    holds = [HoldReason(reason) for reason in row.holds or ()]
    return KeptFamily(kept, row.ended_on, rules[0] if rules else None, holds)


def _kept(one: Mapping[str, Any], ended_on: date | None, *, is_maternity: bool) -> PersonKept:
    """A carer's record is a maternity record too where a pregnancy was on record: the longer rule, so the safe one."""
    born_on = _date(one["born_on"])
    subject = RecordSubject(
        ended_on, born_on, _date(one["died_on"]), is_maternity=is_maternity and one["kind"] == MemberKind.CARER
    )
    return PersonKept(shown_name(one["name"], one["birth_order"]), retention_of(subject).rules)


def _date(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None
