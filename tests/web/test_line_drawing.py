"""Small drawings for lists: what they show, and what they say to whoever does not see them."""

import re
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from shared.web.line_drawing import Colour, Dot, Group, contact_dots, histogram, level_bar, shares, sparkline, wait_bar


def drawn(svg: Markup, what: str) -> list[dict[str, str]]:
    """The attributes of the parts of a class."""
    return [part.attrib for part in ElementTree.fromstring(svg) if part.get("class") == what]


def test_a_bar_is_as_long_as_the_wait_and_its_tick_is_at_the_target() -> None:
    svg = wait_bar(14, 28, Colour.OK, "14 of 28 days", width=120, targets=3)

    assert drawn(svg, "d-ok")[0]["width"] == "20.0"
    assert drawn(svg, "d-target")[0]["x1"] == "40.0"
    assert drawn(svg, "d-over") == []


def test_a_wait_that_is_longer_than_the_bar_fills_it_and_has_an_arrow() -> None:
    svg = wait_bar(276, 28, Colour.LATE, "276 of 28 days", width=120)

    assert drawn(svg, "d-late")[0]["width"] == "120.0"
    assert len(drawn(svg, "d-over")) == 1


@pytest.mark.parametrize(
    ("figure", "begins", "long"),
    [(-75, "30.0", "50.0"), (-600, "0.0", "80.0"), (0, "80.0", "2.0"), (600, "80.0", "40.0")],
)
def test_a_figure_below_its_level_goes_left_and_never_out_of_the_bar(figure: int, begins: str, long: str) -> None:
    svg = level_bar(figure, -60, Colour.LATE, "75 behind", width=120, reach=120)

    assert [(part["x"], part["width"]) for part in drawn(svg, "d-late")] == [(begins, long)]
    assert drawn(svg, "d-zero")[0]["x1"] == "80.0"
    assert drawn(svg, "d-limit")[0]["x1"] == "40.0"


def test_contacts_are_a_disc_a_ring_and_a_cross_in_their_order() -> None:
    svg = contact_dots([Dot.HELD, Dot.GONE, Dot.MISSED, Dot.HELD], "Last contacts")

    assert [part.get("class") for part in ElementTree.fromstring(svg)] == ["d-held", "d-gone", "d-missed", "d-held"]
    assert [part["cx"] for part in drawn(svg, "d-held")] == ["7", "46"]


def test_a_difference_looks_as_small_as_it_is_on_the_whole_scale() -> None:
    points = drawn(sparkline([15, 16, 0, 30], "EPDS", within=(0, 30), cut_off=15), "d-line")[0]["points"]

    assert [float(point.split(",")[1]) for point in points.split()] == [10.0, 9.5, 17.0, 3.0]


def test_one_score_is_a_dot_at_the_end_of_the_line() -> None:
    assert drawn(sparkline([13], "EPDS 13", within=(0, 30)), "d-dot")[0]["cx"] == "41.0"


def test_a_histogram_has_a_bar_a_label_and_a_number_for_each_group() -> None:
    svg = histogram([Group("0–14 days", 4, Colour.OK), Group("over 126", 8, Colour.LATE)], "Days", width=230)

    assert [part["width"] for part in (drawn(svg, "d-ok") + drawn(svg, "d-late"))] == ["50.0", "100.0"]
    assert [part.text for part in ElementTree.fromstring(svg) if part.text] == ["0–14 days", "4", "over 126", "8"]


def test_shares_stand_side_by_side_and_fill_the_whole() -> None:
    svg = shares({"targeted": 3, "specialist": 1}, "3 targeted, 1 specialist", width=100)

    (first,), (second,) = drawn(svg, "d-targeted"), drawn(svg, "d-specialist")
    assert (first["x"], first["width"], second["x"], second["width"]) == ("0.0", "75.0", "75.0", "25.0")


def test_an_empty_histogram_can_be_drawn() -> None:
    assert drawn(histogram([Group("0–14 days", 0, Colour.OK)], "Nobody waits"), "d-ok")[0]["width"] == "0.0"


@pytest.mark.parametrize(
    "svg",
    [
        wait_bar(1, 28, Colour.OK, 'A & "B" <c>'),
        contact_dots([], 'A & "B" <c>'),
        sparkline([1], 'A & "B" <c>', within=(0, 1)),
        shares({"targeted": 1}, 'A & "B" <c>'),
        histogram([Group("<a>", 1, Colour.OK)], 'A & "B" <c>'),
    ],
    ids=["bar", "dots", "sparkline", "shares", "histogram"],
)
def test_each_is_an_image_that_says_in_words_what_it_shows_and_has_no_style_or_script(svg: Markup) -> None:
    root = ElementTree.fromstring(svg)

    assert (root.get("role"), root.get("aria-label")) == ("img", 'A & "B" <c>')
    assert not re.search(r"style|script|onload|href", svg)
