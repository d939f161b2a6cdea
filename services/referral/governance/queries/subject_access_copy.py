"""A copy of one person's record: every table of the family's record, with what is about others set apart."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.contact_tables import contact_person
from services.referral.governance.database.subject_accesses import SubjectAccesses
from services.referral.governance.domain.subject_access import DisclosureDecision, SubjectAccess
from services.referral.governance.queries.audited_records import ids_of_family
from services.referral.metadata import metadata
from services.referral.people.domain.disclosure import (
    EXPORTED,
    NOT_EXPORTED,
    DisclosedItem,
    TableRule,
    WithheldReason,
)
from shared.staff.tables import colleague, earlier_version
from shared.unit_of_work import UnitOfWork

FAMILY_COLUMNS = frozenset({"family_id", "person_id", "episode_id", "contact_id", "subject_id", "baby_id"})
"""A table with one of these holds a part of a family's record."""
_OTHERS = ":others"
_NAMES_AGAIN = frozenset({"name_words", "known_keys", "asked_keys", "baby_asked_keys"})
_TECHNICAL = _NAMES_AGAIN | {"version", "token_hash", "idempotency_key", "number", "definition_version"}


@dataclass(frozen=True)
class RecordCopy:
    """What goes into the copy, and what does not."""

    request: SubjectAccess
    items: Sequence[DisclosedItem]
    """In the order of `EXPORTED`."""

    @property
    def given(self) -> list[DisclosedItem]:
        return [item for item in self.items if item.reason is None]

    @property
    def left_out(self) -> list[DisclosedItem]:
        return [item for item in self.items if item.reason is not None]

    @property
    def withheld(self) -> list[tuple[str, str, int]]:
        """Kind of record, why it is left out, and how many."""
        counts = Counter((item.title, item.reason.label) for item in self.items if item.reason is not None)
        return [(title, why, number) for (title, why), number in counts.items()]


@dataclass(frozen=True)
class _About:
    """What decides on each row."""

    subject_id: UUID
    decisions: Mapping[str, DisclosureDecision]
    names: Mapping[UUID, str]
    """Of colleagues: a practitioner's name is part of the record."""
    attended: frozenset[UUID]
    """Contacts at which the subject was, or was expected."""
    peopled: frozenset[UUID]
    """Contacts of which someone wrote who was there."""


async def record_copy(work: UnitOfWork, request_id: UUID) -> RecordCopy:
    """One statement for each table. Raises NotFound when this team has no such request."""
    requests = SubjectAccesses(work)
    request = await requests.get(request_id)
    about = await _about(work.session, request, await requests.decisions(request))
    of_record = ids_of_family(request.family_id)
    items: list[DisclosedItem] = []
    given: dict[str, TableRule | None] = {}
    for name, rule in _rules().items():
        table = tables_of_record()[name]
        rows = await work.session.execute(
            select(table).where(table.c[rule.key].in_(of_record)).order_by(*table.primary_key)
        )
        for row in rows.mappings():
            new = _earlier(row, given, about) if rule.follows else _items(table, rule, row, about)
            items += new
            if new and "id" in row and new[0].reason is None:
                given[str(row["id"])] = rule
    return RecordCopy(request, items)


def tables_of_record() -> Mapping[str, Table]:
    """By name: the service's own, and that of what was corrected in them."""
    return {**metadata.tables, earlier_version.name: earlier_version}


def _rules() -> dict[str, TableRule]:
    """Those of `EXPORTED`, and a rule that leaves everything out for a table that nobody put there."""
    unsorted = {
        table.name: TableRule(table.name.replace("_", " ").capitalize(), key=key, withheld=WithheldReason.NOT_SORTED)
        for table in metadata.sorted_tables
        for key in ("episode_id", "family_id")
        if key in table.c and table.name not in EXPORTED.keys() | NOT_EXPORTED.keys()
    }
    known = {name: rule for name, rule in EXPORTED.items() if name in tables_of_record()}
    return {**unsorted, **known}


async def _about(session: AsyncSession, request: SubjectAccess, decisions: Mapping[str, DisclosureDecision]) -> _About:
    colleagues = await session.execute(select(colleague.c.id, colleague.c.name))
    there = await session.execute(
        select(contact_person).where(contact_person.c.contact_id.in_(ids_of_family(request.family_id)))
    )
    pairs = [(row.contact_id, row.person_id) for row in there]
    return _About(
        request.subject_id,
        decisions,
        {row.id: row.name for row in colleagues},
        frozenset(contact for contact, person in pairs if person == request.subject_id),
        frozenset(contact for contact, _ in pairs),
    )


def _items(table: Table, rule: TableRule, row: Mapping[Any, Any], about: _About) -> list[DisclosedItem]:
    key = ":".join([table.name, *(str(row[column.name]) for column in table.primary_key)])
    said = {name: value for name, value in row.items() if name not in _TECHNICAL}
    others = {name: value for name, value in said.items() if name in rule.other_people and value}
    own = {name: value for name, value in said.items() if name not in rule.other_people}
    found = [_item(key, rule.title, _by_rule(rule, row, about), own, about)]
    if others:
        reason = found[0].reason or rule.other_reason
        found.append(_item(key + _OTHERS, f"{rule.title}: other people", reason, others, about))
    return found


def _by_rule(rule: TableRule, row: Mapping[Any, Any], about: _About) -> WithheldReason | None:
    people = {row[column] for column in rule.person_columns if row[column]}
    is_others = bool(people) and about.subject_id not in people
    if rule.by_attendance:
        is_others = row["id"] in about.peopled - about.attended
    return WithheldReason.OTHER_PERSON if is_others else rule.withheld


def _earlier(row: Mapping[Any, Any], given: Mapping[str, TableRule | None], about: _About) -> list[DisclosedItem]:
    """An earlier version goes where its record goes, without what is about others."""
    record = str(row["record_id"])
    rule = given.get(record)
    reason = None if record in given else WithheldReason.OTHER_PERSON
    hidden = rule.other_people if rule else ()
    said = {name: value for name, value in cast("dict[str, Any]", row["content"]).items() if name not in hidden}
    title = f"Earlier version: {row['kind'].replace('_', ' ')}"
    return [_item(f"earlier_version:{record}:{row['version']}", title, reason, said, about)]


def _item(
    key: str, title: str, by_rule: WithheldReason | None, said: Mapping[str, Any], about: _About
) -> DisclosedItem:
    decision = about.decisions.get(key)
    reason = by_rule
    if decision is not None:
        reason = {DisclosureDecision.INCLUDE: None, DisclosureDecision.SERIOUS_HARM: WithheldReason.SERIOUS_HARM}.get(
            decision, WithheldReason.DECIDED
        )
    content = {
        name.replace("_", " ").capitalize(): words
        for name, value in said.items()
        if (words := _words(value, about.names))
    }
    return DisclosedItem(key, title, reason, content, is_decided=decision is not None)


def _words(value: Any, names: Mapping[UUID, str]) -> str:
    """As people read it; empty for nothing, and for an id that says nothing to them."""
    words = ""
    match value:
        case UUID():
            words = names.get(value, "")
        case bool():
            words = "Yes" if value else "No"
        case datetime():
            words = value.isoformat(timespec="minutes")
        case list():
            words = ", ".join(_words(one, names) for one in cast("list[Any]", value))
        case dict():
            words = "; ".join(f"{name}: {_words(one, names)}" for name, one in cast("dict[str, Any]", value).items())
        case _ if value is not None:
            words = str(value)
        case _:
            pass
    return words
