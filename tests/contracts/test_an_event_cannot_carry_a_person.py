"""A class that could hold a person's data cannot even be defined."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from pydantic import BaseModel, Field, ValidationError

from shared.contracts.catalogue import CATALOGUE
from shared.contracts.event import (
    CarriesAPerson,
    Days,
    Event,
    KeptInTheTeam,
    Month,
    Payload,
    RegionEvent,
    SaysNothingOfTheRegion,
)
from shared.contracts.slug import Slug
from shared.contracts.vocabulary import Role


class WithText(BaseModel):
    text: str


class WithCode(Payload):
    role: Role


def define(kind: type[Payload], annotation: Any, name: str = "field") -> type:
    return type("Something", (kind,), {"__annotations__": {name: annotation}, "type": "x", "__module__": __name__})


@pytest.mark.parametrize(
    "annotation",
    [
        str,
        str | None,
        Annotated[str, Field(max_length=3)],
        list[str],
        tuple[str, ...],
        tuple[Role, str],
        frozenset[str],
        dict[str, int],
        dict[str, str],
        bytes,
        Any,
        object,
        float,
        datetime,
        int,
        Annotated[int, Field(ge=0)],
        Annotated[int, Field(ge=0, le=9_999_999_999)],
        Decimal,
        WithText,
        WithText | None,
        tuple[WithText, ...],
        BaseModel,
    ],
    ids=str,
)
@pytest.mark.parametrize("kind", [KeptInTheTeam, RegionEvent])
def test_an_event_class_with_room_for_a_person_cannot_be_defined(kind: type[Payload], annotation: Any) -> None:
    with pytest.raises(CarriesAPerson):
        define(kind, annotation)


@pytest.mark.parametrize("name", ["born_on", "birth_date", "due_on", "house", "phone", "nhs_number"])
@pytest.mark.parametrize("annotation", [date, Days])
def test_a_date_or_a_number_cannot_be_called_what_only_a_person_has(name: str, annotation: Any) -> None:
    with pytest.raises(CarriesAPerson):
        define(KeptInTheTeam, annotation, name)


@pytest.mark.parametrize("annotation", [UUID, date, date | None, Role, tuple[Role, ...], Days, bool, Slug, WithCode])
def test_ids_codes_dates_numbers_within_bounds_and_payloads_of_these_can(annotation: Any) -> None:
    assert define(KeptInTheTeam, annotation)


def test_a_literal_code_can() -> None:
    assert define(KeptInTheTeam, Literal["a", "b"])


def test_an_event_class_that_does_not_say_what_the_region_may_know_cannot_be_defined() -> None:
    with pytest.raises(SaysNothingOfTheRegion):
        define(Event, bool)


@pytest.mark.parametrize("annotation", [UUID, date, tuple[date, ...], WithCode])
def test_the_region_gets_no_id_of_a_record_and_no_date_finer_than_a_month(annotation: Any) -> None:
    with pytest.raises(CarriesAPerson):
        define(RegionEvent, annotation)


def test_a_month_is_its_first_day() -> None:
    event = define(RegionEvent, Month)

    assert event(field=date(2026, 3, 1))
    with pytest.raises(ValidationError):
        event(field=date(2026, 3, 2))


@pytest.mark.parametrize("event", CATALOGUE.classes, ids=lambda event: event.type)
def test_an_event_refuses_a_field_that_it_does_not_declare(event: type[Event]) -> None:
    assert event.model_config.get("extra") == "forbid"
