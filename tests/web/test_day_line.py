"""A figure day by day: where its line goes, and what it says to whoever does not see it."""

from datetime import date, timedelta
from xml.etree import ElementTree

from markupsafe import Markup

from shared.web.day_line import DayLine, LineSize

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 11)
SIZE = LineSize(width=162, height=136, left=50)
"""A day is 10 wide, and a figure as high as it is."""


def a_line() -> DayLine:
    return DayLine(FIRST, LAST, lowest=-80, highest=20, size=SIZE)


def drawn(line: DayLine) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(line.drawn("All of it")))


def test_a_day_on_which_it_jumps_stands_upright_and_a_small_step_is_a_slope() -> None:
    line = a_line()
    days = {0: 0, 1: -60, 2: -60, 3: -55}
    line.steps({FIRST + timedelta(day): figure for day, figure in days.items()}, "step")

    [path] = drawn(line)
    assert path.get("d") == "M50.0 32.0 H60.0 V92.0 L70.0 92.0 L80.0 87.0"


def test_what_is_too_low_is_shaded_from_its_limit_down() -> None:
    line = a_line()
    line.below(-60, "behind")

    shade, limit, words = drawn(line)
    assert (shade.get("y"), shade.get("height"), limit.get("y1"), words.text) == ("92.0", "20.0", "92.0", "behind")


def test_days_outside_of_it_are_cut_off_or_left_out() -> None:
    line = a_line()
    line.stretch(FIRST - timedelta(30), FIRST + timedelta(2), "leave")
    line.stretch(FIRST - timedelta(30), FIRST - timedelta(20), "leave")

    shade, _ = drawn(line)
    assert (shade.get("x"), shade.get("width")) == ("50.0", "20.0")


def test_labels_stay_inside_and_words_that_came_in_are_escaped() -> None:
    line = a_line()
    line.height(0, "level", is_drawn=True)
    line.moment(FIRST, "1 Mar")
    line.moment(LAST, "<b>", is_drawn=True)
    line.dot(FIRST, 0, "dot")
    line.note(LAST, 0, "ahead", "bold", is_above=True)
    svg = line.drawn('"All" of it', "wide")

    assert isinstance(svg, Markup)
    assert 'aria-label="&quot;All&quot; of it"' in svg
    assert "<b>" not in svg
    anchors = [one.get("text-anchor") for one in ElementTree.fromstring(svg) if one.text]
    assert anchors == ["end", "start", "end", "end"]
