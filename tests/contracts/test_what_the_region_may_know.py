"""No field of what the region gets is finer than reference 9.2 allows; each event says why it is private enough."""

import typing
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_origin
from uuid import UUID

import pytest
from pydantic import TypeAdapter, ValidationError

from shared.contracts.catalogue import CATALOGUE
from shared.contracts.consultation_codes import ConsultationKind, Profession
from shared.contracts.event import LONGEST_WAIT, Event, RegionCorrection, RegionEvent
from shared.contracts.intervention import Intervention
from shared.contracts.pathway_codes import (
    Attendance,
    ChangeClass,
    ContactKind,
    EpisodeEnding,
    Measure,
    Venue,
    WaitClock,
)
from shared.contracts.region import BUCKET, QUARTER, in_buckets, in_quarters
from shared.contracts.regional_codes import DISCHARGE_GROUPS, DischargeGroup, GoalMove, ReferralGap, WaitBand
from shared.contracts.restart import EpochStarted
from shared.contracts.training import PlaceMoved, RegionalPlaceBookedCorrected
from shared.contracts.training_codes import ChampionWork, PlaceEnd, TrainingCourse
from shared.contracts.vocabulary import AgeBand, DeclineReason, ReasonGroup, SourceGroup, Tier, TriageOutcome, Urgency

OF_THE_REGION = [one for one in CATALOGUE.classes if issubclass(one, RegionEvent) and one is not EpochStarted]
FACTS = [one for one in OF_THE_REGION if not issubclass(one, RegionCorrection)]
CORRECTIONS = [one for one in OF_THE_REGION if issubclass(one, RegionCorrection)]

ALLOWED_CODES = {
    *(AgeBand, ReasonGroup, SourceGroup, Tier, TriageOutcome, Urgency, DeclineReason),
    *(Attendance, ContactKind, Venue, WaitClock, Intervention, Measure, ChangeClass),
    *(DischargeGroup, ReferralGap, GoalMove, WaitBand),
    *(ConsultationKind, Profession, TrainingCourse, PlaceEnd, ChampionWork),
}
"""Groups and classes. A list that tells of consent, safety, a birth or a death is none of them."""

NEVER_SAID = {
    *("name", "person", "family", "baby", "carer", "address", "postcode", "day", "on", "at", "ethnicity", "gender"),
    *("consent", "safety", "safeguarding", "risk", "danger", "death", "died", "birth", "born", "pregnancy", "score"),
}


def parts(cls: type[RegionEvent]) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Each field's name, its type without `None`, and its JSON Schema."""
    properties = cls.model_json_schema(mode="serialization")["properties"]
    for name, hint in typing.get_type_hints(cls, include_extras=True).items():
        if name in cls.model_fields:
            for one in _without_none(hint):
                yield name, one, _schema_of_number(properties[name])


def _without_none(hint: Any) -> Iterator[Any]:
    origin = get_origin(hint)
    if origin is typing.Annotated or (isinstance(hint, type) and not get_args(hint)):
        yield hint
    else:
        yield from (
            one for given in get_args(hint) if given not in (type(None), Ellipsis) for one in _without_none(given)
        )


def _schema_of_number(schema: dict[str, Any]) -> dict[str, Any]:
    return next((one for one in schema.get("anyOf", []) if one.get("type") == "integer"), schema)


@pytest.mark.parametrize("event", OF_THE_REGION, ids=lambda event: event.type.split(".")[-2])
def test_each_event_says_in_a_line_why_it_is_private_enough(event: type[RegionEvent]) -> None:
    assert event.__doc__
    assert "Private enough:" in " ".join(event.__doc__.split())


@pytest.mark.parametrize("event", OF_THE_REGION, ids=lambda event: event.type.split(".")[-2])
def test_each_event_stands_on_the_page_for_whoever_reads_the_streams(event: type[RegionEvent]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "events.md").read_text(encoding="utf-8")

    assert f"`{event.type.split('.')[-2]}`" in page


@pytest.mark.parametrize("event", FACTS, ids=lambda event: event.type.split(".")[-2])
def test_no_field_is_finer_than_the_reference_allows(event: type[RegionEvent]) -> None:
    for name, given, schema in parts(event):
        assert not NEVER_SAID & set(name.split("_")) or name == "open_risk", name
        kind = get_args(given)[0] if get_origin(given) is typing.Annotated else given
        if kind is date:
            with pytest.raises(ValidationError):
                TypeAdapter(given).validate_python(date(2026, 3, 2))
        elif kind is str:
            assert name == "home_team", "the only word is the name of a team"
        elif kind is int:
            _check_number(name, schema)
        else:
            assert kind is bool or kind in ALLOWED_CODES, f"{name}: {kind}"


def _check_number(name: str, schema: dict[str, Any]) -> None:
    words = name.split("_")
    if words[-1] == "days":
        assert schema["maximum"] == LONGEST_WAIT or words[0] == "waiting", "days are capped; a count is none"
    if words == ["minutes"]:
        assert schema["multipleOf"] == QUARTER
    if name == "looked_after":
        assert schema["multipleOf"] == BUCKET


def test_how_work_ended_is_told_in_groups_of_which_none_is_a_death() -> None:
    assert set(DISCHARGE_GROUPS) == set(EpisodeEnding)
    sensitive = {EpisodeEnding.BABY_DIED, EpisodeEnding.CARER_DIED, EpisodeEnding.REMOVED_FROM_CARE}
    for ending in sensitive:
        with_it = {one for one, group in DISCHARGE_GROUPS.items() if group is DISCHARGE_GROUPS[ending]}
        assert with_it - sensitive >= {EpisodeEnding.MOVED_AREA, EpisodeEnding.AGED_OUT}


@pytest.mark.parametrize(("minutes", "told"), [(0, 0), (1, 15), (22, 15), (23, 30), (50, 45), (53, 60), (600, 600)])
def test_minutes_are_told_as_the_nearest_quarter_of_an_hour_and_something_is_never_nothing(
    minutes: int, told: int
) -> None:
    assert in_quarters(minutes) == told


@pytest.mark.parametrize(("count", "told"), [(0, 0), (1, 0), (4, 0), (5, 5), (9, 5), (10, 10)])
def test_who_is_looked_after_is_told_in_fives_so_that_one_is_as_none(count: int, told: int) -> None:
    assert in_buckets(count) == told


@pytest.mark.parametrize("correction", CORRECTIONS, ids=lambda event: event.type.split(".")[-2])
def test_a_correction_has_what_was_told_and_what_holds_and_is_named_for_it(
    correction: type[RegionCorrection],
) -> None:
    hints = typing.get_type_hints(correction)
    fact = correction.fact()

    assert {name: hints[name] for name in correction.model_fields} == {"was": fact, "instead": fact | None}
    assert correction.type == fact.type.replace(".v1", "_corrected.v1").replace("_recorded_corrected", "_corrected")
    assert fact in FACTS


def test_every_correction_is_made_by_some_event_of_a_team() -> None:
    made = {one.corrects for one in CATALOGUE.classes if issubclass(one, Event)} - {None}

    assert set(CORRECTIONS) == made | {RegionalPlaceBookedCorrected}, "a move knows itself what was told"


def test_codes_are_closed_lists() -> None:
    assert all(issubclass(one, StrEnum) for one in ALLOWED_CODES)


@pytest.mark.parametrize(("from_month", "told"), [(3, False), (2, True)])
def test_a_place_on_other_dates_is_booked_once_in_the_month_of_the_new_ones(from_month: int, *, told: bool) -> None:
    moved = PlaceMoved(
        booking_id=UUID(int=1),
        cohort_id=UUID(int=2),
        from_cohort_id=UUID(int=3),
        course=TrainingCourse.IMH_PIR,
        sector=SourceGroup.MATERNITY,
        profession=Profession.MIDWIFE,
        starts_on=date(2026, 3, 17),
        from_starts_on=date(2026, from_month, 3),
    )

    correction = moved.for_region()

    assert (correction is not None) == told
    if isinstance(correction, RegionalPlaceBookedCorrected) and correction.instead:
        assert (correction.was.month, correction.instead.month) == (date(2026, 2, 1), date(2026, 3, 1))
