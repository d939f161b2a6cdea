"""Measures as stored: what was answered and scored, and why one was not."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, Uuid, bindparam, exists, insert, literal, select
from sqlalchemy.dialects.postgresql import insert as upsert

from services.referral.database.contact_tables import contact
from services.referral.database.measure_tables import measure_administration as table
from services.referral.database.measure_tables import measure_skip
from services.referral.measures.domain.administration import Administration
from services.referral.measures.domain.measure import AlertKind, Respondent
from services.referral.measures.domain.measure_pair import Series, Taken
from services.referral.measures.domain.measure_skip import MeasureSkip
from services.referral.measures.domain.scoring import Alert, ScaleScore, Score, Unscored
from services.referral.staff.database.record_access import check_episode, check_family
from shared.contracts.pathway_codes import MeasureTimepoint
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork

_ADD = upsert(table).on_conflict_do_nothing(index_elements=["id"]).returning(table.c.id)
_newer = table.alias("newer")
_OF_A_WITHDRAWAL = ("id", "recorded_by", "recorded_at", "supersedes", "correction_reason", "withdrawn")


def is_current(row: Any = table) -> ColumnElement[bool]:
    """Whether a row stands: nothing superseded it, and it was not a mistake."""
    return ~row.c.withdrawn & ~exists().where(_newer.c.supersedes == row.c.id)


_TAKEN = (
    select(table)
    .where(
        table.c.episode_id == bindparam("taken_in", type_=Uuid()),
        table.c.id.is_distinct_from(bindparam("taken_without", type_=Uuid())),
        is_current(),
    )
    .order_by(table.c.answered_on, table.c.recorded_at)
)


@dataclass(frozen=True)
class Stored:
    """What a correction needs to know of an administration."""

    id: UUID
    family_id: UUID
    episode_id: UUID
    code: str
    respondent: Respondent
    timepoint: MeasureTimepoint
    contact_id: UUID | None
    request_id: UUID | None
    first_id: UUID
    series: Series
    is_superseded: bool
    withdrawn: bool


class Measures:
    """The measures of one team's families."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, given: Administration, by: UUID, at: datetime) -> bool:
        """Store it; says whether it was new, because a page can be sent twice."""
        entry = given.entry
        values = {
            **columns_of(given, without="entry score correction"),
            **columns_of(entry, without="definition answers"),
            "code": entry.definition.code,
            "definition_version": entry.definition.version,
            "answers": {code: answer for code, answer in entry.answers.items() if answer is not None},
            "scales": [_scale_columns(scale) for scale in given.score.scales],
            "alerts": [{"kind": alert.kind, "items": alert.items} for alert in given.score.alerts],
            "scored": bool(given.score.values),
            "recorded_by": by,
            "recorded_at": at,
            "first_id": given.first_id,
            "supersedes": given.correction.supersedes if given.correction else None,
            "correction_reason": given.correction.reason if given.correction else None,
            "withdrawn": given.correction is not None and given.correction.withdrawn,
        }
        return await self._session.scalar(_ADD, values) is not None

    async def check_contact(self, contact_id: UUID, episode_id: UUID) -> None:
        """Raises NotFound when the contact is not of this episode."""
        query = select(contact.c.id).where(contact.c.id == contact_id, contact.c.episode_id == episode_id)
        if await self._session.scalar(query) is None:
            raise NotFound("contact_not_found", "This family has no such session. Look for it among its sessions.")

    async def get_to_correct(self, administration_id: UUID) -> Stored:
        """Locked until the transaction ends.

        Raises:
            NotFound: this team has no such administration.
        """
        found = await self._session.execute(
            select(table).where(table.c.id == administration_id).with_for_update(of=table)
        )
        if (row := found.one_or_none()) is None:
            raise measure_not_found()
        await check_family(self._work, row.family_id)
        newer = await self._session.scalar(select(table.c.id).where(table.c.supersedes == administration_id))
        return read_row(Stored, row, is_superseded=newer is not None, series=series_of(row))

    async def taken(self, episode_id: UUID, *, without: UUID | None = None) -> list[Taken]:
        """What an episode's pairs are made of: the administrations that stand.

        Args:
            without: one that is about to be superseded.
        """
        await check_episode(self._work, episode_id)
        rows = await self._session.execute(_TAKEN, {"taken_in": episode_id, "taken_without": without})
        return [taken_of(row) for row in rows]

    async def withdraw(self, withdrawal_id: UUID, administration_id: UUID, reason: str, by: UUID, at: datetime) -> None:
        """Add a row that says that the other was a mistake."""
        kept = [column for column in table.c if column.name not in _OF_A_WITHDRAWAL]
        mistake = select(
            *kept,
            literal(withdrawal_id, Uuid),
            literal(by, Uuid),
            literal(at, DateTime(timezone=True)),
            literal(administration_id, Uuid),
            literal(reason),
            literal(value=True),
        ).where(table.c.id == administration_id)
        await self._session.execute(
            insert(table).from_select([*(column.name for column in kept), *_OF_A_WITHDRAWAL], mistake)
        )

    async def add_skip(self, skip: MeasureSkip, by: UUID, at: datetime, on: date) -> bool:
        """Store it; says whether it was new, because a page can be sent twice."""
        values = upsert(measure_skip).values(
            # The first event about it is published when, and only when, it was stored.
            **columns_of(skip) | {"version": skip.version + 1},
            skipped_on=on,
            recorded_by=by,
            recorded_at=at,
        )
        stored = await self._session.scalar(
            values.on_conflict_do_nothing(index_elements=["id"]).returning(measure_skip.c.id)
        )
        return stored is not None


def measure_not_found() -> NotFound:
    return NotFound("measure_not_found", "This family has no such measure. Look for it among the family's measures.")


def taken_of(row: Any) -> Taken:
    """A stored row as it is paired with others."""
    return Taken(row.id, series_of(row), row.answered_on, score_of(row).values)


def series_of(row: Any) -> Series:
    """With which others it may be compared."""
    return read_row(Series, row, version=row.definition_version)


def score_of(row: Any) -> Score:
    """The score as it was stored, under the definition of that day."""
    return Score(
        code=row.code,
        version=row.definition_version,
        variant=row.variant,
        scales=tuple(_scale_score(one) for one in row.scales),
        alerts=tuple(Alert(AlertKind(one["kind"]), tuple(one["items"])) for one in row.alerts),
        missing=(),
        unanswered_risk=(),
    )


def _scale_columns(scale: ScaleScore) -> dict[str, Any]:
    return {
        "scale": scale.scale,
        "value": None if scale.value is None else str(scale.value),
        "raw": None if scale.raw is None else str(scale.raw),
        "band": scale.band,
        "is_clinical": scale.is_clinical,
        "missing": scale.missing,
        "unscored": scale.unscored,
    }


def _scale_score(one: dict[str, Any]) -> ScaleScore:
    return ScaleScore(
        scale=one["scale"],
        value=None if one["value"] is None else Decimal(one["value"]),
        raw=None if one["raw"] is None else Decimal(one["raw"]),
        band=one["band"],
        is_clinical=one["is_clinical"],
        missing=tuple(one["missing"]),
        unscored=Unscored(one["unscored"]) if one["unscored"] else None,
    )
