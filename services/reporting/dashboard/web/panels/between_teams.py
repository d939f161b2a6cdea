"""A year of every team in a funnel: whether teams differ more than chance, before any is named."""

from collections.abc import Sequence
from datetime import date

from services.reporting.dashboard.domain.year import points_of_year
from services.reporting.dashboard.queries.regional_figures import RegionalFigures
from services.reporting.dashboard.web.panel import Head, Panel, Row
from services.reporting.dashboard.web.panels.teams import listed
from services.reporting.indicators.domain.indicator import Indicator, Shape
from services.reporting.publication.domain.published_point import PublishedPoint
from services.reporting.publication.domain.suppression import SMALLEST_TELLING_DENOMINATOR
from services.reporting.variation.domain.funnel import FEWEST_TEAMS, Funnel, Scale, Standing, TeamTotal, funnel
from services.reporting.variation.domain.interval import poisson_interval, wilson
from services.reporting.variation.domain.variation import Variation
from services.reporting.variation.web.funnel_chart import figure_of, funnel_chart, standing_words
from shared.contracts.slug import locality_name

_SCALES = {Shape.SHARE: Scale.SHARE, Shape.RATE: Scale.RATE}


def funnel_panel(figures: RegionalFigures, indicator: Indicator) -> Panel | None:
    """None for what is no share and no rate, where fewer than two teams are shown, or not all may be."""
    scale, month = _SCALES.get(indicator.shape), figures.month
    if scale is None or month is None or indicator.is_mix or figures.reach.localities is not None:
        return None
    totals = [total for said in figures.of_teams(indicator.number) if (total := year_of(said, month))]
    found = funnel(scale, totals)
    if found is None:
        return None
    told = _title(found), _sentence(found, len(figures.teams))
    drawing = None
    if found.is_of_one_thing:
        names = {total.team: locality_name(total.team) for total in found.totals}
        unit = f"{indicator.denominator or 'size'}: 12 months"
        drawing = funnel_chart(
            f"funnel-{indicator.number}",
            found,
            names=names,
            direction=indicator.direction,
            title=told[0],
            sentence=told[1],
            unit=unit,
        )
    return Panel(
        name="funnel",
        title=told[0],
        sentence=told[1],
        heads=(
            Head("Team"),
            Head("Figure", is_number=True),
            Head("Number", is_number=True),
            Head("of", is_number=True),
            Head("95% interval", is_number=True),
            Head("Beside the region"),
        ),
        rows=[_row(found, total) for total in found.totals],
        drawing=drawing,
    )


def year_of(said: Variation, month: date) -> TeamTotal | None:
    """What is shown of the twelve months to that one; of what is counted at a month's end, the latest.

    None for a share of more than all: no chance can explain it, and it is asked about (`domain/question`).
    """
    in_it = [point for point in points_of_year(said.indicator, said.series, month) if _is_shown(point)]
    number = sum(point.numerator or 0 for point in in_it)
    of = sum(point.denominator or 0 for point in in_it)
    is_more_than_all = said.indicator.shape is Shape.SHARE and number > of
    return TeamTotal(said.series.team, number, of) if of and not is_more_than_all else None


def _is_shown(point: PublishedPoint) -> bool:
    return point.why_hidden is None and point.numerator is not None and point.denominator is not None


def _row(found: Funnel, total: TeamTotal) -> Row:
    return [
        locality_name(total.team),
        figure_of(found.scale, total.number / total.of),
        total.number,
        total.of,
        _interval(found, total),
        standing_words(found.standing(total)) if found.is_of_one_thing else "not compared",
    ]


def _interval(found: Funnel, total: TeamTotal) -> str:
    if total.of < SMALLEST_TELLING_DENOMINATOR:
        return "too few"
    if found.scale is Scale.SHARE:
        low, high = wilson(total.number, total.of)
    else:
        low, high = (end / total.of for end in poisson_interval(total.number))
    return f"{figure_of(found.scale, low)} to {figure_of(found.scale, high)}"


def _title(found: Funnel) -> str:
    if not found.is_of_one_thing:
        return "Teams differ too much to be compared: they may not count the same thing"
    sides: dict[Standing, Sequence[str]] = {
        side: [locality_name(one.team) for one in found.totals if found.standing(one) is side]
        for side in (Standing.ABOVE, Standing.BELOW)
    }
    told = [
        f"{listed(names)} {'are' if len(names) > 1 else 'is'} {word}"
        for names, word in ((sides[Standing.ABOVE], "high"), (sides[Standing.BELOW], "low"))
        if names
    ]
    return (
        f"Over a year, {' and '.join(told)}, more than size explains"
        if told
        else "Over a year, no team differs more than chance"
    )


def _dispersion(found: Funnel) -> str:
    if len(found.totals) < FEWEST_TEAMS:
        return f"How much {len(found.totals)} teams differ cannot be told from chance, so the limits are not widened."
    phi = f"(φ {found.dispersion.phi:.1f})"
    if found.is_widened:
        return f"Teams differ more than chance {phi}, so the limits are widened; dotted: as they were."
    return f"Teams differ no more than chance {phi}."


def _sentence(found: Funnel, teams: int) -> str:
    number, of = sum(one.number for one in found.totals), sum(one.of for one in found.totals)
    missing = teams - len(found.totals)
    left_out = f"; {missing} hidden, without data or of more than all" if missing else ""
    return (
        f"{number:,} of {of:,}, {len(found.totals)} teams{left_out}. Months that are hidden are in neither. "
        f"Between the 95 and 99.8% limits a team may be there by chance. {_dispersion(found)}"
    )
