"""All indicators by the strategy's priorities: latest, variation, the last 24 months, target, and whether it is met."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from services.reporting.dashboard.packs.first_figures import MAIN, PRIORITIES
from services.reporting.dashboard.queries.regional_figures import RegionalFigures
from services.reporting.dashboard.web.choice import Choice, Show
from services.reporting.dashboard.web.panel import Band, Head, Panel, PanelCell, Row, link, with_icon
from services.reporting.indicators.domain.indicator import Direction
from services.reporting.publication.domain.period_words import short_period
from services.reporting.variation.domain.said import (
    assurance_words,
    figure_words,
    of_words,
    point_words,
    value_words,
    variation_words,
)
from services.reporting.variation.domain.variation import Assurance, PointClass, Variation
from services.reporting.variation.web.sparkline import sparkline
from services.reporting.variation.web.symbol import assurance_icon, variation_icon
from shared.contracts.slug import locality_name

HEADS = (
    Head("Indicator"),
    Head("Priority", on_page=False),
    Head("Period", on_page=False),
    Head("Latest", "m-val", is_number=True),
    Head("of", "m-of"),
    Head("Variation", "m-var"),
    Head("Why", on_page=False),
    Head("Last 24", "m-spark", in_file=False),
    Head("Target", "m-tgt", is_number=True),
    Head("Will it be met?", "m-ass"),
    Head("To know", "m-team"),
    Head("Number", on_page=False),
    Head("Version", on_page=False),
    Head("Rule set", on_page=False),
)
_TOLD = (PointClass.BETTER, PointClass.WORSE, PointClass.CHANGED)

_SHOWS: dict[Show, Callable[[Variation], bool]] = {
    Show.MAIN: lambda said: said.indicator.number in MAIN,
    Show.ALL: lambda _: True,
    Show.CHANGED: lambda said: _kind(said) in _TOLD,
    Show.WORSE: lambda said: _kind(said) is PointClass.WORSE,
    Show.WILL_MISS: lambda said: said.assurance is Assurance.WILL_MISS,
    Show.NOT_JUDGED: lambda said: _kind(said) in (PointClass.NOT_JUDGED, PointClass.HIDDEN, PointClass.ABSENT, None),
}
_CHIPS = {
    Show.MAIN: "Main",
    Show.ALL: "All",
    Show.CHANGED: "Changed",
    Show.WORSE: "Worse",
    Show.WILL_MISS: "Will miss",
    Show.NOT_JUDGED: "Not judged",
}


@dataclass(frozen=True)
class Chip:
    """One of the choices, with how many there are."""

    words: str
    number: int
    href: str
    is_chosen: bool


def chips(figures: RegionalFigures, choice: Choice, path: str, usual: Show) -> list[Chip]:
    """Whichever of them is chosen, all say how many they would show."""
    return [
        Chip(
            words,
            sum(map(_SHOWS[show], figures.region())),
            f"{path}{replace(choice, show=show).query}#figures",
            show is (choice.show or usual),
        )
        for show, words in _CHIPS.items()
    ]


def matrix(figures: RegionalFigures, choice: Choice, usual: Show, numbers: Sequence[int] = ()) -> Panel:
    """The region's figures that the choice shows; with numbers, of those alone."""
    among = [said for said in figures.region() if not numbers or said.indicator.number in numbers]
    chosen = [said for said in among if _SHOWS[choice.show or usual](said)]
    rows: list[Row | Band] = []
    for priority, (words, tiers) in PRIORITIES.items():
        of_it = [said for said in chosen if said.indicator.priority == priority]
        if of_it:
            number = sum(said.indicator.priority == priority for said in among)
            rows.append(Band(f"Priority {priority}: {words}", f"{tiers} · {len(of_it)} of {number} shown"))
            rows += [_row(figures, choice, said) for said in of_it]
    return Panel(name="figures", title=_title(chosen), heads=HEADS, rows=rows, kind="r-matrix")


def _row(figures: RegionalFigures, choice: Choice, said: Variation) -> Row:
    indicator, latest = said.indicator, said.newest
    return [
        link(choice.indicator(indicator.number), indicator.name),
        indicator.priority,
        short_period(latest.point) if latest else "",
        value_words(latest, indicator.shape) if latest else "no data",
        _of(figures, said),
        with_icon(variation_icon(said), variation_words(said)),
        point_words(latest, indicator.shape) if latest else "",
        PanelCell(None, sparkline(f"spark-{indicator.number}", said)),
        target_words(said),
        assurance_cell(said),
        _to_know(figures, said),
        indicator.number,
        indicator.version,
        said.rules.name,
    ]


def assurance_cell(said: Variation, *, before: str = "") -> PanelCell:
    """The picture of the rule and its word; `before` is said first, such as the target."""
    less, words = said.indicator.direction is Direction.LESS, assurance_words(said.assurance)
    return with_icon(
        assurance_icon(said.assurance, less_is_better=less), f"{before}{words.lower()}" if before else words
    )


def target_words(said: Variation) -> str:
    return figure_words(Fraction(said.target.value), said.indicator.shape) if said.target else "–"


def _kind(said: Variation) -> PointClass | None:
    return said.latest.kind if said.latest else None


def _of(figures: RegionalFigures, said: Variation) -> str:
    """What the figure is of, and of when where that is not the page's month."""
    if said.newest is None:
        return ""
    point = said.newest.point
    of = of_words(point, said.indicator.shape)
    is_of_another_time = point.months[-1] != figures.month or len(point.months) > 1
    return ", ".join(
        filter(None, [of, short_period(point) if is_of_another_time else "", "so far" if said.latest is None else ""])
    )


def _to_know(figures: RegionalFigures, said: Variation) -> str:
    """Which teams stand out, and how many are hidden."""
    teams = figures.of_teams(said.indicator.number)
    told = [
        f"{locality_name(one.series.team)} {'high' if one.latest.hits[0].is_up else 'low'}"
        for one in teams
        if one.latest and one.latest.kind in _TOLD
    ]
    hidden = sum(_kind(one) is PointClass.HIDDEN for one in teams)
    if hidden and not told:
        return f"{hidden} of {len(teams)} teams hidden"
    return ", ".join(told[:2]) + (f" and {len(told) - 2} more" if len(told) > 2 else "")


def _title(chosen: Sequence[Variation]) -> str:
    told = [said for said in chosen if _kind(said) in _TOLD]
    if not chosen:
        return "There are no such figures"
    if not told:
        return "No figure stands out" if len(chosen) > 1 else "One figure, which does not stand out"
    worst = min(told, key=lambda said: _kind(said) is not PointClass.WORSE)
    words = f"{worst.indicator.name}: {variation_words(worst).lower()}"
    return f"{len(told)} of {len(chosen)} figures stand{'' if len(told) > 1 else 's'} out, such as {words}"
