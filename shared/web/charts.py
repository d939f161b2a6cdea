"""Charts with the same figures four times: a sentence, a drawing, a table and a file.

    chart = bar_chart("families", "Families a month", months, [Series("Blackpool", counts)], unit="families")
    {% from "chart.html" import figure %}{{ figure(chart, csv="/families.csv") }}

A figure that is not published is None: it has no bar, and the table says "fewer than 5", or what `hidden` says.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from shared.web.svg import Svg, axis_steps

_WIDTH, _HEIGHT = 720, 340
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 8, 16, 44
_TOP_WITH_LEGEND = 44
_LEGEND_STEP = 170
_MOST_LABELS = 8
_FILLED = 0.8
"""Of the width that each group of bars has."""
_MOST_SERIES = 5
"""As many as `static/charts.css` has colours that can be told apart."""

Figure = float | None


@dataclass(frozen=True)
class Series:
    """One row of bars of one colour."""

    name: str
    figures: Sequence[Figure]


@dataclass(frozen=True)
class Chart:
    """What `templates/chart.html` shows. A row of the table is a label and a figure for each series."""

    name: str
    title: str
    sentence: str
    drawing: Markup
    columns: list[str]
    rows: list[list[str]]


class DoesNotFit(ValueError):
    """The series do not have one figure for each label, or there are more than the chart has colours for."""


def bar_chart(  # noqa: PLR0913 - all but three by name
    name: str,
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    unit: str,
    first_column: str = "Month",
    stacked: bool = False,
    hidden: str = "fewer than 5",
    sentence: str | None = None,
) -> Chart:
    """Bars by label, side by side or, if stacked, on top of each other.

    Args:
        name: starts the ids on the page; small letters and hyphens.
        labels: along the bottom.
        unit: what is counted, in the plural.
        hidden: what the table says for a figure that is None.
        sentence: what the figures say, where the caller knows more than the last and the highest one.

    Raises:
        DoesNotFit: see there.
    """
    if not 1 <= len(series) <= _MOST_SERIES or any(len(one.figures) != len(labels) for one in series):
        raise DoesNotFit(name)
    sentence = sentence or _sentence(labels, series, unit)
    return Chart(
        name=name,
        title=title,
        sentence=sentence,
        drawing=_draw(Svg(name, title, sentence, width=_WIDTH, height=_HEIGHT), labels, series, stacked=stacked),
        columns=[first_column, *(one.name for one in series)],
        rows=[
            [label, *(hidden if one.figures[place] is None else f"{one.figures[place]:g}" for one in series)]
            for place, label in enumerate(labels)
        ],
    )


def _sentence(labels: Sequence[str], series: Sequence[Series], unit: str) -> str:
    """What the figures say, from the same figures."""
    if not labels:
        return f"There are no {unit} yet."
    if len(series) == 1:
        return f"{labels[-1]}: {_in_words(series[0].figures[-1], unit)}.{_highest(labels, series[0])}"
    parts = [f"{one.name} {_in_words(one.figures[-1])}" for one in series]
    return f"{labels[-1]}, {unit}: {', '.join(parts)}."


def _highest(labels: Sequence[str], one: Series) -> str:
    known = [(figure, label) for figure, label in zip(one.figures, labels, strict=True) if figure is not None]
    if len(known) < 2:
        return ""
    figure, label = max(known, key=lambda pair: pair[0])
    return f" The most was {figure:g}, in {label}."


def _in_words(figure: Figure, unit: str = "") -> str:
    return "too few to show" if figure is None else f"{figure:g} {unit}".rstrip()


def _draw(svg: Svg, labels: Sequence[str], series: Sequence[Series], *, stacked: bool) -> Markup:
    steps = axis_steps(_highest_bar(series, stacked=stacked))
    top = _TOP if len(series) == 1 else _TOP_WITH_LEGEND
    scale = (_HEIGHT - top - _BOTTOM) / steps[-1]
    floor = _HEIGHT - _BOTTOM
    for step in steps:
        y = floor - step * scale
        svg.line((_LEFT, y), (_WIDTH - _RIGHT, y), kind="grid" if step else "axis")
        svg.text((_LEFT - 8, y + 5), f"{step:g}", anchor="end")
    group = (_WIDTH - _LEFT - _RIGHT) / max(len(labels), 1)
    every = -(-len(labels) // _MOST_LABELS) or 1
    for place, label in enumerate(labels):
        left = _LEFT + group * place + group * (1 - _FILLED) / 2
        _draw_group(svg, (left, floor, group * _FILLED, scale), (label, place), series, stacked=stacked)
        if place % every == 0:
            svg.text((left + group * _FILLED / 2, floor + 22), label, anchor="middle")
    _draw_legend(svg, series)
    return svg.finished()


def _draw_group(
    svg: Svg,
    area: tuple[float, float, float, float],
    where: tuple[str, int],
    series: Sequence[Series],
    *,
    stacked: bool,
) -> None:
    (left, floor, width, scale), (label, place) = area, where
    bar_width = width if stacked else width / len(series)
    below = 0.0
    for number, one in enumerate(series):
        figure = one.figures[place]
        if figure is None:
            continue
        x = left if stacked else left + bar_width * number
        height = figure * scale
        says = f"{one.name}, {label}: {figure:g}"
        svg.bar((x, floor - below - height), (bar_width, height), kind=f"series-{number + 1}", says=says)
        below += height if stacked else 0


def _draw_legend(svg: Svg, series: Sequence[Series]) -> None:
    if len(series) == 1:
        return
    step = min(_LEGEND_STEP, (_WIDTH - _LEFT) / len(series))
    for number, one in enumerate(series):
        x = _LEFT + number * step
        svg.bar((x, 8), (16, 16), kind=f"series-{number + 1}", says=one.name)
        svg.text((x + 22, 22), one.name)


def _highest_bar(series: Sequence[Series], *, stacked: bool) -> float:
    columns = zip(*([figure or 0 for figure in one.figures] for one in series), strict=True)
    return max((sum(column) if stacked else max(column) for column in columns), default=0)
