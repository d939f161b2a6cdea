"""What is due is offered first: what nobody asked yet, then what was asked four weeks ago."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from services.referral.measures.domain.measure import Respondent
from services.referral.measures.domain.measure_due import DueMeasure, measures_due
from services.referral.measures.domain.measure_pair import Series, Taken
from services.referral.measures.packs.measures import MEASURES
from shared.kernel.identifiers import new_id

TODAY = date(2026, 3, 2)
USUAL = [MEASURES[code] for code in ("EPDS", "KPCS", "GAD7")]


def taken(code: str, days_ago: int) -> Taken:
    series = Series(code, "1", "", Respondent.CAREGIVER, new_id(), None)
    return Taken(new_id(), series, TODAY - timedelta(days=days_ago), {"total": Decimal(9)})


def due(*answered: Taken, skipped: frozenset[str] = frozenset()) -> list[str]:
    return [one.definition.code for one in measures_due(USUAL, answered, skipped, TODAY) if one.is_due]


def test_what_was_never_asked_is_due_in_the_teams_own_order() -> None:
    assert due() == ["EPDS", "KPCS", "GAD7"]


def test_what_was_answered_lately_is_not_and_after_four_weeks_it_is_again() -> None:
    assert due(taken("EPDS", 27)) == ["KPCS", "GAD7"]
    assert due(taken("EPDS", 28)) == ["KPCS", "GAD7", "EPDS"]
    assert due(taken("EPDS", 60), taken("EPDS", 5)) == ["KPCS", "GAD7"]


def test_what_somebody_said_why_it_was_not_completed_is_not_due_until_it_was_answered_once() -> None:
    assert due(skipped=frozenset({"KPCS"})) == ["EPDS", "GAD7"]
    assert due(taken("KPCS", 40), skipped=frozenset({"KPCS"})) == ["EPDS", "GAD7", "KPCS"]


@pytest.mark.parametrize(("code", "fits"), [("EPDS", True), ("GAD7", True), ("PSI4_SF", False), ("NBO", False)])
def test_beside_a_note_stands_what_can_be_ticked_in_a_small_grid(code: str, fits: bool) -> None:
    definition = next(one for one in MEASURES.values() if one.code.replace("-", "_") == code)

    assert DueMeasure(definition, None, is_due=True).fits_beside_note is fits
