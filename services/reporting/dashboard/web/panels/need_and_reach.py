"""Need against reach: how many families were expected, how many came, and how much that depends on what is assumed."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.reporting.dashboard.domain.need import (
    ACCESS,
    CONTACTS_A_YEAR,
    CONTACTS_FOR_EACH,
    LOCAL_NEED,
    NEEDS,
    Need,
    rounded,
    sensitivity,
)
from services.reporting.dashboard.domain.year import absent_word, points_of_year, sum_of_year
from services.reporting.dashboard.queries.regional_figures import RegionalFigures
from services.reporting.dashboard.web.choice import Choice
from services.reporting.dashboard.web.panel import Head, Panel, Row, link
from services.reporting.indicators.queries.area_values import AreaNumber
from services.reporting.publication.domain.span import months_later
from services.reporting.variation.web.bar_drawing import Bar, BarKind, lines
from shared.contracts.slug import locality_name
from shared.kernel.calendar import month_words

ACCEPTED = 10
"""The indicator whose numerator is how many referrals were accepted."""
_NO_BIRTHS = "births not known"
_PRACTITIONERS = (
    "Practitioners: full-time, whom the expected families would keep busy, at "
    f"{CONTACTS_FOR_EACH} contacts each and {CONTACTS_A_YEAR} contacts in a year; a planning figure."
)
_ESTIMATE = "Expected is an estimate, not a waiting list."


@dataclass(frozen=True)
class Reached:
    """What is expected of a place, and what came."""

    need: Need
    accepted: int | None
    """In the twelve finished months; None when one of them is hidden, or not there."""
    absent: str = "hidden"


def need_panels(figures: RegionalFigures, choice: Choice) -> list[Panel]:
    """Of one team; without one, of the teams whose births are known, together and apart."""
    reached = {
        team: _reached(figures, team, births)
        for team in ([choice.team] if choice.team else figures.present_teams)
        if (births := births_of(figures, team))
    }
    place = locality_name(choice.team) if choice.team else figures.whole
    panels = [_panel(figures, choice, reached)] if not choice.team else []
    if reached:
        whole = _together(list(reached.values()))
        panels = [_bars(figures, whole, place), *panels, _assumptions(whole, place)]
    return panels


def accepted_in_a_year(figures: RegionalFigures, team: str) -> tuple[int | None, str]:
    """The sum of the twelve months, and the word for it when one of them is not shown."""
    said, month = figures.of(ACCEPTED, team), figures.month
    if said is None or month is None:
        return None, "no data"
    points = points_of_year(said.indicator, said.series, month)
    return sum_of_year(said.indicator, said.series, month), absent_word(points)


def births_of(figures: RegionalFigures, team: str) -> AreaNumber | None:
    """As the region entered them; None when nobody has."""
    return figures.births.get(team)


def _reached(figures: RegionalFigures, team: str, births: AreaNumber) -> Reached:
    return Reached(Need(births.number), *accepted_in_a_year(figures, team))


def _together(several: Sequence[Reached]) -> Reached:
    numbers = [one.accepted for one in several if one.accepted is not None]
    accepted = sum(numbers) if len(numbers) == len(several) else None
    absent = "hidden" if any(one.absent == "hidden" for one in several) else "no data"
    return Reached(Need(sum(one.need.births for one in several)), accepted, absent)


def _bars(figures: RegionalFigures, whole: Reached, place: str) -> Panel:
    need, accepted = whole.need, whole.accepted
    title, aside = f"{rounded(need.expected):,} families are expected in {place}; how many came is not shown", ""
    if accepted is not None:
        reach = rounded(need.reach(accepted))
        title = f"{reach} of every 100 families expected by two were accepted in {place}"
        of_need = f"{rounded(need.reach_of_need(accepted))}% of {rounded(need.in_need):,}"
        aside = f"{reach}% of {rounded(need.expected):,}; {of_need}"
    bars = [
        Bar("Births in a year", need.births, BarKind.PALE),
        Bar("In need", rounded(need.in_need), BarKind.PALE, "half of births: the local estimate"),
        Bar("Expected by two", rounded(need.expected), BarKind.PLAIN, "a third of those in need, at most"),
        Bar("Accepted", accepted, BarKind.DARK, aside, whole.absent),
    ]
    sentence = _sentence(figures, whole)
    return Panel(
        name="need",
        title=title,
        sentence=sentence,
        heads=(Head("What"), Head("Families", is_number=True), Head("Note")),
        rows=[[bar.label, bar.absent if bar.number is None else bar.number, bar.aside] for bar in bars],
        drawing=lines("need", (title, sentence), bars),
    )


def _sentence(figures: RegionalFigures, whole: Reached) -> str:
    need, accepted, month = whole.need, whole.accepted, figures.month
    when = f"{month_words(months_later(month, -11))} to {month_words(month)}" if month else "No finished month yet"
    if accepted is None:
        return f"{when}. {_ESTIMATE}"
    others = [Need(need.births, share) for share in (min(NEEDS), max(NEEDS))]
    less, more = (
        f"if {rounded(100 * one.need_share)}% of babies are in need, {rounded(one.expected):,} are expected and "
        f"{rounded(one.reach(accepted))}% of them came"
        for one in others
    )
    return f"{when}: {accepted:,} referrals accepted. I{less[1:]}; {more}. {_ESTIMATE}"


def _panel(figures: RegionalFigures, choice: Choice, reached: dict[str, Reached]) -> Panel:
    return Panel(
        name="teams",
        title=_title(reached),
        heads=(
            Head("Team, A to Z"),
            Head("Births in a year", is_number=True),
            Head("In need", is_number=True),
            Head("Expected by two", is_number=True),
            Head("Accepted", is_number=True),
            Head("Reach", is_number=True),
            Head("Practitioners", is_number=True),
            Head("Births from", "r-opt"),
        ),
        rows=[_row(figures, choice, team, reached.get(team)) for team in figures.present_teams],
        kind="r-plain",
        notes=(_PRACTITIONERS,),
    )


def _row(figures: RegionalFigures, choice: Choice, team: str, reached: Reached | None) -> Row:
    name = link(choice.of_team(team), locality_name(team))
    if reached is None:
        accepted, absent = accepted_in_a_year(figures, team)
        return [name, _NO_BIRTHS, "", "", absent if accepted is None else accepted, "", "", ""]
    need, accepted = reached.need, reached.accepted
    return [
        name,
        need.births,
        rounded(need.in_need),
        rounded(need.expected),
        reached.absent if accepted is None else accepted,
        reached.absent if accepted is None else f"{rounded(need.reach(accepted))}% of {rounded(need.expected):,}",
        f"{float(need.posts):.1f}",
        births.source if (births := births_of(figures, team)) else "",
    ]


def _title(reached: dict[str, Reached]) -> str:
    shown = {team: one.need.reach(one.accepted) for team, one in reached.items() if one.accepted is not None}
    if not shown:
        return "Reach is not shown of any team"
    low, high = rounded(min(shown.values())), rounded(max(shown.values()))
    if len(shown) == 1:
        return f"Reach is {high}% in the one team of which it is shown"
    return f"Reach goes from {low}% to {high}% between {len(shown)} teams"


def _assumptions(whole: Reached, place: str) -> Panel:
    accepted = whole.accepted
    rows: list[Row] = []
    for one in sensitivity(whole.need.births):
        is_local = (one.need_share, one.access) == (LOCAL_NEED, ACCESS)
        reach = whole.absent if accepted is None else f"{rounded(one.reach(accepted))}% of {rounded(one.expected):,}"
        rows.append(
            [
                f"{rounded(100 * one.need_share)}%{' (used here)' if is_local else ''}",
                f"{rounded(100 * one.access)}%",
                rounded(one.in_need),
                rounded(one.expected),
                reach,
                f"{float(one.posts):.1f}",
            ]
        )
    return Panel(
        name="assumptions",
        title=_assumptions_title(whole, place),
        heads=(
            Head("In need, of all babies"),
            Head("Seek help before two, of those", is_number=True),
            Head("In need", is_number=True),
            Head("Expected", is_number=True),
            Head("Reach", is_number=True),
            Head("Practitioners", is_number=True),
        ),
        rows=rows,
    )


def _assumptions_title(whole: Reached, place: str) -> str:
    several = [rounded(one.expected) for one in sensitivity(whole.need.births)]
    return f"Between {min(several):,} and {max(several):,} families are expected in {place}, as one assumes"
