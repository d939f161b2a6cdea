"""What an event is, and why it cannot carry a person.

An event's fields are opaque ids, codes from closed lists, dates, yes or no, whole numbers and decimals within bounds,
and other payloads of the same kind. There is no type for free text, so no name, address, telephone number or note fits;
numbers are too small for a telephone or an NHS number; and a field may not be called what only a person has. The rule
is kept when the class is defined (`tests/contracts/test_an_event_cannot_carry_a_person.py`).
"""

import re
import types
import typing
from abc import abstractmethod
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal, Union
from uuid import UUID

import annotated_types
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from shared.contracts.slug import Slug

LARGEST_NUMBER = 1_000_000
"""A telephone number and an NHS number have ten digits or more; a count in one team has fewer than seven."""

PERSONAL_WORDS = frozenset({"born", "birth", "dob", "due", "edd", "address", "house", "postcode", "phone", "nhs"})
"""A date could be a birth date and a number part of an address: neither may be called what only a person has."""


class CarriesAPerson(TypeError):
    """An event class has a field that could hold a person's data. Raised where the class is defined."""


class SaysNothingOfTheRegion(TypeError):
    """An event class leaves open what the region may know of it. Raised where the class is defined."""


class Payload(BaseModel):
    """A value inside an event: frozen, with the fields that it declares and no other.

    Its validator is built when it is first used: a process meets few of all that there are.
    """

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        for name, field in cls.model_fields.items():
            for part in _parts(field.annotation, field.metadata):
                if not _is_impersonal(part):
                    raise CarriesAPerson(f"{cls.__name__}.{name}: an event has no room for {part!r}")
                if part[0] in (date, int, Decimal) and PERSONAL_WORDS.intersection(name.split("_")):
                    raise CarriesAPerson(f"{cls.__name__}.{name}: an event does not say that of a person")


class RegionEvent(Payload):
    """What the region may know of an event: no date finer than a month, no safety or consent matter, no total."""

    type: ClassVar[str]

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        for name, field in cls.model_fields.items():
            for annotation, metadata in _parts(field.annotation, field.metadata):
                if annotation is date and MONTH_STARTS in metadata:
                    continue
                is_wider = issubclass(annotation, Payload) and not issubclass(annotation, RegionEvent)
                if annotation in (UUID, date) or is_wider:
                    raise CarriesAPerson(f"{cls.__name__}.{name}: the region gets months, and no id of a record")


class RegionCorrection(RegionEvent):
    """What the region was told of a record and does not hold, and what holds instead: one fact less, and one more.

    It has two fields: `was`, of another event for the region, and `instead`, of the same one or None: nothing holds.
    """

    withdrew: ClassVar[str] = ""
    """The type of the event by which teams told before that one fact does not hold; it is read as this one."""

    @classmethod
    def fact(cls) -> type[RegionEvent]:
        """The event that it corrects."""
        return typing.cast("type[RegionEvent]", cls.model_fields["was"].annotation)

    @classmethod
    def between(cls, was: RegionEvent | None, instead: RegionEvent | None) -> RegionEvent | None:
        """What the region has to be told; None where it knows as much already."""
        if was is None or was == instead:
            return instead if was is None else None
        return cls.model_validate({"was": was, "instead": instead})


Correcting = type[RegionCorrection] | None


class NetworkEvent(Payload):
    """What the same service of other teams may know of an event: no id of a record, and nothing that leads to a person.

    Who has the paper that it is about can tell that it is; nobody else can.
    """

    type: ClassVar[str]


class Event(Payload):
    """Something that happened in a team, for the team's own services. Past tense, in the pathway's words.

    What the region may know of it is said beside it, and how an older version is read: `from_v1(body)` of a class whose
    type ends in `.v2` gives the body of that version.
    """

    type: ClassVar[str]
    """CloudEvents type, `uk.pairs.<noun>.<verbed>.v<N>`."""

    corrects: ClassVar[Correcting] = None
    """Of one that may say another thing of a record than the region was told before: how the region hears of that.
    `for_region` then says what holds now."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        if "type" in vars(cls) and cls.for_region is Event.for_region:
            raise SaysNothingOfTheRegion(f"{cls.__name__}: give it `for_region`, or make it a KeptInTheTeam")

    @abstractmethod
    def for_region(self) -> RegionEvent | None:
        """The smaller event that the region gets, or None when it gets nothing."""

    def for_network(self) -> NetworkEvent | None:
        """What the same service of other teams gets: nothing, but where an event says otherwise."""
        return None


class KeptInTheTeam(Event):
    """An event of which the region is told nothing."""

    def for_region(self) -> None:
        """Nothing leaves."""


AnyEvent = Event | RegionEvent | NetworkEvent


def _first_of_month(day: date) -> date:
    if day.day != 1:
        raise ValueError("a month is written as its first day")
    return day


MONTH_STARTS = AfterValidator(_first_of_month)
Month = Annotated[date, MONTH_STARTS]
"""A calendar month in Europe/London, as its first day."""

LONGEST_WAIT = 127
Days = Annotated[int, Field(ge=0, le=LONGEST_WAIT)]
"""Whole days of a wait; 127 stands for 127 or more (reference 9.2)."""

Part = tuple[Any, tuple[Any, ...]]


def _parts(annotation: Any, metadata: typing.Iterable[Any] = ()) -> Iterator[Part]:
    """The simple types that a field is made of, each with what bounds it."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated:
        yield from _parts(arguments[0], (*metadata, *arguments[1:]))
    elif origin in (Union, types.UnionType):
        for argument in arguments:
            yield from _parts(argument, metadata)
    elif origin in (tuple, frozenset):
        for argument in arguments:
            if argument is not Ellipsis:
                yield from _parts(argument)
    else:
        yield annotation, tuple(_flat(metadata))


def _flat(metadata: typing.Iterable[Any]) -> Iterator[Any]:
    for item in metadata:
        yield from item.metadata if isinstance(item, FieldInfo) else (item,)


def _is_impersonal(part: Part) -> bool:
    annotation, metadata = part
    if typing.get_origin(annotation) is Literal:
        return True
    if not isinstance(annotation, type):
        return False
    if annotation is str:
        return _SLUG_RULE in metadata
    if annotation in (int, Decimal):
        return _is_bounded(metadata)
    return annotation in (UUID, date, bool, types.NoneType) or issubclass(annotation, (StrEnum, Payload))


_SLUG_RULE = typing.get_args(Slug)[1]


def _is_bounded(metadata: tuple[Any, ...]) -> bool:
    low = [rule.ge for rule in metadata if isinstance(rule, annotated_types.Ge)]
    high = [rule.le for rule in metadata if isinstance(rule, annotated_types.Le)]
    return bool(low and high) and all(abs(bound) <= LARGEST_NUMBER for bound in (*low, *high))  # type: ignore[arg-type]


_TYPE = re.compile(r"(uk\.pairs\.[a-z_]+\.[a-z_]+)\.v([1-9][0-9]*)")


def name_and_version(event_type: str) -> tuple[str, int]:
    """`uk.pairs.referral.received.v2` → (`uk.pairs.referral.received`, 2).

    Raises:
        ValueError: it is not a type of ours.
    """
    if (match := _TYPE.fullmatch(event_type)) is None:
        raise ValueError("not an event type of this project")
    return match[1], int(match[2])
