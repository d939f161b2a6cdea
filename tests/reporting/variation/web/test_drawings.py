"""Drawings of figures: no two words lie over each other, nothing that is hidden is drawn, and shapes differ."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from services.reporting.indicators.domain.indicator import Direction
from services.reporting.indicators.packs.referral import DECIDED_IN_TIME, REFERRALS_RECEIVED
from services.reporting.variation.domain.funnel import Scale, TeamTotal, funnel
from services.reporting.variation.domain.variation import Assurance, PointClass, variation_of
from services.reporting.variation.web.among import among
from services.reporting.variation.web.bar_drawing import Bar, lines
from services.reporting.variation.web.flow_drawing import Flow, flow_drawing
from services.reporting.variation.web.funnel_chart import funnel_chart
from services.reporting.variation.web.label import Box, Spot, box_of
from services.reporting.variation.web.plot import round_steps
from services.reporting.variation.web.sparkline import common_range, small_multiple, sparkline
from services.reporting.variation.web.symbol import assurance_icon, kind_icon
from services.reporting.variation.web.xmr_chart import NARROW, WIDE, Format, xmr_chart
from shared.web.picture import png_file, svg_file
from tests.reporting.variation.a_region import SHARE, STEP, TEAMS, a_series, a_variation

SIZES = {"x-xs": 11.0, "x-s": 12.0, "x-t": 13.0, "x-b": 13.0}


def boxes_in(drawing: str) -> Iterator[tuple[str, Box]]:
    for one in ET.fromstring(drawing).iter("text"):
        kind, words = one.attrib["class"], one.text or ""
        spot = Spot(float(one.attrib["x"]), float(one.attrib["y"]), one.attrib["text-anchor"])
        yield words, box_of(words, spot, SIZES[kind], bold=kind == "x-b")


def faults_in(drawing: str) -> list[str]:
    """Labels that lie over another, or reach out of the drawing."""
    _, _, width, height = (float(one) for one in ET.fromstring(drawing).attrib["viewBox"].split())
    boxes = list(boxes_in(drawing))
    over = [f"{a} over {b}" for (a, one), (b, other) in combinations(boxes, 2) if one.meets(other)]
    out = [words for words, box in boxes if min(box.left, box.top) < -1 or box.right > width or box.bottom > height]
    return over + out


@pytest.mark.parametrize("form", [WIDE, NARROW], ids=lambda form: form.name)
def test_no_two_words_of_a_chart_lie_over_each_other_and_none_leaves_it(form: Format) -> None:
    for seed in range(60):
        said = a_variation(seed, months=2 + seed % 40, steps=(STEP,) if seed % 2 else ())
        notes = [(place, str(mark)) for mark, place in enumerate(range(seed % 7, len(said.points), 5), 1)]
        assert faults_in(xmr_chart("one", said, form, notes)) == [], seed


def test_a_chart_says_what_is_usual_what_the_target_is_and_since_when_limits_are_new() -> None:
    words = {said for said, _ in boxes_in(xmr_chart("one", a_variation(3), WIDE))}

    assert {"target 80%", "New limits, Sep 2025"} <= words
    assert any(one.startswith("average ") for one in words)
    assert any(one.startswith("upper limit ") and one.endswith("(trial)") for one in words)


def test_a_hidden_month_is_a_gap_and_a_stub_on_the_axis_and_never_a_zero() -> None:
    said = variation_of(DECIDED_IN_TIME, a_series([60, 61, None, 62, 63]))
    drawing = xmr_chart("one", said, WIDE)
    [line] = re.findall(r'class="x-line" d="([^"]+)"', drawing)

    assert line.count("M") == 2
    assert drawing.count('class="x-hidden"') == 1
    assert "hidden: small, or it would give a small number away" in drawing
    assert drawing.count("<circle") == 4


def test_a_month_that_is_not_finished_is_an_open_circle_at_the_end_of_a_dotted_line() -> None:
    drawing = xmr_chart("one", variation_of(DECIDED_IN_TIME, a_series([60, 61, 62])), WIDE)

    assert drawing.count('class="v-open"') == drawing.count('class="x-next"') == 1


def test_a_drawing_has_classes_and_attributes_only() -> None:
    said = a_variation(5)
    for drawing in (xmr_chart("one", said, WIDE), sparkline("s", said), small_multiple("m", said, (0, 100), "Barrow")):
        assert "style=" not in drawing
        assert "<script" not in drawing


def test_small_multiples_stand_on_one_scale() -> None:
    several = [a_variation(seed, team=team) for seed, team in enumerate(TEAMS)]
    within = common_range(several)

    assert within[0] <= min(float(one.value) for said in several for one in said.points[-24:] if one.value is not None)
    for said in several:
        assert faults_in(small_multiple(said.series.team, said, within, said.series.team)) == []


def test_a_sparkline_has_a_symbol_for_what_is_not_usual_and_the_target_dashed() -> None:
    drawing = sparkline("s", a_variation(4))

    assert 'class="x-cut"' in drawing
    assert "<text" not in drawing


def a_funnel(seed: int = 0) -> str:
    totals = [TeamTotal(team, (40 + 7 * (seed + place) % 40) * 4, 400 + 90 * place) for place, team in enumerate(TEAMS)]
    found = funnel(Scale.SHARE, [*totals, TeamTotal("Rossendale", 90, 90), TeamTotal("Ribble", 1, 300)])
    assert found
    names = {total.team: total.team for total in found.totals}
    told = {"title": "Two teams stand out", "sentence": "Of twelve.", "unit": "families in 12 months"}
    return funnel_chart("f", found, names=names, direction=Direction.MORE, **told)


def test_a_funnel_names_its_teams_without_a_word_over_another() -> None:
    for seed in range(20):
        assert faults_in(a_funnel(seed)) == [], seed


def test_a_funnel_shows_both_pairs_of_limits_when_they_are_widened() -> None:
    drawing = a_funnel()

    assert drawing.count('class="x-fw"') == 4
    assert drawing.count('class="x-f99"') == drawing.count('class="x-f95"') == 2


def test_bars_say_their_number_or_that_it_is_hidden() -> None:
    bars = [Bar("Health visiting", 27, aside="54% of 50"), Bar("Midwifery", None), Bar("Neonatal unit", 9)]
    drawing = lines("n", ("Who referred", "Of 36."), bars)

    assert [words for words, _ in boxes_in(drawing)] == [
        *("Health visiting", "27", "54% of 50", "Midwifery", "hidden", "Neonatal unit", "9"),
    ]
    assert 'width="0.0"' in drawing
    assert faults_in(drawing) == []


def test_a_flow_is_as_wide_as_its_families_and_what_is_hidden_is_in_none() -> None:
    tiers = ["Universal", "Targeted", "Specialist"]
    flows = [Flow("Targeted", "Specialist", 12, is_up=True), Flow("Targeted", "Universal", 52, is_up=False)]
    drawing = flow_drawing("f", ("Flow", "Of 64."), flows, tiers)

    assert [words for words, _ in boxes_in(drawing)] == ["64", "Targeted", "52", "Universal", "12", "Specialist"]
    assert faults_in(drawing) == []
    assert flow_drawing("f", ("Flow", "None."), [], tiers).count("<path") == 0


def test_one_team_among_the_others_is_named_and_the_others_are_ticks() -> None:
    others = [a_variation(seed) for seed in range(1, 8)]
    drawing = among("a", a_variation(3), others, a_variation(2))

    assert drawing.count('class="x-tick"') == sum(bool(one.latest and one.latest.value is not None) for one in others)
    assert faults_in(drawing) == []


def test_every_class_of_a_point_has_a_shape_of_its_own() -> None:
    shapes = {kind: re.sub(r'class="[^"]*"', "", kind_icon(kind)) for kind in PointClass}
    same = {PointClass.HIDDEN, PointClass.NOT_JUDGED}

    assert len({shape for kind, shape in shapes.items() if kind not in same}) == len(PointClass) - len(same)


def test_assurance_is_a_picture_of_the_rule_turned_over_where_less_is_better() -> None:
    miss, miss_of_less = (assurance_icon(Assurance.WILL_MISS, less_is_better=less) for less in (False, True))
    meet = assurance_icon(Assurance.WILL_MEET, less_is_better=False)

    assert ("M0 4H26" in miss, "M0 16H26" in miss_of_less, "M0 16H26" in meet) == (True, True, True)


@pytest.mark.parametrize(
    ("low", "high", "steps"),
    [(0, 100, [0, 20, 40, 60, 80, 100]), (52.6, 80, [55, 60, 65, 70, 75, 80]), (0, 2, [0, 0.5, 1, 1.5, 2])],
)
def test_round_numbers_stand_beside_a_chart(low: float, high: float, steps: list[float]) -> None:
    assert round_steps(low, high, most=6 if low == 52.6 else 5) == steps


def test_a_series_with_nothing_in_it_is_an_empty_chart() -> None:
    said = variation_of(replace(REFERRALS_RECEIVED, targets=()), a_series([]))

    assert faults_in(xmr_chart("one", said, WIDE)) == []
    assert "No data yet" in xmr_chart("one", said, WIDE)


async def test_a_drawing_is_taken_along_as_svg_with_its_look_and_as_png_made_without_a_browser() -> None:
    drawing = xmr_chart("one", a_variation(3), WIDE)
    alone, picture = svg_file(drawing), await png_file(drawing)

    assert ET.fromstring(alone).tag == "{http://www.w3.org/2000/svg}svg"
    assert ".v-good { fill: #005eb8; }" in alone
    assert picture.startswith(b"\x89PNG")
    assert SHARE.name not in picture.decode("latin-1")
