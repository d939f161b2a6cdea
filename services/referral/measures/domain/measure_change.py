"""What a difference between two scores means: reliable or not, and whether it left the clinical range.

A change of exactly the reliable-change points counts. A measure without a cut-off is never "recovered", and one without
reliable-change points has no class: the page shows the direction only. Source: reference 4.1.
"""

from collections.abc import Collection, Set
from dataclasses import dataclass
from decimal import Decimal

from services.referral.measures.domain.measure import Direction, MeasureDefinition, Scale
from services.referral.measures.domain.scoring import Score, compared_scales
from shared.contracts.pathway_codes import ChangeClass
from shared.contracts.vocabulary import Code


class Movement(Code):
    """Which way a score went, with no claim that it is more than chance."""

    BETTER = "better", "Better"
    WORSE = "worse", "Worse"
    SAME = "same", "The same"
    DIFFERENT = "different", "Different: neither end of this scale is better"


@dataclass(frozen=True)
class Change:
    """From the first score to the last, on one scale."""

    scale: str
    first: Decimal
    last: Decimal
    movement: Movement
    change_class: ChangeClass | None
    """None when nobody has said how many points are reliable."""
    crossed_without_reliable_change: bool
    """It left the clinical range, but by less than the measure's own noise."""

    is_clinical_now: bool | None
    """Whether the last score is at the cut-off or worse; None without a cut-off."""
    was_clinical: bool | None
    """Whether the first score was."""

    @property
    def difference(self) -> Decimal:
        return self.last - self.first


@dataclass(frozen=True)
class Overall:
    """The change on a whole measure."""

    change_class: ChangeClass
    crossed_without_reliable_change: bool = False
    was_clinical: bool | None = None
    """Whether a first score was at its cut-off or worse; None without a cut-off."""


IMPROVED = frozenset({ChangeClass.RECOVERED, ChangeClass.RELIABLY_IMPROVED})


def change(scale: Scale, first: Decimal, last: Decimal, *, variant: str = "") -> Change:
    """Compare two scores of one person on one scale."""
    gain = first - last if scale.direction is Direction.LOWER else last - first
    is_clinical_now, was_clinical = scale.is_clinical(last, variant), scale.is_clinical(first, variant)
    left_clinical_range = was_clinical is True and is_clinical_now is False
    change_class = _change_class(scale, gain, left_clinical_range=left_clinical_range)
    return Change(
        scale.code,
        first,
        last,
        _movement(scale, gain),
        change_class,
        left_clinical_range and change_class is ChangeClass.NO_RELIABLE_CHANGE,
        is_clinical_now,
        was_clinical,
    )


def changes(definition: MeasureDefinition, first: Score, last: Score) -> dict[str, Change]:
    """The change on each scale that has a score both times; of goals, on each that was rated both times.

    Raises:
        ValueError: the scores are not of one measure, version and form.
    """
    if len({(one.code, one.version, one.variant) for one in (first, last)}) > 1 or first.code != definition.code:
        raise ValueError("only scores of the same measure, version and form can be compared")
    both = [code for code in first.values if code in last.values]
    return {
        scale.code: change(scale, first.values[scale.code], last.values[scale.code], variant=last.variant)
        for scale in compared_scales(definition, both)
    }


def overall(of_scales: Collection[Change]) -> Overall | None:
    """One class for a measure with several scales or goals; None when no scale has a class.

    A deterioration on one of them is never averaged away, and "recovered" is said only when none is left in the
    clinical range. Source: reference 4.2, GBO.
    """
    classes = {one.change_class for one in of_scales if one.change_class is not None}
    if not classes:
        return None
    firsts = [one.was_clinical for one in of_scales if one.was_clinical is not None]
    found = _overall_class(classes, is_clinical_now=any(one.is_clinical_now for one in of_scales))
    crossed = found is ChangeClass.NO_RELIABLE_CHANGE and any(one.crossed_without_reliable_change for one in of_scales)
    return Overall(found, crossed, any(firsts) if firsts else None)


def _overall_class(classes: Set[ChangeClass], *, is_clinical_now: bool) -> ChangeClass:
    if ChangeClass.RELIABLY_DETERIORATED in classes:
        return ChangeClass.RELIABLY_DETERIORATED
    if ChangeClass.RECOVERED in classes and not is_clinical_now:
        return ChangeClass.RECOVERED
    return ChangeClass.RELIABLY_IMPROVED if classes & IMPROVED else ChangeClass.NO_RELIABLE_CHANGE


def _change_class(scale: Scale, gain: Decimal, *, left_clinical_range: bool) -> ChangeClass | None:
    if scale.reliable_change is None or scale.direction is Direction.MIDDLE:
        return None
    if gain >= scale.reliable_change.points:
        return ChangeClass.RECOVERED if left_clinical_range else ChangeClass.RELIABLY_IMPROVED
    if -gain >= scale.reliable_change.points:
        return ChangeClass.RELIABLY_DETERIORATED
    return ChangeClass.NO_RELIABLE_CHANGE


def _movement(scale: Scale, gain: Decimal) -> Movement:
    if gain == 0:
        return Movement.SAME
    if scale.direction is Direction.MIDDLE:
        return Movement.DIFFERENT
    return Movement.BETTER if gain > 0 else Movement.WORSE
