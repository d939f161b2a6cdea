"""Who of the team is behind with supervision? Those furthest behind first; nobody is judged by a month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from services.consultation.supervision.database.rules import supervision_rules
from services.consultation.supervision.domain.supervision_access import leads
from services.consultation.supervision.domain.supervision_agreement import Terms
from services.consultation.supervision.domain.supervision_balance import NOTHING, Balance, Fall, next_fall
from services.consultation.supervision.domain.supervision_rules import SupervisionRules
from services.consultation.supervision.domain.supervision_session import SupervisionSession
from services.consultation.supervision.queries.supervision_records import SupervisionRecord, supervision_records
from shared.contracts.vocabulary import Code
from shared.unit_of_work import UnitOfWork


class TeamChip(Code):
    BEHIND = "behind", "Behind"
    NOTHING_BOOKED = "nothing_booked", "Nothing booked"
    MANAGER = "manager", "Supervisor is manager"
    ON_LEAVE = "on_leave", "On leave"
    MINE = "mine", "I supervise"


class TeamOrder(Code):
    BALANCE = "balance", "Furthest behind first"
    NAME = "name", "By name"
    NEEDED = "needed", "Who needs an hour first"


@dataclass(frozen=True)
class TeamSupervisionFilter:
    chip: TeamChip | None = None
    order: TeamOrder = TeamOrder.BALANCE


@dataclass(frozen=True)
class TeamSupervisionLine:
    """Minutes, kinds and days of one colleague."""

    supervisee_id: UUID
    name: str
    terms: Terms
    year: int | None
    """Of experience with babies under two, while it is one of the first three; None after."""
    balance: Balance
    leave_since: date | None
    """They are on long leave."""
    next: SupervisionSession | None
    """What is booked."""
    fall: Fall | None
    is_mine: bool
    """The reader supervises them."""

    @property
    def is_on_leave(self) -> bool:
        return self.leave_since is not None

    @property
    def needed_by(self) -> date | None:
        return self.fall.by if self.fall else None

    def is_in(self, chip: TeamChip | None) -> bool:
        return {
            None: True,
            TeamChip.BEHIND: self.balance.is_behind,
            TeamChip.NOTHING_BOOKED: self.next is None and self.balance.owed > 0 and not self.is_on_leave,
            TeamChip.MANAGER: self.terms.is_managed_by_supervisor,
            TeamChip.ON_LEAVE: self.is_on_leave,
            TeamChip.MINE: self.is_mine,
        }[chip]


@dataclass(frozen=True)
class TeamSupervision:
    """The people whom a reader may see."""

    lines: Sequence[TeamSupervisionLine]
    records: Sequence[SupervisionRecord]
    rules: SupervisionRules

    def chosen(self, chosen: TeamSupervisionFilter) -> list[TeamSupervisionLine]:
        shown = (one for one in self.lines if one.is_in(chosen.chip))
        return sorted(shown, key=partial(_place, chosen.order))

    @property
    def counts(self) -> Mapping[Code | None, int]:
        chips: list[TeamChip | None] = [None, *TeamChip]
        return {chip: sum(line.is_in(chip) for line in self.lines) for chip in chips}

    @property
    def behind(self) -> list[TeamSupervisionLine]:
        return [line for line in self.lines if line.balance.is_behind]

    @property
    def unbooked(self) -> list[TeamSupervisionLine]:
        """Of those who are behind."""
        return [line for line in self.behind if line.is_in(TeamChip.NOTHING_BOOKED)]

    @property
    def whole(self) -> Balance:
        """Of all together."""
        return sum((line.balance for line in self.lines), NOTHING)


def _place(order: TeamOrder, line: TeamSupervisionLine) -> tuple[Any, ...]:
    match order:
        case TeamOrder.BALANCE:
            return line.balance.owed == 0, line.balance.minutes, line.name, line.supervisee_id
        case TeamOrder.NAME:
            return line.name, line.supervisee_id
        case TeamOrder.NEEDED:
            return line.needed_by or date.max, line.name, line.supervisee_id


async def supervision_team(work: UnitOfWork) -> TeamSupervision:
    """All with whom something is agreed today, for the team lead; for others those whom they supervise."""
    records = [one for one in await supervision_records(work) if one.terms is not None]
    seen = [one for one in records if leads(work.actor) or _is_supervised_by(one, work.actor.id)]
    return TeamSupervision([_line(one, work.actor.id) for one in seen], seen, await supervision_rules(work))


def _is_supervised_by(record: SupervisionRecord, colleague_id: UUID) -> bool:
    return record.terms is not None and record.terms.supervisor_id == colleague_id


def _line(record: SupervisionRecord, reader_id: UUID) -> TeamSupervisionLine:
    assert record.terms is not None  # noqa: S101 - only those are listed
    ledger, leave = record.ledger(), record.whose.leave_on(record.today)
    balance = ledger.balance_on(record.today)
    return TeamSupervisionLine(
        record.supervisee_id,
        record.name,
        record.terms,
        record.whose.year_on(record.today),
        balance,
        leave.first if leave else None,
        next(iter(record.booked), None),
        next_fall(ledger, record.today),
        _is_supervised_by(record, reader_id),
    )
