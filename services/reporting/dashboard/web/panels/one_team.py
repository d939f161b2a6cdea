"""One team: its figures beside its own past, the other teams and the region."""

from collections.abc import Sequence

from services.reporting.dashboard.packs.first_figures import OF_A_TEAM
from services.reporting.dashboard.queries.regional_figures import RegionalFigures
from services.reporting.dashboard.web.choice import Choice
from services.reporting.dashboard.web.panel import Head, Panel, PanelCell, Row, link, with_icon
from services.reporting.dashboard.web.panels.matrix import assurance_cell, target_words
from services.reporting.dashboard.web.panels.teams import listed, team_cell
from services.reporting.publication.domain.period_words import short_period
from services.reporting.variation.domain.said import period_note, point_words, variation_words
from services.reporting.variation.domain.variation import PointClass, Variation
from services.reporting.variation.web.among import among
from services.reporting.variation.web.sparkline import sparkline
from services.reporting.variation.web.symbol import variation_icon
from shared.contracts.slug import locality_name

MOST = 10
OTHERS_NOTE = (
    "Other teams are not shown, nor is the region where it is of so few teams that one of theirs could be worked out."
)


def team_panel(figures: RegionalFigures, choice: Choice) -> Panel:
    """The first ten figures that are published of the team."""
    shown = [one for number in OF_A_TEAM if (one := figures.of(number, choice.team))][:MOST]
    name = locality_name(choice.team)
    return Panel(
        name="team",
        title=_title(shown),
        heads=(
            Head("Figure"),
            Head("Period", on_page=False),
            Head(name, "l-own", is_number=True),
            Head("Own past", "l-var"),
            Head("Why", on_page=False),
            Head("Last 24", "l-spark", in_file=False),
            Head("Among the teams", "l-strip", in_file=False),
            Head("Region", "l-reg", is_number=True),
            Head("Target", "l-tgt", is_number=True),
            Head("Will it be met?", "l-ass"),
            Head("Rule set", on_page=False),
        ),
        rows=[_row(figures, choice, said) for said in shown],
        kind="r-team",
        notes=(*_period_notes(shown), *([OTHERS_NOTE] if figures.reach.localities else ())),
    )


def _period_notes(shown: Sequence[Variation]) -> tuple[str, ...]:
    """Which of the figures are of quarters or years, and why."""
    named: dict[str, list[str]] = {}
    for said in shown:
        if note := period_note(said):
            named.setdefault(note, []).append(said.indicator.name)
    return tuple(f"{listed(names)}: {note[0].lower()}{note[1:]}" for note, names in named.items())


def _row(figures: RegionalFigures, choice: Choice, said: Variation) -> Row:
    number = said.indicator.number
    region, latest = figures.of(number), said.newest
    others = [one for one in figures.of_teams(number) if one is not said]
    return [
        link(choice.indicator(number, choice.team), said.indicator.name),
        short_period(latest.point) if latest else "",
        team_cell(said, is_plain=True),
        with_icon(variation_icon(said), variation_words(said)),
        point_words(latest, said.indicator.shape) if latest else "",
        PanelCell(None, sparkline(f"spark-{number}", said)),
        PanelCell(None, among(f"among-{number}", said, others, region) if region else ""),
        PanelCell("not shown") if region is None and figures.reach.localities else team_cell(region, is_plain=True),
        target_words(said),
        assurance_cell(said),
        said.rules.name,
    ]


def _title(shown: list[Variation]) -> str:
    kinds = [said.latest.kind for said in shown if said.latest]
    better, worse = kinds.count(PointClass.BETTER), kinds.count(PointClass.WORSE)
    if not shown:
        return "Nothing is published of this team yet"
    if not better and not worse:
        return f"As its own past in all of {len(shown)} figures" if len(shown) > 1 else "As its own past"
    return f"Better than its own past in {better or 'none'} of {len(shown)} figures, worse in {worse or 'none'}"
