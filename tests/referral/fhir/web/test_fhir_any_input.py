"""Whatever JSON comes, it is a referral or it is refused: reading it never fails."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.exceptions import HTTPException

from services.referral.fhir.web.message import read_bundle, read_request
from services.referral.fhir.web.referral_request import read_referral
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.people.domain.subject import Unborn
from shared.kernel.errors import Refusal
from shared.web.questions import Circumstances
from tests.referral.web.fhir_api import example, resource

CIRCUMSTANCES = Circumstances(date(2026, 3, 2), is_demonstration=True)
NAMES = ["contained", "extension", "id", "resourceType", "reference", "coding", "value", "use", "_given", "name"]
ODD = [
    "{}",
    "[]",
    "#",
    "\x00",
    "0001-01-01",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31",
    "9999-12-31T23:59:59-14:00",
    Decimal("1e999"),
    Decimal("-1e-999"),
]
SIMPLE = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(ODD)
ANYTHING = st.recursive(
    SIMPLE,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=2),
    max_leaves=4,
)


def places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Of every value inside, however deep."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for name, inner in items for found in [(*place, name), *places(inner, (*place, name))]]


@pytest.mark.parametrize(
    ("name", "read"),
    [("baby_message", read_bundle), ("unborn_message", read_bundle), ("service_request", read_request)],
)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_with_anything_in_any_place_it_is_read_or_refused(name: str, read: Any, data: st.DataObject) -> None:
    message = deepcopy(example(name))
    *way, last = data.draw(st.sampled_from(places(message)))
    holder = message
    for step in way:
        holder = holder[step]
    holder[last] = data.draw(ANYTHING)

    try:
        result = read_referral(read(message), CIRCUMSTANCES).request
    except (Refusal, HTTPException):
        return

    assert isinstance(result, ReferralRequest)


@pytest.mark.parametrize("odd", [None, *ODD], ids=str)
@pytest.mark.parametrize(
    ("name", "read", "kind", "element"),
    [
        ("baby_message", read_bundle, "Patient", "birthDate"),
        ("unborn_message", read_bundle, "Patient", "birthDate"),
        ("unborn_message", read_bundle, "Observation", "valueDateTime"),
        ("unborn_message", read_bundle, "Observation", "code"),
        ("service_request", read_request, "Patient", "birthDate"),
    ],
)
def test_a_day_that_nobody_can_mean_is_refused_or_is_nobodys_birthday(
    name: str, read: Any, kind: str, element: str, odd: Any
) -> None:
    message = example(name)
    resource(message, kind)[element] = odd

    try:
        result = read_referral(read(message), CIRCUMSTANCES).request
    except (Refusal, HTTPException):
        return

    assert kind == "Patient"
    assert isinstance(result.subject, Unborn)
