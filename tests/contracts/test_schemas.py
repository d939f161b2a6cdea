"""The published language does not change unnoticed."""

import re
from copy import deepcopy
from typing import Any

import pytest
import yaml

from shared.contracts import schema
from shared.contracts.asyncapi import asyncapi, language, published
from shared.contracts.catalogue import CATALOGUE, Catalogue, MalformedEvent, NewerVersion, UnknownEvent
from shared.contracts.compatibility import incompatibilities
from shared.contracts.event import Days, KeptInTheTeam
from shared.contracts.referral import RegionalTierChanged, TierChanged
from shared.contracts.vocabulary import Urgency
from shared.discovery import of_team

LANGUAGE = language({service.name: service.publishes for service in of_team()})
TIER_CHANGED = schema.schema_of(TierChanged)


def test_the_committed_schemas_and_asyncapi_are_those_of_the_classes() -> None:
    assert schema.out_of_date(LANGUAGE) == [], "run `pairs events schemas --write` and commit what it wrote"
    assert list(schema.breaking(LANGUAGE)) == []


def test_every_committed_schema_is_of_a_version_that_can_be_read() -> None:
    newest = {event.type for event in CATALOGUE.classes}
    committed = {path.stem for path in schema.FOLDER.glob("uk.pairs.*.json")}

    assert newest == committed


def test_asyncapi_has_every_message_and_refers_to_nothing_that_is_not_there() -> None:
    document = asyncapi(LANGUAGE)
    references = re.findall(r"\$ref: '?#/([^'\n]+)", yaml.safe_dump(document))

    assert document["asyncapi"] == "3.0.0"
    assert set(document["components"]["messages"]) == {event.type for event in CATALOGUE.classes}
    for reference in references:
        place: Any = document
        for step in reference.split("/"):
            place = place[step]


def changed(**fields: Any) -> dict[str, Any]:
    new = deepcopy(TIER_CHANGED)
    new["properties"].update(fields)
    return new


def without(name: str) -> dict[str, Any]:
    new = deepcopy(TIER_CHANGED)
    del new["properties"][name]
    new["required"].remove(name)
    return new


def test_the_same_schema_is_compatible() -> None:
    assert incompatibilities(TIER_CHANGED, deepcopy(TIER_CHANGED)) == []


def test_an_optional_field_or_another_code_is_compatible() -> None:
    more_codes = deepcopy(TIER_CHANGED)
    more_codes["$defs"]["Level"]["enum"].append("beyond")

    assert incompatibilities(TIER_CHANGED, changed(note_count={"type": "integer"})) == []
    assert incompatibilities(TIER_CHANGED, more_codes) == []


def test_each_kind_of_incompatible_change_is_named() -> None:
    renamed = without("reason")
    renamed["properties"]["motive"] = TIER_CHANGED["properties"]["reason"]
    required = changed(extra={"type": "integer"})
    required["required"].append("extra")
    fewer_codes = deepcopy(TIER_CHANGED)
    fewer_codes["$defs"]["Level"]["enum"].remove("targeted")

    assert incompatibilities(TIER_CHANGED, without("reason")) == ["reason is gone from the body"]
    assert incompatibilities(TIER_CHANGED, renamed) == ["reason is gone from the body"]
    assert incompatibilities(TIER_CHANGED, required) == ["extra is required now"]
    assert "from_level no longer takes targeted" in incompatibilities(TIER_CHANGED, fewer_codes)
    assert incompatibilities(TIER_CHANGED, changed(to_risk_support={"type": "integer"})) == [
        "to_risk_support has another type"
    ]
    assert incompatibilities(TIER_CHANGED, changed(review_on={"type": "string", "format": "date"})) == [
        "review_on takes fewer kinds of value"
    ]


def test_tighter_bounds_are_an_incompatible_change() -> None:
    old = {"type": "integer", "minimum": 0, "maximum": 127}

    assert incompatibilities(old, old | {"maximum": 100}) == ["the body has tighter bounds"]
    assert incompatibilities(old, old | {"minimum": 1}) == ["the body has tighter bounds"]
    assert incompatibilities(old, old | {"maximum": 200}) == []


def test_writing_refuses_an_incompatible_change(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    for path in schema.FOLDER.glob("*.json"):
        (tmp_path / path.name).write_text(path.read_text().replace('"capacity_interim"', '"capacity_interim", "moved"'))
    monkeypatch.setattr(schema, "FOLDER", tmp_path)
    monkeypatch.setattr(schema, "ASYNCAPI", tmp_path / "asyncapi.json")

    with pytest.raises(schema.IncompatibleChange, match="no longer takes moved"):
        schema.write(LANGUAGE)


class WaitMeasuredV2(KeptInTheTeam):
    type = "uk.pairs.wait.measured.v2"

    days: Days
    urgency: Urgency

    @staticmethod
    def from_v1(body: dict[str, Any]) -> dict[str, Any]:
        return {**body, "urgency": "routine"}


OLD_AND_NEW = Catalogue([WaitMeasuredV2])


def test_an_old_version_is_read_through_its_upcaster() -> None:
    assert OLD_AND_NEW.parse("uk.pairs.wait.measured.v1", '{"days": 3}') == WaitMeasuredV2(
        days=3, urgency=Urgency.ROUTINE
    )


def test_a_newer_version_is_not_an_unknown_event() -> None:
    with pytest.raises(NewerVersion):
        OLD_AND_NEW.parse("uk.pairs.wait.measured.v3", "{}")
    with pytest.raises(UnknownEvent):
        OLD_AND_NEW.parse("uk.pairs.wait.forgotten.v1", "{}")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        "{",
        '{"days": "3", "urgency": "routine"}',
        '{"days": 128, "urgency": "routine"}',
        '{"days": 3, "urgency": "routine", "name": "Canary"}',
        '{"days": NaN}',
        '"\ud800"',
        "9" * 5000,
        "[" * 10_000,
    ],
    ids=lambda body: body[:20],
)
def test_a_malformed_body_is_refused_and_never_repeated(body: str) -> None:
    for version in ("v1", "v2"):
        with pytest.raises(MalformedEvent) as refusal:
            OLD_AND_NEW.parse(f"uk.pairs.wait.measured.{version}", body)
        assert "Canary" not in str(refusal.value)
        assert "name" not in str(refusal.value)


def test_an_older_version_that_nobody_can_read_is_refused_at_the_start() -> None:
    class WaitMeasuredV3(WaitMeasuredV2):
        type = "uk.pairs.wait.measured.v3"

    with pytest.raises(TypeError, match="from_v2"):
        Catalogue([WaitMeasuredV3])


def test_every_event_is_published_by_one_service_or_by_the_streams_themselves() -> None:
    assert sorted(event.type for event in published(LANGUAGE)) == sorted(event.type for event in CATALOGUE.classes)


def test_a_tier_change_tells_the_region_tiers_and_not_reasons() -> None:
    assert TierChanged.for_region.__annotations__["return"] == RegionalTierChanged.__name__
    assert set(RegionalTierChanged.model_fields) == {"month", "from_tier", "to_tier", "capacity_driven"}
