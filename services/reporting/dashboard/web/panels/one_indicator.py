"""One figure: its chart with the same months as a table, its teams on one scale, and its definition."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from services.reporting.dashboard.domain.chart_note import ChartNote
from services.reporting.dashboard.queries.regional_figures import RegionalFigures
from services.reporting.dashboard.web.choice import Choice
from services.reporting.dashboard.web.panel import Head, Panel, PanelCell, Row, link, with_icon
from services.reporting.dashboard.web.panels.teams import listed, standing_out
from services.reporting.indicators.domain.indicator import Indicator, Shape
from services.reporting.publication.domain.period_words import period_words, short_period
from services.reporting.variation.domain.said import (
    bound_note,
    limit_words,
    of_words,
    period_note,
    point_words,
    sentence,
    title,
    value_words,
    variation_words,
)
from services.reporting.variation.domain.variation import Group, JudgedPoint, PointClass, Variation
from services.reporting.variation.web.sparkline import common_range, small_multiple
from services.reporting.variation.web.symbol import kind_icon, variation_icon
from services.reporting.variation.web.xmr_chart import NARROW, WIDE, xmr_chart
from shared.contracts.slug import locality_name
from shared.kernel.calendar import date_words, month_words

_NUMBERS = (Head("Number", is_number=True), Head("of", is_number=True))
_ACROSS = 6
_SMALL = (206, 128)
"""Width and height of one of several drawings on a picture, its name included."""


@dataclass(frozen=True)
class Multiple:
    """One team among others."""

    name: str
    href: str
    drawing: Markup
    says: str


@dataclass(frozen=True)
class Marked:
    """A note under a chart, with the mark that it has in it."""

    mark: str
    note: ChartNote


def marked(figures: RegionalFigures, said: Variation) -> list[Marked]:
    """The latest first."""
    notes = sorted(figures.notes_of(said), key=lambda note: note.month)
    return [Marked(str(place), note) for place, note in enumerate(notes, 1)][::-1]


def chart_panel(figures: RegionalFigures, said: Variation) -> Panel:
    """The chart of one series, and all of its points as a table, the latest first."""
    notes = marked(figures, said)
    places = [
        (place, one.mark)
        for one in notes
        for place, judged in enumerate(said.points)
        if one.note.month in judged.point.months
    ]
    name = f"chart-{said.indicator.number}"
    return Panel(
        name="chart",
        title=title(said),
        sentence=sentence(said),
        drawing=xmr_chart(name, said, WIDE, places),
        narrow=xmr_chart(name, said, NARROW, places),
        heads=(
            Head("Period"),
            Head("Figure", is_number=True),
            *(() if said.indicator.shape is Shape.COUNT else _NUMBERS),
            Head("Rule"),
            Head("Note", "r-opt", on_page=bool(notes)),
            *(Head(name, on_page=False) for name in ("Finished", "Average", "Lower limit", "Upper limit", "Target")),
            *(Head(name, on_page=False) for name in ("Indicator", "Team", "Version", "Rule set")),
        ),
        rows=[_row(said, group, one, notes) for group in said.groups for one in group.points][::-1],
        kind="r-plain",
        notes=tuple(filter(None, [bound_note(said), period_note(said)])),
    )


def _row(said: Variation, group: Group, one: JudgedPoint, notes: Sequence[Marked]) -> Row:
    shape, point, limits = said.indicator.shape, one.point, group.limits
    icon = kind_icon(one.kind, is_up=one.hits[0].is_up if one.hits else None)
    numbers: list[int | None] = []
    if shape is not Shape.COUNT:
        is_shown = one.value is not None
        numbers = [point.numerator if is_shown else None, point.denominator if is_shown else None]
    target = said.indicator.target(point.starts)
    return [
        short_period(point),
        value_words(one, shape),
        *numbers,
        with_icon(icon, point_words(one, shape)),
        "; ".join(note.note.words for note in notes if note.note.month in point.months),
        "yes" if point.is_finished else "no",
        *([limit_words(x, shape) for x in (limits.mean, limits.lower, limits.upper)] if limits else [""] * 3),
        f"{target.value:g}" if target else "",
        said.indicator.name,
        locality_name(said.series.team) if said.series.team else "Whole region",
        said.indicator.version,
        said.rules.name,
    ]


def multiples(figures: RegionalFigures, choice: Choice, number: int) -> list[Multiple]:
    """Teams, A to Z, on one scale."""
    teams = figures.of_teams(number)
    within = common_range(teams)
    return [
        Multiple(
            locality_name(said.series.team),
            choice.indicator(number, said.series.team),
            small_multiple(f"team-{said.series.team}", said, within, locality_name(said.series.team)),
            _says(said),
        )
        for said in teams
    ]


def teams_panel(figures: RegionalFigures, choice: Choice, number: int) -> Panel:
    """The teams' latest figures as a table, and all their drawings as one picture."""
    teams = figures.of_teams(number)
    names = standing_out(teams)
    told = f"{listed(names)} stand{'' if len(names) > 1 else 's'} out"
    told += f" among {len(teams)} teams" if len(teams) > 1 else " from its own past"
    nobody = "None of {} teams stands" if len(teams) > 1 else "The team does not stand"
    return Panel(
        name="teams",
        title=told if names else f"{nobody.format(len(teams))} out from its own past",
        sentence="The last 24 periods of each team, on one scale, teams A to Z.",
        heads=(
            Head("Team"),
            Head("Period"),
            Head("Figure", is_number=True),
            Head("of", is_number=True),
            Head("Variation"),
            Head("Why"),
        ),
        rows=[_team_row(said, choice) for said in teams],
        drawing=_together(multiples(figures, choice, number)),
    )


def _team_row(said: Variation, choice: Choice) -> Row:
    latest, shape = said.newest, said.indicator.shape
    name = link(choice.indicator(said.indicator.number, said.series.team), locality_name(said.series.team))
    if latest is None:
        return [name, "", "no data", "", "", ""]
    return [
        name,
        period_words(latest.point),
        value_words(latest, shape),
        of_words(latest.point, shape) if latest.value is not None else "",
        with_icon(variation_icon(said), variation_words(said)),
        point_words(latest, shape),
    ]


def _says(said: Variation) -> str:
    latest = said.newest
    if latest is None:
        return "no data"
    of = of_words(latest.point, said.indicator.shape)
    hidden = sum(one.kind is PointClass.HIDDEN for one in said.points)
    figure = value_words(latest, said.indicator.shape)
    first = f"{figure}, {of}" if of and latest.value is not None else figure
    gaps = f"; {hidden} hidden" if hidden else ""
    return f"{first}: {variation_words(said).lower()}{gaps}" if latest.value is not None else f"{figure}{gaps}"


def _together(several: Sequence[Multiple]) -> Markup | None:
    """As one drawing, for a picture."""
    if not several:
        return None
    width, height = _SMALL
    rows = -(-len(several) // _ACROSS)
    size = f"0 0 {width * min(_ACROSS, len(several))} {height * rows}"
    parts = [f'<svg class="x-chart" viewBox="{size}" role="img" aria-label="Teams on one scale">']
    for place, one in enumerate(several):
        x, y = width * (place % _ACROSS), height * (place // _ACROSS)
        parts.append(str(Markup('<text class="x-b" x="{}" y="{}">{}</text>').format(x + 34, y + 14, one.name)))
        parts.append(str(one.drawing).replace("<svg ", f'<svg x="{x}" y="{y + 20}" width="206" height="104" ', 1))
    return Markup("".join([*parts, "</svg>"]))  # noqa: S704 - each was escaped on its way


def definition(indicator: Indicator) -> list[tuple[str, str]]:
    """What it counts, in words."""
    targets = "; ".join(
        f"{target.value:g} from {month_words(target.holds_from)}{f' ({target.source})' if target.source else ''}"
        for target in sorted(indicator.targets, key=lambda target: target.holds_from, reverse=True)
    )
    told = [
        ("Counted", indicator.numerator),
        ("Of", indicator.denominator or ""),
        ("Time", indicator.time),
        ("Direction", indicator.direction.words),
        ("Why", indicator.why),
        ("Target", targets or "None is set"),
        ("Owner", f"{indicator.owner}; checked by {indicator.checked_by[0].lower()}{indicator.checked_by[1:]}"),
        ("Version", f"{indicator.version}, from {date_words(indicator.valid_from)}"),
        ("Next review", date_words(indicator.next_review)),
    ]
    return [(term, words) for term, words in told if words]


def hidden_of(figures: RegionalFigures, number: int) -> tuple[int, int]:
    """How many of the teams' points are hidden, and how many there are."""
    points = [one for said in figures.of_teams(number) for one in said.points]
    return sum(one.kind is PointClass.HIDDEN for one in points), len(points)


def legend(said: Variation) -> list[PanelCell]:
    """The symbols that the chart has."""
    words = {
        PointClass.ORDINARY: "ordinary",
        PointClass.BETTER: "better",
        PointClass.WORSE: "worse",
        PointClass.CHANGED: "changed, neither good nor bad",
        PointClass.UNFINISHED: "not finished, never judged",
    }
    there = {one.kind for one in said.points}
    return [with_icon(kind_icon(kind), word) for kind, word in words.items() if kind in there]
