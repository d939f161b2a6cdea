"""The definitions themselves: each is whole, and none is changed without a new version."""

import json
from pathlib import Path

from services.reporting.facts.database import care_tables, referral_tables, teaching_tables  # noqa: F401 - declare
from services.reporting.indicators.domain.indicator import Direction, Shape
from services.reporting.indicators.domain.tally import Over
from services.reporting.indicators.packs.catalogue import INDICATORS
from shared.contracts.catalogue import CATALOGUE

DIGESTS = Path(__file__).with_name("definitions.json")
NOT_YET = {51: "it joins training and consultation by person, and no team's service does that yet"}


def test_a_definition_that_was_changed_has_a_new_version() -> None:
    """`python -m tests.reporting.indicators.packs.write_digests` keeps them, once the changed one has a new version."""
    kept = json.loads(DIGESTS.read_text())

    assert {f"{one.number} v{one.version}": one.digest for one in INDICATORS}.items() <= kept.items()


def test_every_line_of_the_catalogue_has_a_figure_and_no_number_stands_twice() -> None:
    assert {one.line for one in INDICATORS} | NOT_YET.keys() == set(range(1, 58))
    assert len({one.number for one in INDICATORS}) == len(INDICATORS)
    assert len({one.name for one in INDICATORS}) == len(INDICATORS)


def test_every_definition_names_events_that_exist() -> None:
    exist = {cls.type for cls in CATALOGUE.classes}

    assert {source for one in INDICATORS for source in one.sources} <= exist


def test_what_is_no_count_or_wait_has_a_denominator_that_is_counted_in_the_same_parts() -> None:
    for one in INDICATORS:
        assert (one.among is None) is (one.shape in {Shape.COUNT, Shape.DAYS}), one.name
        parts = [term.parts.keys() for tally in one.tallies[: 1 if one.is_mix else 2] for term in tally.terms]
        assert all(each == parts[0] for each in parts), one.name


def test_only_what_is_counted_at_a_months_end_holds_from_one_month_to_another() -> None:
    for one in INDICATORS:
        for tally in one.tallies:
            assert tally.over is Over.AT_END or not any(term.until for term in tally.terms), one.name


def test_what_is_of_earlier_months_too_is_known_to_overlap_and_is_never_judged_or_added_up() -> None:
    """By the words of the definition: a time of more than its own month is said there."""
    said = {one.number for one in INDICATORS if "84 days" in one.time or "twelve months" in one.time.lower()}

    assert said <= {one.number for one in INDICATORS if one.overlaps}
    assert 52 in said
    assert not [one.name for one in INDICATORS if one.overlaps and one.adds_up]


def test_every_definition_says_why_it_matters_in_one_sentence() -> None:
    for one in INDICATORS:
        assert one.why.endswith("."), one.name
        assert one.why.count(". ") == 0, one.name
        assert one.direction in Direction
        assert one.owner
        assert one.checked_by
        assert one.owner != one.checked_by
