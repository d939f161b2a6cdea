"""A statement is built when it is first asked for; what differs each time is a parameter of it.

    @built_once
    def _families(order: Order) -> Select[Any]:
        return select(…).where(episode.c.lead_id == READER).order_by(…)

    await session.execute(_families(chosen.order), known(actor.id, now))

To build the statement of a long list takes longer than to run it, and SQLAlchemy reckons anew what it is called in the
cache of compiled statements: both are as long as the statement, and neither depends on who asks.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Date, DateTime, Uuid, bindparam, literal_column

from shared.kernel.clock import london_date

Given = ParamSpec("Given")
Built = TypeVar("Built")

SHAPES_KEPT = 64
"""Of one statement: for each filter that was chosen lately, and page of a long list."""

READER: BindParameter[UUID] = bindparam("reader", type_=Uuid())
"""Who reads."""
NOW: BindParameter[datetime] = bindparam("now", type_=DateTime(timezone=True))
TODAY: BindParameter[date] = bindparam("today", type_=Date())
"""In Europe/London."""


def built_once(build: Callable[Given, Built]) -> Callable[Given, Built]:
    """For a function whose result depends on its arguments only, all of which have a hash."""
    return cast("Callable[Given, Built]", lru_cache(maxsize=SHAPES_KEPT)(build))


def known(reader_id: UUID, now: datetime) -> dict[str, Any]:
    """The values of the parameters.

    Args:
        now: UTC.
    """
    return {READER.key: reader_id, NOW.key: now, TODAY.key: london_date(now)}


def written_out(codes: Iterable[str]) -> list[ColumnElement[str]]:
    """For `in_`: the codes stand in the statement itself; with a list of values it is made anew each time it is run.

    Raises:
        ValueError: one of them is no code, but text that someone may have typed.
    """
    ordered = sorted(codes)
    if not all(code.isidentifier() for code in ordered):
        raise ValueError("only codes can be written out")
    return [literal_column(f"'{code}'") for code in ordered]
