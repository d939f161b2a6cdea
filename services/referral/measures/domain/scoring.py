"""From answers to scores: reversed items, missing items, bands and alerts. Source: reference 4.1.

The manual's rule for missing items is part of the definition. Where there is no score, what was answered is still kept,
and an answer that tells of a risk still raises its alert.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from services.referral.measures.domain.measure import (
    AlertKind,
    Counted,
    Item,
    MeasureDefinition,
    Method,
    Scale,
)
from shared.contracts.vocabulary import Code
from shared.kernel.errors import RuleBroken

NOT_APPLICABLE = "not_applicable"

Answer = int | Literal["not_applicable"]
Answers = Mapping[str, Answer | None]
"""By the code of the item; None, or no entry, is an item that was left out."""

MOST_GOALS = 3


class Unscored(Code):
    """Why there is no score."""

    TOO_MANY_MISSING = "too_many_missing", "More items are missing than the manual allows"
    NOTHING_TO_COUNT = "nothing_to_count", "No item was answered that counts"


@dataclass(frozen=True)
class ScaleScore:
    """One score, or the reason why there is none."""

    scale: str
    value: Decimal | None
    """Rounded half up, to the decimals of the scale, before anything is compared with it."""
    raw: Decimal | None
    """The sum before it was converted; the same as `value` without a conversion."""
    band: str
    is_clinical: bool | None
    """At the cut-off or worse; None without a cut-off or a score."""
    missing: tuple[str, ...]
    unscored: Unscored | None = None

    @property
    def is_prorated(self) -> bool:
        """Whether the mean of the others stands for missing items."""
        return bool(self.missing) and self.value is not None


@dataclass(frozen=True)
class Alert:
    """An answer that someone must speak about with the family on the same day."""

    kind: AlertKind
    items: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """What one set of answers gives."""

    code: str
    version: str
    variant: str
    scales: tuple[ScaleScore, ...]
    alerts: tuple[Alert, ...]
    missing: tuple[str, ...]
    """Items without an answer that are not optional."""
    unanswered_risk: tuple[str, ...]
    """Items about a risk that were left out: nothing is known of it."""

    def scale(self, code: str) -> ScaleScore | None:
        return next((scale for scale in self.scales if scale.scale == code), None)

    def value(self, code: str) -> Decimal | None:
        scale = self.scale(code)
        return scale.value if scale else None

    @property
    def values(self) -> dict[str, Decimal]:
        """Of the scales that have a score."""
        return {scale.scale: scale.value for scale in self.scales if scale.value is not None}


def score(definition: MeasureDefinition, answers: Answers, *, variant: str = "") -> Score:
    """Score answers as they were given.

    Args:
        variant: code of the form or the respondent, for a measure that has variants.

    Raises:
        RuleBroken: an answer is outside of its item's range or of no item, a check fails, the form is not named,
            or there is no answer at all.
    """
    definition = for_goals(definition, answers) if definition.per_goal else definition
    check_variant(definition, variant)
    return score_values(definition, item_values(definition, answers), variant=variant)


def for_goals(definition: MeasureDefinition, goals: Iterable[str]) -> MeasureDefinition:
    """The definition with an item and a scale for each goal; its other scales are of all of them."""
    codes = tuple(goals)
    if not 1 <= len(codes) <= MOST_GOALS:
        raise RuleBroken("measure_goals", f"Rate at least one goal, and at most {MOST_GOALS}.")
    over_all = (replace(scale, items=codes) for scale in definition.scales[1:])
    return replace(
        definition,
        items=tuple(replace(definition.items[0], code=code) for code in codes),
        scales=(*(_goal_scale(definition, code) for code in codes), *over_all),
        per_goal=False,
    )


def compared_scales(definition: MeasureDefinition, codes: Collection[str]) -> tuple[Scale, ...]:
    """The scales with these codes; of a measure of goals, one for each goal.

    The mean of one set of goals says nothing beside the mean of another, so it is not among them.
    """
    if not definition.per_goal:
        return tuple(scale for scale in definition.scales if scale.code in codes)
    over_all = {scale.code for scale in definition.scales[1:]}
    return tuple(_goal_scale(definition, code) for code in codes if code not in over_all)


def item_values(definition: MeasureDefinition, answers: Answers) -> dict[str, int | None]:
    """What each answered item counts as; None is an item that does not apply and is left out of the score.

    Raises:
        RuleBroken: an answer is outside of its item's range or of no item, or there is none.
    """
    if unknown := answers.keys() - {item.code for item in definition.items}:
        raise RuleBroken("measure_item", "This version of the form has no such item.", field=min(unknown))
    given: dict[Item, Answer] = {
        item: answer for item in definition.items if (answer := answers.get(item.code)) is not None
    }
    if not given:
        raise RuleBroken("measure_empty", "Enter at least one answer, or record why the form was not filled in.")
    return {item.code: _value(item, answer) for item, answer in given.items()}


def score_values(definition: MeasureDefinition, values: Mapping[str, int | None], *, variant: str = "") -> Score:
    """Score the values of items, after reversal.

    Raises:
        RuleBroken: items that must add up do not, or a sum does not fit its number of items.
    """
    _check_sums(definition, values)
    missing = tuple(item.code for item in definition.items if not item.optional and item.code not in values)
    alerts = (
        Alert(rule.kind, risky)
        for rule in definition.alerts
        if (risky := tuple(code for code in rule.items if (values.get(code) or 0) > 0))
    )
    return Score(
        definition.code,
        definition.version,
        variant,
        scales=tuple(_scale_score(definition, scale, values, variant) for scale in definition.scales),
        alerts=tuple(alerts),
        missing=missing,
        unanswered_risk=tuple(code for rule in definition.alerts for code in rule.items if code in missing),
    )


def check_variant(definition: MeasureDefinition, variant: str) -> None:
    """Raises RuleBroken when the measure has no such form, or needs one to be named."""
    variants = definition.variants
    if variant and (variants is None or variant not in variants.values):
        raise RuleBroken("measure_variant", "This measure has no such form. Choose one from the list.", field="variant")
    if variants and variants.required and not variant:
        raise RuleBroken("measure_variant_missing", f"{variants.name}: choose one.", field="variant")


def _goal_scale(definition: MeasureDefinition, goal: str) -> Scale:
    return replace(definition.scales[0], code=goal, items=(goal,))


def _value(item: Item, answer: Answer) -> int | None:
    if answer == NOT_APPLICABLE and item.not_applicable:
        return item.not_applicable.value
    if not isinstance(answer, int) or isinstance(answer, bool) or not item.lowest <= answer <= item.highest:
        raise RuleBroken(
            "measure_range", f"{item.label}: enter a number from {item.lowest} to {item.highest}.", field=item.code
        )
    return item.value_of(answer)


def _scale_score(
    definition: MeasureDefinition, scale: Scale, values: Mapping[str, int | None], variant: str
) -> ScaleScore:
    missing = tuple(code for code in scale.items if code not in values)
    counted = [value for code in scale.items if (value := values.get(code)) is not None]
    if not counted:
        return _no_score(scale, missing, Unscored.TOO_MANY_MISSING if missing else Unscored.NOTHING_TO_COUNT)
    if scale.counted:
        raw = None if missing else _from_sum(scale, scale.counted, values)
    elif len(missing) > scale.missing.allowed:
        raw = None
    else:
        best = max(item.values[1] for item in definition.items if item.code in scale.items)
        raw = _from_items(scale.method, counted, len(missing), best)
    if raw is None:
        return _no_score(scale, missing, Unscored.TOO_MANY_MISSING)
    raw = _rounded(raw, scale.decimals)
    value = _rounded(scale.conversion.table[int(raw)], scale.decimals) if scale.conversion else raw
    return ScaleScore(scale.code, value, raw, scale.band(value), scale.is_clinical(value, variant), missing)


def _from_items(method: Method, counted: list[int], missing: int, best: int) -> Decimal:
    total = Decimal(sum(counted))
    match method:
        case Method.SUM:
            return total * (len(counted) + missing) / len(counted)
        case Method.MEAN:
            return total / len(counted)
        case Method.PERCENT_HIGHEST:
            return Decimal(100 * counted.count(best)) / len(counted)


def _from_sum(scale: Scale, counted: Counted, values: Mapping[str, int | None]) -> Decimal | None:
    """The sum was added up on paper, over the items that were answered."""
    answered = values.get(counted.answered)
    out_of = values.get(counted.out_of) if isinstance(counted.out_of, str) else counted.out_of
    if answered is None or out_of is None:
        return None
    if answered > out_of:
        raise RuleBroken(
            "measure_answered", "More items are answered than the form has. Check both.", field=counted.answered
        )
    total = Decimal(sum(values[code] or 0 for code in scale.items))
    lowest, highest = counted.each
    if not lowest * answered <= total <= highest * answered:
        raise RuleBroken(
            "measure_sum", "The sum does not fit the number of items answered. Check both.", field=scale.items[0]
        )
    if not answered or out_of - answered > scale.missing.allowed:
        return None
    return total * (out_of if scale.method is Method.SUM else 1) / answered


def _no_score(scale: Scale, missing: tuple[str, ...], why: Unscored) -> ScaleScore:
    return ScaleScore(scale.code, None, None, "", None, missing, why)


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _check_sums(definition: MeasureDefinition, values: Mapping[str, int | None]) -> None:
    for check in definition.checks:
        parts = [values.get(code) for code in check.items]
        if None not in parts and sum(part or 0 for part in parts) != check.equals:
            raise RuleBroken(
                "measure_check",
                f"These {len(parts)} numbers must add up to {check.equals}. Check each of them.",
                field=check.items[0],
            )
