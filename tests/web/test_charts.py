import re
from xml.etree import ElementTree

import pytest

from shared.web.charts import DoesNotFit, Series, bar_chart
from shared.web.svg import axis_steps

MONTHS = ["January 2026", "February 2026", "March 2026"]


def bars(drawing: str) -> list[str]:
    return re.findall(r"<rect[^>]*><title>([^<]*)</title>", drawing)


def test_the_sentence_the_drawing_and_the_table_have_the_same_figures() -> None:
    chart = bar_chart("referrals", "Referrals", MONTHS, [Series("Blackpool", [4, 7, 5])], unit="referrals")

    assert chart.sentence == "March 2026: 5 referrals. The most was 7, in February 2026."
    assert chart.columns == ["Month", "Blackpool"]
    assert chart.rows == [["January 2026", "4"], ["February 2026", "7"], ["March 2026", "5"]]
    assert bars(chart.drawing) == [
        "Blackpool, January 2026: 4",
        "Blackpool, February 2026: 7",
        "Blackpool, March 2026: 5",
    ]


def test_a_figure_that_is_not_published_is_nowhere() -> None:
    chart = bar_chart(
        "tiers", "Tiers", MONTHS, [Series("Universal", [None, 12, None]), Series("Risk", [9, 9, 9])], unit="families"
    )

    assert chart.rows[0] == ["January 2026", "fewer than 5", "9"]
    assert chart.sentence == "March 2026, families: Universal too few to show, Risk 9."
    assert not any("Universal, January" in bar for bar in bars(chart.drawing))


def test_stacked_bars_stand_on_each_other_and_the_axis_holds_their_sum() -> None:
    chart = bar_chart(
        "tiers", "Tiers", ["March"], [Series("One", [30]), Series("Two", [70])], unit="families", stacked=True
    )

    (x1, y1, height1), (x2, y2, height2) = (
        tuple(float(number) for number in found)
        for found in re.findall(
            r'x="([\d.]+)" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"><title>(?:One|Two), ', chart.drawing
        )
    )
    assert x1 == x2
    assert y2 + height2 == pytest.approx(y1, abs=0.2)
    assert height2 / height1 == pytest.approx(70 / 30, rel=0.01)
    assert y2 == pytest.approx(44, abs=0.2)


def test_a_drawing_is_well_formed_says_what_it_shows_and_has_no_style() -> None:
    chart = bar_chart("x", 'A & "B" <c>', ["<m>"], [Series("<script>", [1]), Series("b", [2])], unit="things")

    root = ElementTree.fromstring(chart.drawing)
    assert root.findtext("title") == 'A & "B" <c>'
    assert root.findtext("desc") == chart.sentence
    assert root.attrib["aria-labelledby"] == "x-title x-description"
    assert "style=" not in chart.drawing
    assert "<script>" not in chart.drawing


def test_nothing_counted_yet_is_said_so() -> None:
    assert (
        bar_chart("x", "X", [], [Series("Blackpool", [])], unit="referrals").sentence == "There are no referrals yet."
    )


@pytest.mark.parametrize("series", [[], [Series("a", [1])], [Series(str(number), [1, 2]) for number in range(6)]])
def test_series_that_do_not_fit_the_labels_or_the_colours_are_refused(series: list[Series]) -> None:
    with pytest.raises(DoesNotFit):
        bar_chart("x", "X", ["a", "b"], series, unit="things")


@pytest.mark.parametrize(
    ("highest", "steps"),
    [(0, [0, 1]), (3, [0, 1, 2, 3]), (7, [0, 2, 4, 6, 8]), (100, [0, 20, 40, 60, 80, 100]), (101, [0, 50, 100, 150])],
)
def test_the_axis_has_round_numbers_up_to_the_highest_bar(highest: float, steps: list[float]) -> None:
    assert axis_steps(highest) == steps
