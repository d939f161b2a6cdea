"""The files that define measures: ours are the catalogue of reference 4.2, and a wrong one stops the process."""

import shutil
from pathlib import Path

import pytest

from services.referral.measures.domain.measure import Entry, Licence
from services.referral.measures.domain.measure_sources import sourced_values
from services.referral.measures.packs.measures import MEASURES, OURS, WrongPack, load_measures
from shared.contracts.pathway_codes import Measure

CATALOGUE = {
    "EPDS": "B", "PHQ9": "A", "GAD7": "A", "CORE10": "B", "HADS": "C", "MORS_SF": "B", "PBQ": "B", "KPCS": "B",
    "PRFQ": "B", "GBO": "A", "BPSES": "B", "WEMWBS": "B", "SWEMWBS": "B", "REQOL10": "B", "PSI4_SF": "C",
    "ASQSE2": "C", "ESQ_P": "B", "KIPS": "C", "CARE_INDEX": "C", "NBO": "C", "NBAS": "C", "LOARC": "C", "PIRGAS": "C",
}  # fmt: skip
"""Code and licence class, as reference 4.2 lists them."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A team's own folder, with a copy of our EPDS in it."""
    shutil.copy(OURS / "epds.toml", tmp_path)
    return tmp_path


def change(folder: Path, before: str, after: str) -> None:
    path = folder / "epds.toml"
    assert before in path.read_text()
    path.write_text(path.read_text().replace(before, after, 1))


def test_every_measure_of_the_catalogue_is_there_with_its_licence() -> None:
    assert {code: str(definition.licence) for code, definition in MEASURES.items()} == CATALOGUE


def test_every_measure_has_a_name_that_events_know() -> None:
    assert {code.lower() for code in MEASURES} == {str(measure) for measure in Measure} - {"other"}


@pytest.mark.parametrize("code", MEASURES)
def test_no_question_is_shipped_but_our_own(code: str) -> None:
    assert MEASURES[code].has_texts is (code == "GBO")


@pytest.mark.parametrize("code", [code for code, letter in CATALOGUE.items() if letter == "C"])
def test_a_measure_that_is_sold_is_entered_as_totals_or_as_done(code: str) -> None:
    assert MEASURES[code].licence is Licence.C
    assert MEASURES[code].entry in {Entry.TOTALS, Entry.DONE}


@pytest.mark.parametrize("code", MEASURES)
def test_every_value_says_where_it_comes_from(code: str) -> None:
    values = sourced_values(MEASURES[code])

    assert values
    assert all(value.evidence.source and value.value for value in values)


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("CORE10", "Reversed"),
        ("CORE10", "Total: reliable change"),
        ("KPCS", "Total: reliable change"),
        ("EPDS", "Total: cut-off (Dad)"),
        ("HADS", "Anxiety: cut-off"),
        ("MORS_SF", "Warmth: score"),
        ("PBQ", "Bonding: cut-off"),
        ("REQOL10", "Total: cut-off"),
        ("SWEMWBS", "Metric score: conversion"),
        ("WEMWBS", "Total: reliable change"),
        ("PHQ9", "Licence"),
    ],
)
def test_what_the_reference_could_not_check_is_marked(code: str, what: str) -> None:
    (value,) = [value for value in sourced_values(MEASURES[code]) if value.what == what]

    assert not value.evidence.verified


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("EPDS", "Total: reliable change"),
        ("EPDS", "Total: cut-off"),
        ("EPDS", "Self-harm task"),
        ("PHQ9", "Total: reliable change"),
        ("GAD7", "Total: reliable change"),
        ("CORE10", "Total: bands"),
        ("CORE10", "Total: missing items"),
        ("KPCS", "Total: cut-off"),
        ("GBO", "Goal: reliable change"),
        ("PBQ", "Rejection and anger: cut-off"),
    ],
)
def test_what_the_reference_checked_is_marked_so(code: str, what: str) -> None:
    (value,) = [value for value in sourced_values(MEASURES[code]) if value.what == what]

    assert value.evidence.verified


def test_a_team_can_set_its_own_reliable_change(folder: Path) -> None:
    change(folder, 'points = 4\nsource = "Matthey 2004."', 'points = 5\nsource = "Our own audit."')

    rule = load_measures([OURS, folder])["EPDS"].scales[0].reliable_change

    assert rule is not None
    assert (rule.points, rule.evidence.source) == (5, "Our own audit.")
    assert MEASURES["EPDS"].scales[0].reliable_change != rule


def test_a_team_can_add_the_questions_that_it_has_permission_for(folder: Path) -> None:
    change(folder, "count = 10", f"count = 10\ntexts = {[f'Question {n}' for n in range(1, 11)]}")

    found = load_measures([OURS, folder])["EPDS"]

    assert found.has_texts
    assert found.items[9].label == "Question 10"


def test_a_team_can_add_a_measure_of_its_own(folder: Path) -> None:
    change(folder, 'code = "EPDS"', 'code = "OURS"')

    assert set(load_measures([OURS, folder])) == {*MEASURES, "OURS"}


def test_a_file_that_scores_in_another_way_needs_another_version(folder: Path) -> None:
    change(folder, "reversed = [3, 5,", "reversed = [5,")
    with pytest.raises(WrongPack, match="another version"):
        load_measures([OURS, folder])

    change(folder, 'version = "1"', 'version = "1-ours"')
    assert load_measures([OURS, folder])["EPDS"].version == "1-ours"


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        pytest.param("verified = true", "", "verified", id="no_mark"),
        pytest.param('source = "Matthey 2004."', "", "source", id="no_source"),
        pytest.param("count = 10", "count = 10\nextra = 1", "extra", id="unknown_value"),
        pytest.param("code = ", "code = ]", "Invalid", id="not_toml"),
        pytest.param("range = [0, 30]", "range = [0, 27]", "the stated range is not 0 to 30", id="range"),
        pytest.param('"response_position"', '"scored_value"', "reversed twice", id="double_reversal"),
        pytest.param('class = "B"', 'class = "C"', "entered as totals", id="sold"),
        pytest.param("items = [10]", "items = [11]", "there is no item 11", id="no_such_item"),
        pytest.param("at = 10, label", "at = 14, label", "bands must begin at 0", id="bands"),
        pytest.param("at = 13\n", "at = 31\n", "a cut-off is outside", id="cut_off"),
        pytest.param("points = 4", "points = 31", "larger than the range", id="reliable_change_too_large"),
        pytest.param("points = 4", "points = 4\nsd = 2", "either points, or sd", id="points_and_sd"),
        pytest.param("points = 4", "sd = 2", "either points, or sd", id="sd_alone"),
        pytest.param('variant = "father"', 'variant = "aunt"', "not listed, aunt", id="variant"),
        pytest.param("count = 10", 'count = 10\ntexts = ["One"]', "1 texts for 10 items", id="too_few_texts"),
        pytest.param("reversed = [3,", "reversed = [11,", "numbered from 1 to 10", id="reversed_item_beyond"),
        pytest.param('options = ["First answer (top of the list)", ', "options = [", "words for 4 answers", id="words"),
        pytest.param("reversed_source", "# reversed_source", "need a reversed_source", id="reversed_without_source"),
        pytest.param('direction = "lower"', 'direction = "middle"', "neither end is better", id="middle"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(folder: Path, before: str, after: str, sentence: str) -> None:
    change(folder, before, after)

    with pytest.raises(WrongPack, match=sentence) as refused:
        load_measures([folder])

    assert "epds.toml" in str(refused.value)


def test_two_files_of_one_folder_with_one_code_are_refused(folder: Path) -> None:
    shutil.copy(folder / "epds.toml", folder / "again.toml")

    with pytest.raises(WrongPack, match="has the code EPDS"):
        load_measures([folder])


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongPack, match="is not a folder"):
        load_measures([tmp_path / "none"])


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        pytest.param("28 = 25.03\n", "", "each sum from 7 to 35", id="a_sum_without_a_score"),
        pytest.param("28 = 25.03", "28 = 24.11", "must rise", id="flat"),
        pytest.param("range = [7.00, 35.00]", "range = [7, 34]", "that of the conversion table", id="range"),
        pytest.param("allowed = 0", "allowed = 1", "only a complete sum", id="prorated"),
    ],
)
def test_a_conversion_table_is_complete_and_rises(tmp_path: Path, before: str, after: str, sentence: str) -> None:
    text = (OURS / "swemwbs.toml").read_text()
    assert before in text
    (tmp_path / "swemwbs.toml").write_text(text.replace(before, after, 1))

    with pytest.raises(WrongPack, match=sentence):
        load_measures([tmp_path])


@pytest.mark.parametrize(
    ("code", "scale", "items"),
    [
        ("MORS_SF", "warmth", {1, 3, 4, 6, 8, 11, 13}),
        ("MORS_SF", "invasion", {2, 5, 7, 9, 10, 12, 14}),
        ("PBQ", "F1", {1, 2, 6, 7, 8, 9, 10, 12, 13, 15, 16, 17}),
        ("PBQ", "F2", {3, 4, 5, 11, 14, 21, 23}),
        ("PBQ", "F3", {19, 20, 22, 25}),
        ("PBQ", "F4", {18, 24}),
        ("PRFQ", "PM", {1, 4, 7, 10, 13, 16}),
        ("PRFQ", "CM", {2, 5, 8, 11, 14, 17}),
        ("PRFQ", "IC", {3, 6, 9, 12, 15, 18}),
        ("ESQ_P", "care", {1, 2, 3, 4, 5, 6, 7, 11, 12}),
        ("ESQ_P", "environment", {8, 9, 10}),
    ],
)
def test_a_subscale_has_the_items_of_the_reference(code: str, scale: str, items: set[int]) -> None:
    found = MEASURES[code].scale(scale)

    assert found is not None
    assert {int(item) for item in found.items} == items


@pytest.mark.parametrize(
    ("code", "items"),
    [("EPDS", {3, 5, 6, 7, 8, 9, 10}), ("CORE10", {2, 3}), ("PBQ", {1, 4, 8, 9, 11, 16, 22, 25}), ("PRFQ", {11, 18})],
)
def test_the_reversed_items_are_those_of_the_reference(code: str, items: set[int]) -> None:
    assert {int(item.code) for item in MEASURES[code].items if item.step < 0} == items
