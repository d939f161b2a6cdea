"""Teams, A to Z: no rank, and no order by result. A team is compared with its own past first."""

from collections.abc import Sequence

from services.reporting.dashboard.packs.first_figures import TEAM_COLUMNS
from services.reporting.dashboard.queries.regional_figures import RegionalFigures
from services.reporting.dashboard.web.choice import Choice
from services.reporting.dashboard.web.freshness_words import freshness_words
from services.reporting.dashboard.web.panel import Head, Panel, PanelCell, Row, figure_of, link
from services.reporting.indicators.domain.indicator import Shape
from services.reporting.variation.domain.said import of_words, value_words, variation_words
from services.reporting.variation.domain.variation import PointClass, Variation
from services.reporting.variation.web.symbol import variation_icon
from shared.contracts.slug import locality_name

MOST_COLUMNS = 6
HIDDEN_NOTE = (
    "“hidden”: a small number, or one that would give a small number away. It never means none. "
    "Teams differ in size and need: compare a team with its own past first."
)
TOLD = (PointClass.BETTER, PointClass.WORSE, PointClass.CHANGED)


def team_table(figures: RegionalFigures, choice: Choice, numbers: Sequence[int] = TEAM_COLUMNS) -> Panel:
    """A row for each team; the first six of the figures that are published of the region, or of any of them."""
    whose = [[figures.of(number), *figures.of_teams(number)] for number in numbers]
    shown = [one for several in whose for one in [*filter(None, several)][:1]][:MOST_COLUMNS]
    heads = [Head("Team, A to Z")]
    for said in shown:
        name = said.indicator.name
        heads.append(Head(name, "t-figure", is_number=True))
        if said.indicator.shape is not Shape.COUNT:
            heads += [Head(f"{name}: number", on_page=False), Head(f"{name}: of", on_page=False)]
        heads.append(Head(f"{name}: variation", on_page=False))
    heads.append(Head("Last heard", "t-heard"))
    standing = [said for one in shown for said in figures.of_teams(one.indicator.number) if said in figures.of_today]
    return Panel(
        name="teams",
        title=_title(standing, figures),
        heads=heads,
        rows=[_row(figures, choice, shown, team) for team in figures.present_teams],
        kind="r-teams r-cards",
        notes=(HIDDEN_NOTE,),
    )


def team_cell(said: Variation | None, *, is_plain: bool = False) -> PanelCell:
    """What a team's latest figure is, and what it is of; with its symbol, unless that stands beside it."""
    if said is None or said.newest is None:
        return PanelCell("no data")
    latest, shape = said.newest, said.indicator.shape
    of = of_words(latest.point, shape).rpartition("of ")[2] if latest.value is not None else ""
    figure = value_words(latest, shape)
    return figure_of(figure, f"of {of}" if of else "", "" if is_plain else variation_icon(said))


def standing_out(several: Sequence[Variation]) -> list[str]:
    """Names of the places whose latest figure stands out, A to Z, each once."""
    found = {one.series.team for one in several if one.latest and one.latest.kind in TOLD}
    return sorted(locality_name(team) for team in found)


def listed(names: Sequence[str]) -> str:
    """`Barrow, Burnley and Preston`."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _row(figures: RegionalFigures, choice: Choice, shown: Sequence[Variation], team: str) -> Row:
    cells: list[PanelCell | str | int | None] = [link(choice.of_team(team), locality_name(team))]
    for one in shown:
        said = figures.of(one.indicator.number, team)
        cells.append(team_cell(said))
        if one.indicator.shape is not Shape.COUNT:
            point = said.newest.point if said and said.newest and said.newest.value is not None else None
            cells += [point.numerator if point else None, point.denominator if point else None]
        cells.append(variation_words(said) if said else "")
    heard = [freshness_words(item, figures.now).heard for item in figures.freshness if item.team == team]
    return [*cells, heard[0] if heard else "never"]


def _title(standing: Sequence[Variation], figures: RegionalFigures) -> str:
    names, is_of_all = standing_out(standing), figures.reach.localities is None
    if not names:
        return f"{'No team' if is_of_all else 'None of your teams'} stands out from its own past"
    stand = "stand" if len(names) > 1 else "stands"
    if not is_of_all and len(names) == len(figures.present_teams):
        return f"{listed(names)} {stand} out"
    return f"{listed(names)} {stand} out; {'the' if is_of_all else 'your'} other teams vary as usual"
