"""Two teams beside each other: each beside its own past first, and whether chance alone can part them."""

from collections.abc import Sequence

from services.reporting.dashboard.packs.first_figures import OF_A_TEAM
from services.reporting.dashboard.queries.regional_figures import RegionalFigures
from services.reporting.dashboard.web.choice import Choice
from services.reporting.dashboard.web.panel import Head, Panel, PanelCell, Row, link, with_icon
from services.reporting.dashboard.web.panels.one_indicator import Multiple
from services.reporting.dashboard.web.panels.teams import HIDDEN_NOTE, standing_out, team_cell
from services.reporting.indicators.domain.indicator import Shape
from services.reporting.publication.domain.period_words import short_period
from services.reporting.variation.domain.apart import are_apart
from services.reporting.variation.domain.said import variation_words
from services.reporting.variation.domain.variation import Variation
from services.reporting.variation.web.sparkline import common_range, small_multiple
from services.reporting.variation.web.symbol import variation_icon
from shared.contracts.slug import locality_name

MOST = 10
CHANCE_NOTE = (
    "Beyond chance: the 95% intervals (Wilson) of two shares of the same period do not meet. It says nothing of why: "
    "teams differ in size, need and what they write down."
)


def shown_of(figures: RegionalFigures, choice: Choice) -> list[int]:
    """The first ten figures that are published of either."""
    return [n for n in OF_A_TEAM if figures.of(n, choice.team) or figures.of(n, choice.other)][:MOST]


def compare_panel(figures: RegionalFigures, choice: Choice) -> Panel:
    """A row for each figure; the region beside them where it is seen."""
    numbers = shown_of(figures, choice)
    places = (choice.team, choice.other)
    heads = [Head("Figure")]
    for team in places:
        name = locality_name(team)
        heads += [Head(name, "l-own", is_number=True), Head(f"{name}: period", on_page=False)]
        heads.append(Head(f"{name}: own past", "l-var"))
    heads += [Head("Apart?"), Head("Region", "l-reg", is_number=True), Head("Rule set", on_page=False)]
    return Panel(
        name="compare",
        title=_title(figures, places, numbers),
        sentence="A to Z is no rank: each is beside its own past first.",
        heads=heads,
        rows=[_row(figures, choice, number) for number in numbers],
        notes=(CHANCE_NOTE, HIDDEN_NOTE),
    )


def pairs(figures: RegionalFigures, choice: Choice) -> list[Multiple]:
    """Of each figure both teams, on one scale."""
    found: list[Multiple] = []
    for number in shown_of(figures, choice):
        both = [one for team in (choice.team, choice.other) if (one := figures.of(number, team))]
        within = common_range(both)
        for said in both:
            team = said.series.team
            name = f"{said.indicator.name}: {locality_name(team)}"
            drawing = small_multiple(f"pair-{number}-{team}", said, within, name)
            found.append(Multiple(name, choice.indicator(number, team), drawing, variation_words(said)))
    return found


def _row(figures: RegionalFigures, choice: Choice, number: int) -> Row:
    both = [figures.of(number, team) for team in (choice.team, choice.other)]
    there = [one for one in both if one]
    region = figures.of(number)
    cells: list[PanelCell | str] = [link(choice.indicator(number), there[0].indicator.name)]
    for said in both:
        latest = said.newest if said else None
        cells += [team_cell(said, is_plain=True), short_period(latest.point) if latest else ""]
        cells.append(with_icon(variation_icon(said), variation_words(said)) if said else "")
    is_kept_back = region is None and figures.reach.localities is not None
    cells += [_apart(both), PanelCell("not shown") if is_kept_back else team_cell(region, is_plain=True)]
    return [*cells, there[0].rules.name]


def _apart(both: Sequence[Variation | None]) -> str:
    one, other = both
    if one is None or other is None or one.indicator.shape is not Shape.SHARE:
        return "–"
    apart = are_apart(one, other)
    return "–" if apart is None else "Beyond chance" if apart else "Chance can do it"


def _title(figures: RegionalFigures, places: Sequence[str], numbers: Sequence[int]) -> str:
    if not numbers:
        return "Nothing is published of these two yet"
    said = [[one for number in numbers if (one := figures.of(number, team))] for team in places]
    if not any(_standing(of) for of in said):
        return f"Neither {locality_name(places[0])} nor {locality_name(places[1])} stands out from its own past"
    told = [f"{locality_name(team)} in {len(_standing(of)) or 'none'}" for team, of in zip(places, said, strict=True)]
    return f"Of {len(numbers)} figures stand out from their own past: {told[0]}, {told[1]}"


def _standing(several: Sequence[Variation]) -> list[Variation]:
    return [one for one in several if standing_out([one])]
