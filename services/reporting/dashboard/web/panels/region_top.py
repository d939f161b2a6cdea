"""The first screen of the region: whether its data is alive, what needs a word, what is new, and six figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from markupsafe import Markup

from services.reporting.dashboard.domain.signal import Signal, signals
from services.reporting.dashboard.packs.first_figures import MAIN, SIX
from services.reporting.dashboard.queries.regional_figures import RegionalFigures, definition_of
from services.reporting.dashboard.web.choice import Choice
from services.reporting.dashboard.web.freshness_words import FreshnessWords, freshness_words
from services.reporting.dashboard.web.panel import Head, Panel
from services.reporting.dashboard.web.panels.matrix import assurance_cell, target_words
from services.reporting.publication.domain.period_words import short_period
from services.reporting.variation.domain.said import (
    of_words,
    standing,
    value_words,
    variation_words,
)
from services.reporting.variation.domain.variation import PointClass, Variation
from services.reporting.variation.web.sparkline import sparkline
from services.reporting.variation.web.symbol import Sign, sign_icon, variation_icon
from shared.contracts.slug import locality_name
from shared.kernel.calendar import date_words, month_words
from shared.kernel.clock import LONDON, london_date

SHOWN = 6
"""Exceptions on the page at once."""


@dataclass(frozen=True)
class FreshnessLine:
    """Teams, each with the stream that is least fresh."""

    silent: Sequence[FreshnessWords]
    alive: Sequence[FreshnessWords]

    @property
    def number(self) -> int:
        return len(self.silent) + len(self.alive)


@dataclass(frozen=True)
class Line:
    """One line of what needs a word."""

    icon: Markup
    who: str
    says: str
    aside: str
    href: str
    does: str = "Open"
    is_new: bool = False
    spark: Markup | str = ""


@dataclass(frozen=True)
class News:
    """Something that is new since Monday."""

    at: datetime
    words: str
    href: str = ""


@dataclass(frozen=True)
class Main:
    """One of the six figures."""

    name: str
    href: str
    figure: str
    of: str
    spark: Markup
    variation: Markup | str
    assurance: Markup | str


def freshness_line(figures: RegionalFigures) -> FreshnessLine:
    worst: dict[str, FreshnessWords] = {}
    for item in figures.freshness:
        said = freshness_words(item, figures.now)
        if item.team not in worst or said.colour != "green":
            worst[item.team] = said
    ordered = [worst[team] for team in figures.present_teams]
    return FreshnessLine(
        [one for one in ordered if one.colour != "green"], [one for one in ordered if one.colour == "green"]
    )


def exceptions(figures: RegionalFigures, choice: Choice) -> list[Line]:
    """Figures that are worse, teams that are silent, what is overdue, and then what changed or goes well."""
    told = [_told(signal, choice) for signal in signals(figures.of_today)]
    worse = [line for kind, line in told if kind is PointClass.WORSE]
    others = [line for kind, line in told if kind is not PointClass.WORSE]
    silent = [
        Line(sign_icon(Sign.SILENT), one.name, one.state.capitalize(), f"heard {one.heard}", choice.of_team(one.team))
        for one in freshness_line(figures).silent
    ]
    overdue = [
        Line(
            sign_icon(Sign.DUE),
            locality_name(one.action.team) if one.action.team else "Whole region",
            f"{one.action.kind.label}: {one.action.words}",
            f"{one.owner}, due {date_words(one.action.due_on)}, overdue",
            "/actions?state=overdue",
        )
        for one in figures.overdue
    ]
    return [*worse, *silent, *overdue, *others]


def exceptions_panel(lines: Sequence[Line]) -> Panel:
    return Panel(
        name="exceptions",
        title=_exceptions_title(lines),
        heads=(Head("Team"), Head("What"), Head("Figure"), Head("New")),
        rows=[[one.who, one.says, one.aside, "new" if one.is_new else ""] for one in lines],
    )


def news(figures: RegionalFigures) -> list[News]:
    """What was released, revised or said since Monday, the latest first."""
    since = datetime.combine(monday(figures.now), datetime.min.time(), LONDON)
    released = [News(one.made_at, f"{month_words(one.month)} {one.cause.happened}") for one in figures.snapshots]
    noted = [
        News(one.written_at, f"{one.written_by} on {_about(one.indicator, one.team)}, {one.month:%b %Y}: “{one.words}”")
        for one in figures.remarks.notes
    ]
    stepped = [
        News(
            one.decided_at,
            f"New limits for {_about(one.indicator, one.team)} from {one.step.holds_from:%b %Y}"
            + (f": {one.step.reason}" if one.step.reason else ""),
        )
        for one in figures.remarks.steps
    ]
    fresh = [one for one in (*released, *noted, *stepped) if one.at >= since]
    return sorted(fresh, key=lambda one: one.at, reverse=True)


def monday(now: datetime) -> date:
    """The last one, in London; today when it is one."""
    today = london_date(now)
    return today - timedelta(days=today.weekday())


def six(figures: RegionalFigures, choice: Choice) -> list[Main]:
    found = figures.region(SIX)
    found += [one for one in figures.region(MAIN) if one not in found]
    return [_main(one, choice) for one in found[: len(SIX)]]


def _main(said: Variation, choice: Choice) -> Main:
    indicator, latest = said.indicator, said.newest
    of = of_words(latest.point, indicator.shape) if latest else ""
    return Main(
        indicator.name,
        choice.indicator(indicator.number),
        value_words(latest, indicator.shape) if latest else "no data",
        ", ".join(filter(None, [of, short_period(latest.point) if latest else ""])),
        sparkline(f"main-{indicator.number}", said, width=190, height=42),
        Markup("{}{}").format(variation_icon(said), variation_words(said)),
        assurance_cell(said, before=f"{target_words(said)}: " if said.target else "").shown,
    )


def _told(signal: Signal, choice: Choice) -> tuple[PointClass, Line]:
    said = signal.said
    latest, team = said.latest, said.series.team
    assert latest  # noqa: S101 - a signal is of a finished month
    of = of_words(latest.point, said.indicator.shape)
    figure = value_words(latest, said.indicator.shape)
    return signal.kind, Line(
        variation_icon(said),
        locality_name(team) if team else "Whole region",
        f"{said.indicator.name}: {standing(said)}",
        ", ".join(filter(None, [figure, of, short_period(latest.point), latest.kind])),
        choice.indicator(said.indicator.number, team),
        is_new=signal.is_new,
        spark=sparkline(f"signal-{said.indicator.number}-{team}", said, width=132, height=26),
    )


def _exceptions_title(lines: Sequence[Line]) -> str:
    if not lines:
        return "Nothing needs a word: every figure varies as usual"
    new, places = sum(one.is_new for one in lines), len({one.who for one in lines})
    what = f"{len(lines)} things need a word" if len(lines) > 1 else "1 thing needs a word"
    return f"{what}, in {places} place{'s' if places > 1 else ''}; {new or 'none'} new this month"


def _about(number: int, team: str) -> str:
    indicator = definition_of(number)
    name = indicator.name if indicator else f"indicator {number}"
    return f"{name}, {locality_name(team)}" if team else name
