"""Which two of a family's scores are compared: the first and the last of an episode. Source: reference 4.1.

Only scores of the same measure, version and form, given by the same person, about the same baby, make a pair. Each
scale and each goal is paired by itself, so a goal that was set at a review is compared from that review on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from services.referral.measures.domain.measure import MeasureDefinition, Respondent
from services.referral.measures.domain.measure_change import Change, change
from services.referral.measures.domain.scoring import compared_scales

DAYS_APART = timedelta(days=14)
"""A last score is at least this long after the first. Source: reference 4.1, our proposal."""


@dataclass(frozen=True)
class Series:
    """Scores that may be compared with each other."""

    code: str
    version: str
    variant: str
    respondent: Respondent
    person_id: UUID
    """The carer who answered, or whom a practitioner rated."""
    baby_id: UUID | None
    """None when the measure is about the carer alone."""


@dataclass(frozen=True)
class Taken:
    """One set of scores on the day on which it was answered."""

    id: UUID
    series: Series
    on: date
    values: Mapping[str, Decimal]
    """By the code of the scale or the goal."""


@dataclass(frozen=True)
class Pair:
    """The first and the last score on one scale."""

    scale: str
    first: Taken
    last: Taken


def by_series(taken: Iterable[Taken]) -> dict[Series, tuple[Taken, ...]]:
    """Each series in the order in which it was answered."""
    found: dict[Series, list[Taken]] = {}
    for one in taken:
        found.setdefault(one.series, []).append(one)
    return {series: tuple(sorted(those, key=lambda one: one.on)) for series, those in found.items()}


def pair(taken: Iterable[Taken]) -> tuple[Pair, ...]:
    """The pairs of one episode: for each series and scale the earliest score, and the latest 14 days later or more.

    Args:
        taken: of one episode, without those that were corrected since.
    """
    return tuple(found for those in by_series(taken).values() for found in _pairs(those))


def paired_changes(definition: MeasureDefinition, pairs: Iterable[Pair]) -> dict[str, Change]:
    """The change on each scale of pairs that are all of one series of this measure."""
    by_scale = {one.scale: one for one in pairs}
    return {
        scale.code: change(
            scale,
            by_scale[scale.code].first.values[scale.code],
            by_scale[scale.code].last.values[scale.code],
            variant=by_scale[scale.code].first.series.variant,
        )
        for scale in compared_scales(definition, by_scale)
    }


def _pairs(those: tuple[Taken, ...]) -> Iterable[Pair]:
    scales = dict.fromkeys(code for one in those for code in one.values)
    for scale in scales:
        scored = [one for one in those if scale in one.values]
        first, last = scored[0], scored[-1]
        if last.on - first.on >= DAYS_APART:
            yield Pair(scale, first, last)
