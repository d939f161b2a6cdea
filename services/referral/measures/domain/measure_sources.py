"""Every value of a measure beside where it comes from, so that a page can show what the team has still to check."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from services.referral.measures.domain.measure import AgeWindow, Direction, Entry, Evidence, MeasureDefinition, Scale


@dataclass(frozen=True)
class SourcedValue:
    """One line of the page's table."""

    what: str
    value: str
    evidence: Evidence


def sourced_values(definition: MeasureDefinition) -> tuple[SourcedValue, ...]:
    """All that can be right or wrong about a definition, in the order in which it is read."""
    return (
        *_of_items(definition),
        *(line for scale in definition.scales for line in _of_scale(scale, definition)),
        *(
            SourcedValue(f"{rule.kind.label} task", f"Above 0 on {_items(rule.items)}", rule.evidence)
            for rule in definition.alerts
        ),
        *(
            SourcedValue("Check", f"{_items(check.items)} add up to {check.equals}", check.evidence)
            for check in definition.checks
        ),
        *([SourcedValue("Age", _age(definition.age), definition.age.evidence)] if definition.age else ()),
        SourcedValue("Licence", definition.licence.label, definition.licence_evidence),
        *(SourcedValue("Note", note.source, note) for note in definition.notes),
    )


def _of_items(definition: MeasureDefinition) -> Iterable[SourcedValue]:
    if definition.items_evidence:
        first = definition.items[0]
        count = "For each goal" if definition.per_goal else f"{len(definition.items)} items"
        value = f"{count}, {first.values[0]} to {first.values[1]}; entered as: {definition.input_kind.inside}"
        yield SourcedValue("Items", value, definition.items_evidence)
    if definition.reversal_evidence:
        reversed_ = tuple(item.code for item in definition.items if item.step < 0)
        yield SourcedValue("Reversed", _items(reversed_), definition.reversal_evidence)
    for rule in dict.fromkeys(item.not_applicable for item in definition.items if item.not_applicable):
        codes = tuple(item.code for item in definition.items if item.not_applicable == rule)
        counts = "is left out" if rule.value is None else f"counts as {rule.value}"
        yield SourcedValue(rule.label, f"On {_items(codes)}: {counts}", rule.evidence)


def _of_scale(scale: Scale, definition: MeasureDefinition) -> Iterable[SourcedValue]:
    range_ = f"{scale.method.label}, {scale.lowest} to {scale.highest}. {scale.direction.label}."
    yield SourcedValue(f"{scale.name}: score", range_, scale.evidence)
    if definition.entry is Entry.ITEMS or scale.counted:
        allowed = f"up to {scale.missing.allowed}" if scale.missing.allowed else "none allowed"
        yield SourcedValue(f"{scale.name}: missing items", allowed, scale.missing.evidence)
    if scale.conversion:
        table = scale.conversion.table
        yield SourcedValue(f"{scale.name}: conversion", f"Table of {len(table)} sums", scale.conversion.evidence)
    if scale.bands_evidence:
        bands = "; ".join(f"from {band.starts_at}: {band.label}" for band in scale.bands)
        yield SourcedValue(f"{scale.name}: bands", bands, scale.bands_evidence)
    variants = definition.variants.values if definition.variants else dict[str, str]()
    for cut_off in scale.cut_offs:
        whom = f" ({variants[cut_off.variant]})" if cut_off.variant else ""
        yield SourcedValue(f"{scale.name}: cut-off{whom}", cut_off_in_words(scale, cut_off.at), cut_off.evidence)
    if scale.reliable_change:
        points = f"{scale.reliable_change.points} points or more"
        yield SourcedValue(f"{scale.name}: reliable change", points, scale.reliable_change.evidence)


def cut_off_in_words(scale: Scale, at: Decimal) -> str:
    """`13 or more`, or `39 or less`, is the clinical range."""
    return f"{at} or less" if scale.direction is Direction.HIGHER else f"{at} or more"


def _items(codes: tuple[str, ...]) -> str:
    return ("item " if len(codes) == 1 else "items ") + ", ".join(codes)


def _age(window: AgeWindow) -> str:
    parts = [
        "in pregnancy" if window.in_pregnancy and window.baby_until_months is not None else "",
        f"babies from {window.baby_from_months} months" if window.baby_from_months else "",
        f"babies under {window.baby_until_months} months" if window.baby_until_months else "",
        f"respondents from {window.respondent_from_years} years" if window.respondent_from_years else "",
        "" if window.in_pregnancy else "after the birth",
    ]
    return "; ".join(part for part in parts if part) or "any"
