"""Whether a measure's definition fits together: the ranges that it states are those that its items can give, and so on.

A slip in a file would score families wrongly and look right, so each of these stops the process that reads the file.
"""

from collections.abc import Iterable
from decimal import Decimal

from services.referral.measures.domain.measure import (
    Direction,
    Entry,
    InputKind,
    Item,
    Licence,
    MeasureDefinition,
    Method,
    Scale,
)


def contradictions(definition: MeasureDefinition) -> list[str]:
    """A sentence for each; none when the definition fits together."""
    found = [*_of_form(definition), *_of_references(definition), *_of_items(definition)]
    if not found:
        found = [sentence for scale in definition.scales for sentence in _of_scale(definition, scale)]
    return found


def _of_form(definition: MeasureDefinition) -> Iterable[str]:
    if definition.entry is Entry.DONE and (definition.items or definition.scales):
        yield "a measure that is only done has neither items nor scales"
    if definition.entry is not Entry.DONE and not (definition.items and definition.scales):
        yield "a measure that is scored has items and scales"
    if definition.licence is Licence.C and (definition.entry is Entry.ITEMS or definition.has_texts):
        yield "a measure of licence class C is entered as totals, without its questions"
    turned = any(item.step < 0 for item in definition.items)
    if turned and definition.input_kind is InputKind.SCORED_VALUE:
        yield "items are reversed although their scored value is entered: they would be reversed twice"
    if definition.per_goal and len(definition.items) != 1:
        yield "a measure of goals has one item, asked about each of them"


def _of_references(definition: MeasureDefinition) -> Iterable[str]:
    codes = [item.code for item in definition.items]
    if len(set(codes)) < len(codes):
        yield "two items have the same code"
    if len({scale.code for scale in definition.scales}) < len(definition.scales):
        yield "two scales have the same code"
    named = {code for part in (*definition.scales, *definition.alerts, *definition.checks) for code in part.items}
    counted = [scale.counted for scale in definition.scales if scale.counted]
    named |= {code for one in counted for code in (one.answered, one.out_of) if isinstance(code, str)}
    yield from (f"there is no item {code}" for code in sorted(named - set(codes)))
    variants = {"", *(definition.variants.values if definition.variants else ())}
    limits = {cut_off.variant for scale in definition.scales for cut_off in scale.cut_offs}
    yield from (f"a cut-off is for a form that is not listed, {variant}" for variant in sorted(limits - variants))


def _of_items(definition: MeasureDefinition) -> Iterable[str]:
    for item in definition.items:
        if item.options and len(item.options) != item.highest - item.lowest + 1:
            yield f"item {item.code} has {len(item.options)} words for {item.highest - item.lowest + 1} answers"
        if item.lowest > item.highest or item.step == 0:
            yield f"item {item.code} has no range"


def _of_scale(definition: MeasureDefinition, scale: Scale) -> Iterable[str]:
    items = [item for item in definition.items if item.code in scale.items]
    if scale.conversion:
        yield from _of_conversion(scale, items)
    else:
        lowest, highest = _range(definition, scale, items)
        if (scale.lowest, scale.highest) != (lowest, highest):
            yield f"{scale.code}: the stated range is not {lowest} to {highest}, which the items give"
    yield from _of_limits(scale)


def _of_conversion(scale: Scale, items: list[Item]) -> Iterable[str]:
    assert scale.conversion is not None  # noqa: S101 - for the type checker; the caller has asked
    table = scale.conversion.table
    raw = range(sum(item.values[0] for item in items), sum(item.values[1] for item in items) + 1)
    if set(table) != set(raw):
        yield f"{scale.code}: the conversion table must have each sum from {raw[0]} to {raw[-1]}"
        return
    converted = [table[each] for each in raw]
    if sorted(set(converted)) != converted:
        yield f"{scale.code}: the conversion table must rise from each sum to the next"
    if (scale.lowest, scale.highest) != (converted[0], converted[-1]):
        yield f"{scale.code}: the range must be that of the conversion table"
    if scale.method is not Method.SUM or scale.missing.allowed:
        yield f"{scale.code}: only a complete sum can be converted"


def _of_limits(scale: Scale) -> Iterable[str]:
    starts = [band.starts_at for band in scale.bands]
    if starts and (starts[0] != scale.lowest or sorted(set(starts)) != starts or starts[-1] > scale.highest):
        yield f"{scale.code}: bands must begin at {scale.lowest} and rise within the range"
    if any(not scale.lowest <= cut_off.at <= scale.highest for cut_off in scale.cut_offs):
        yield f"{scale.code}: a cut-off is outside of the range"
    if scale.direction is Direction.MIDDLE and (scale.cut_offs or scale.reliable_change):
        yield f"{scale.code}: where neither end is better there is no cut-off and no reliable change"
    if scale.reliable_change and scale.reliable_change.points > scale.highest - scale.lowest:
        yield f"{scale.code}: the reliable change is larger than the range"


def _range(definition: MeasureDefinition, scale: Scale, items: list[Item]) -> tuple[Decimal, Decimal]:
    """The lowest and the highest score that the items can give."""
    if scale.method is Method.PERCENT_HIGHEST:
        return Decimal(0), Decimal(100)
    if scale.counted:
        lowest, highest = scale.counted.each
        most = (
            scale.counted.out_of
            if isinstance(scale.counted.out_of, int)
            else _highest(definition, scale.counted.out_of)
        )
        times = most if scale.method is Method.SUM else 1
        return Decimal(min(lowest, lowest * times)), Decimal(highest * times)
    lows, highs = zip(*(item.values for item in items), strict=True)
    parts = len(items) if scale.method is Method.MEAN else 1
    return Decimal(sum(lows)) / parts, Decimal(sum(highs)) / parts


def _highest(definition: MeasureDefinition, code: str) -> int:
    item = definition.item(code)
    return item.highest if item else 0
