"""One look of a subscription at what is frozen: what it tells, and what is known of its cells from then on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.reporting.publication.domain.reach import Remit
from services.reporting.subscription.domain.digest import Digest
from services.reporting.subscription.domain.run import is_fired
from services.reporting.subscription.domain.subscription import Condition, Subscription, Terms
from services.reporting.subscription.domain.told_figure import ToldFigure, told_figure
from services.reporting.subscription.domain.watched_cell import Change, WatchedCell, holds
from services.reporting.variation.domain.variation import Variation
from shared.contracts.slug import locality_name

Place = tuple[int, str]
"""Indicator and team."""


@dataclass(frozen=True)
class Look:
    """What came of it."""

    digest: Digest
    cells: Sequence[WatchedCell]
    """As they are known afterwards."""
    fires: bool


@dataclass(frozen=True)
class Frozen:
    """What is looked at: the figures as a month's freezing left them."""

    month: date
    frozen_on: date
    variations: Sequence[Variation]


def look(subscription: Subscription, known: Mapping[Place, WatchedCell], frozen: Frozen, today: date) -> Look:
    """Each cell goes one step; whether anything is told follows from all of them."""
    terms, month = subscription.terms, frozen.month
    cells: list[WatchedCell] = []
    figures: list[ToldFigure] = []
    muted = 0
    for said in frozen.variations:
        place = (said.indicator.number, said.series.team)
        was = known.get(place, WatchedCell(*place))
        cell, change = was.after(holds=holds(terms.condition, said), month=month)
        if was.is_muted(today) and change in (Change.STARTED, Change.ENDED):
            muted += 1
            cell, change = replace(cell, ended_untold=False), Change.NONE
        cells.append(cell)
        figures.append(told_figure(said, change, subscription.audience))
    digest = _digest(subscription, frozen, figures, muted)
    fires = is_fired(terms.condition, digest)
    if fires:
        cells = [replace(one, ended_untold=False) for one in cells]
    return Look(digest, cells, fires)


def look_again(subscription: Subscription, known: Mapping[Place, WatchedCell], frozen: Frozen) -> Digest:
    """What would be told now, of what is known already: for whoever looks before it is due. Nothing changes by it."""
    figures: list[ToldFigure] = []
    for said in frozen.variations:
        place = (said.indicator.number, said.series.team)
        was = known.get(place)
        change = Change.GOES_ON if holds(subscription.terms.condition, said) else Change.NONE
        if was is None and change is Change.GOES_ON:
            change = Change.STARTED
        elif was is not None and was.ended_untold:
            change = Change.ENDED
        elif was is not None and was.is_in and was.since == frozen.month and change is Change.GOES_ON:
            change = Change.STARTED
        figures.append(told_figure(said, change, subscription.audience))
    return _digest(subscription, frozen, figures, 0)


def first_cells(condition: Condition, variations: Iterable[Variation]) -> list[WatchedCell]:
    """What holds when it begins is known: it is told when it starts once more."""
    return [WatchedCell(one.indicator.number, one.series.team, is_in=bool(holds(condition, one))) for one in variations]


def scope_words(terms: Terms, remit: Remit) -> str:
    """`3 figures, Preston, the region.`"""
    number = len(terms.indicators)
    figures = f"{number} figure{'s' if number > 1 else ''}" if number else "All figures"
    seen = remit.localities
    if not terms.teams and seen is None:
        return f"{figures}, the region and every team."
    chosen = [one for one in terms.teams if one == "" or seen is None or one in seen] or ["", *sorted(seen or ())]
    region = "the region" if seen is None else "the region where it is of enough teams"
    teams = [locality_name(one) if one else region for one in chosen]
    return f"{figures}, {', '.join(teams)}."


def _digest(subscription: Subscription, frozen: Frozen, figures: Sequence[ToldFigure], muted: int) -> Digest:
    terms = subscription.terms
    return Digest(
        subscription_id=subscription.id,
        name=terms.name,
        condition=terms.condition,
        audience=subscription.audience,
        scope=scope_words(terms, subscription.remit),
        month=frozen.month,
        frozen_on=frozen.frozen_on,
        figures=figures,
        muted=muted,
    )
