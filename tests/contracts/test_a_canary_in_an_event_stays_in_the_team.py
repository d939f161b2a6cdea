"""Whatever an event carries, the region's part of it has no id, no day, no number and no code that it may not have.

Every event of every team is filled by its own schema: with an id that spells, a day in the middle of a month, numbers
that are seen again, and each code of its lists in turn.
"""

import json
import types
import typing
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, cast, get_args, get_origin
from uuid import UUID

import annotated_types
import pytest
from pydantic.fields import FieldInfo

from shared.contracts.catalogue import CATALOGUE
from shared.contracts.event import Event, Payload
from shared.contracts.pathway_codes import EpisodeEnding
from shared.contracts.vocabulary import DeclineReason

CANARY_ID = UUID("cafe9990-0000-5000-9eed-beef99900000")
CANARY_DAY = date(2026, 3, 17)
CANARY_MINUTES = 37
SECRETS = {
    DeclineReason.CONSENT_NOT_GIVEN,
    EpisodeEnding.BABY_DIED,
    EpisodeEnding.CARER_DIED,
    EpisodeEnding.REMOVED_FROM_CARE,
}
TOLD = [
    one
    for one in CATALOGUE.classes
    if issubclass(one, Event) and one.for_region.__annotations__.get("return") not in ("None", None)
]


def test_the_walk_has_all_events_of_which_the_region_is_told_something() -> None:
    assert len(TOLD) >= 35


@pytest.mark.parametrize("event", TOLD, ids=lambda event: event.type)
def test_nothing_that_is_planted_in_an_event_is_in_what_the_region_gets(event: type[Event]) -> None:
    told = [body for filled in _filled(event) if (body := filled.for_region()) is not None]

    assert told, "the region is told of it"
    for body in told:
        text = body.model_dump_json()
        assert str(CANARY_ID) not in text
        assert CANARY_ID.hex not in text
        assert "-17" not in text
        leaves = list(_leaves(json.loads(text)))
        assert not {secret.value for secret in SECRETS} & {value for _, value in leaves}
        assert ("minutes", CANARY_MINUTES) not in leaves


def _filled(event: type[Event]) -> Iterator[Event]:
    """With the first code of each of its lists, then with the second, until each code was there."""
    longest = max((len(kind) for field in event.model_fields.values() for kind in _lists(field.annotation)), default=1)
    for turn in range(max(longest, 2)):
        yield event.model_validate(
            {name: _value(name, field.annotation, field, turn) for name, field in event.model_fields.items()}
        )


def _lists(annotation: Any) -> Iterator[type[StrEnum]]:
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        yield annotation
    for one in get_args(annotation):
        yield from _lists(one)


def _value(name: str, annotation: Any, field: FieldInfo | None, turn: int) -> Any:  # noqa: PLR0911 - one for each kind
    origin = get_origin(annotation)
    if origin in (typing.Union, types.UnionType):
        return _value(name, next(one for one in get_args(annotation) if one is not type(None)), field, turn)
    if origin is typing.Annotated:
        return _value(name, get_args(annotation)[0], _with(get_args(annotation)[1:]), turn)
    if origin is tuple:
        return (_value(name, get_args(annotation)[0], field, turn),)
    if issubclass(annotation, StrEnum):
        return list(annotation)[turn % len(annotation)]
    if issubclass(annotation, Payload):
        fields = annotation.model_fields.items()
        return {part: _value(part, one.annotation, one, turn) for part, one in fields}
    if annotation is date:
        return CANARY_DAY.replace(day=1 if name == "month" else 17, month=2 if name.startswith("from_") else 3)
    if annotation is str:
        return None if name == "delivered_by" else "chester"
    return {UUID: CANARY_ID, bool: bool(turn % 2)}.get(annotation, _number(name, field))


def _with(metadata: tuple[Any, ...]) -> FieldInfo:
    return next((one for one in metadata if isinstance(one, FieldInfo)), FieldInfo(annotation=int))


def _number(name: str, field: FieldInfo | None) -> int | Decimal:
    most = (
        next((int(str(one.le)) for one in field.metadata if isinstance(one, annotated_types.Le)), 100) if field else 9
    )
    return CANARY_MINUTES if name == "minutes" else most


def _leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Each value in a body, by the name of its field."""
    if isinstance(value, dict):
        for part, one in cast("dict[str, Any]", value).items():
            yield from _leaves(one, part)
    elif isinstance(value, list):
        for one in cast("list[Any]", value):
            yield from _leaves(one, name)
    else:
        yield name, value
