"""The scores of a row's episode on measures that a list draws, as one value: no statement for each row."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from services.referral.database.measure_tables import measure_administration as given
from services.referral.database.tables import episode
from services.referral.measures.database.measures import is_current, taken_of
from services.referral.measures.domain.measure_pair import Taken
from shared.database.built_once import written_out

_COLUMNS = (
    given.c.id,
    given.c.code,
    given.c.definition_version,
    given.c.variant,
    given.c.respondent,
    given.c.person_id,
    given.c.baby_id,
    given.c.answered_on,
    given.c.scales,
)


def scores_of_episode(codes: Collection[str]) -> ColumnElement[Any]:
    """Of the administrations that stand, `scores`."""
    facts = func.jsonb_build_object(*(part for column in _COLUMNS for part in (str(column.name), column)))
    stand = (given.c.episode_id == episode.c.id, given.c.code.in_(written_out(codes)), given.c.scored, is_current())
    return select(func.jsonb_agg(facts)).where(*stand).scalar_subquery().label("scores")


def taken_in(scores: Sequence[Mapping[str, Any]] | None) -> list[Taken]:
    """From the value that `scores_of_episode` gave."""
    return [taken_of(_row(one)) for one in scores or ()]


def _row(one: Mapping[str, Any]) -> Any:
    ids = {name: UUID(one[name]) if one[name] else None for name in ("id", "person_id", "baby_id")}
    return SimpleNamespace(**{**one, **ids, "alerts": (), "answered_on": date.fromisoformat(one["answered_on"])})
