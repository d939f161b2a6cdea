"""What a measure's file may say. A file that says anything else, or contradicts itself, is refused with a sentence."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.referral.measures.domain.measure import (
    AgeWindow,
    AlertKind,
    AlertRule,
    Band,
    Conversion,
    Counted,
    CutOff,
    Direction,
    Entry,
    Evidence,
    InputKind,
    Item,
    Licence,
    MeasureDefinition,
    Method,
    MissingRule,
    NotApplicable,
    ReliableChange,
    Respondent,
    Scale,
    SumCheck,
    Variants,
)
from services.referral.measures.domain.reliable_change import reliable_change_points

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]{1,40}$")]
Span = tuple[int, int]
Number = Annotated[Decimal, Field(ge=-1000, le=1000)]


class MeasurePart(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Sourced(MeasurePart):
    """Every value says who says so, and whether that was checked."""

    source: Words
    verified: bool

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.source, self.verified)


class LicencePart(Sourced):
    kind: Annotated[Licence, Field(alias="class")]


class AgePart(Sourced):
    in_pregnancy: bool = True
    baby_from_months: int | None = None
    baby_until_months: int | None = None
    respondent_from_years: int | None = None

    def window(self) -> AgeWindow:
        return AgeWindow(self.evidence, **self.model_dump(exclude={"source", "verified"}))


class NotApplicablePart(Sourced):
    items: tuple[int, ...] | Literal["all"]
    value: int | None = None
    label: Words


class ItemsPart(Sourced):
    """Items that are alike but for the direction in which they count."""

    count: Annotated[int, Field(ge=1, le=100)]
    answers: Span
    values: Span
    reversed: tuple[int, ...] = ()
    reversed_source: Words | None = None
    reversed_verified: bool = False
    not_applicable: NotApplicablePart | None = None
    options: tuple[Words, ...] = ()
    texts: tuple[Words, ...] = ()

    @property
    def reversal_evidence(self) -> Evidence | None:
        if not self.reversed:
            return None
        if self.reversed_source is None:
            raise ValueError("items that are reversed need a reversed_source")
        return Evidence(self.reversed_source, self.reversed_verified)

    def items(self) -> tuple[Item, ...]:
        numbers = range(1, self.count + 1)
        if self.texts and len(self.texts) != self.count:
            raise ValueError(f"there are {len(self.texts)} texts for {self.count} items")
        none = self.not_applicable
        named = (*self.reversed, *(none.items if none and none.items != "all" else ()))
        if not set(named) <= set(numbers):
            raise ValueError(f"items are numbered from 1 to {self.count}")
        return tuple(self._item(number) for number in numbers)

    def _item(self, number: int) -> Item:
        lowest, highest = self.values
        turned = number in self.reversed
        none = self.not_applicable
        applies_to = none is not None and (none.items == "all" or number in none.items)
        return Item(
            str(number),
            self.texts[number - 1] if self.texts else f"Item {number}",
            *self.answers,
            value_of_lowest=highest if turned else lowest,
            step=-1 if turned else 1,
            not_applicable=NotApplicable(none.value, none.label, none.evidence) if none and applies_to else None,
            options=self.options,
        )


class ItemPart(MeasurePart):
    """One item or total with a range of its own."""

    code: Key
    name: Words
    answers: Span
    value_of_lowest: int | None = None
    step: int = 1
    optional: bool = False
    options: tuple[Words, ...] = ()

    def item(self) -> Item:
        lowest, highest = self.answers
        first = lowest * self.step if self.value_of_lowest is None else self.value_of_lowest
        return Item(self.code, self.name, lowest, highest, first, self.step, None, self.optional, self.options)


class BandPart(MeasurePart):
    at: Number
    label: Words


class BandsPart(Sourced):
    steps: Annotated[tuple[BandPart, ...], Field(min_length=2)]


class CutOffPart(Sourced):
    at: Number
    variant: str = ""


class ReliableChangePart(Sourced):
    """Either the points, or what they follow from."""

    points: Annotated[Decimal, Field(gt=0)] | None = None
    sd: Annotated[Decimal, Field(gt=0)] | None = None
    reliability: Annotated[Decimal, Field(ge=0, lt=1)] | None = None

    def rule(self) -> ReliableChange:
        match self.points, self.sd, self.reliability:
            case Decimal() as points, None, None:
                return ReliableChange(points, self.evidence)
            case None, Decimal() as sd, Decimal() as reliability:
                return ReliableChange(Decimal(reliable_change_points(sd, reliability)), self.evidence)
            case _:
                raise ValueError("reliable_change: give either points, or sd and reliability")


class MissingPart(Sourced):
    allowed: Annotated[int, Field(ge=0)]


class CountedPart(MeasurePart):
    answered: Key
    out_of: int | Key
    each: Span


class ConversionPart(Sourced):
    table: Mapping[int, Number]


class ScalePart(Sourced):
    code: Key
    name: Words
    items: tuple[int | Key, ...] | Literal["all"]
    method: Method
    range: tuple[Number, Number]
    direction: Direction
    decimals: Annotated[int, Field(ge=0, le=3)] = 0
    missing: MissingPart
    counted: CountedPart | None = None
    conversion: ConversionPart | None = None
    bands: BandsPart | None = None
    cut_off: tuple[CutOffPart, ...] = ()
    reliable_change: ReliableChangePart | None = None

    def scale(self, every_item: tuple[Item, ...]) -> Scale:
        return Scale(
            code=self.code,
            name=self.name,
            items=tuple(item.code for item in every_item) if self.items == "all" else tuple(map(str, self.items)),
            method=self.method,
            lowest=self.range[0],
            highest=self.range[1],
            direction=self.direction,
            evidence=self.evidence,
            missing=MissingRule(self.missing.allowed, self.missing.evidence),
            decimals=self.decimals,
            counted=Counted(self.counted.answered, self.counted.out_of, self.counted.each) if self.counted else None,
            conversion=Conversion(self.conversion.table, self.conversion.evidence) if self.conversion else None,
            bands=tuple(Band(step.at, step.label) for step in self.bands.steps) if self.bands else (),
            bands_evidence=self.bands.evidence if self.bands else None,
            cut_offs=tuple(CutOff(one.at, one.evidence, one.variant) for one in self.cut_off),
            reliable_change=self.reliable_change.rule() if self.reliable_change else None,
        )


class AlertPart(Sourced):
    items: Annotated[tuple[int | Key, ...], Field(min_length=1)]
    kind: AlertKind


class CheckPart(Sourced):
    items: Annotated[tuple[Key, ...], Field(min_length=2)]
    equals: int


class VariantsPart(MeasurePart):
    name: Words
    values: Mapping[Key, Words]
    required: bool


class MeasureFile(MeasurePart):
    """One file: one version of one measure."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{1,19}$")]
    version: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]{0,19}$")]
    name: Words
    purpose: Words
    respondents: Annotated[tuple[Respondent, ...], Field(min_length=1)]
    names_baby: bool
    form: Words
    entry: Entry
    input: InputKind = InputKind.SCORED_VALUE
    per_goal: bool = False
    snomed: Annotated[str, StringConstraints(pattern=r"^([0-9]{6,18})?$")] = ""
    licence: LicencePart
    age: AgePart | None = None
    items: ItemsPart | None = None
    item: tuple[ItemPart, ...] = ()
    scale: tuple[ScalePart, ...] = ()
    alert: tuple[AlertPart, ...] = ()
    check: tuple[CheckPart, ...] = ()
    variants: VariantsPart | None = None
    note: tuple[Sourced, ...] = ()

    def definition(self) -> MeasureDefinition:
        """The definition that the file describes; whether it is consistent is for `measure_consistency.py`."""
        items = (*(self.items.items() if self.items else ()), *(one.item() for one in self.item))
        return MeasureDefinition(
            code=self.code,
            version=self.version,
            name=self.name,
            purpose=self.purpose,
            respondents=self.respondents,
            names_baby=self.names_baby,
            licence=self.licence.kind,
            licence_evidence=self.licence.evidence,
            form=self.form,
            entry=self.entry,
            input_kind=self.input,
            items=items,
            items_evidence=self.items.evidence if self.items else None,
            reversal_evidence=self.items.reversal_evidence if self.items else None,
            scales=tuple(one.scale(items) for one in self.scale),
            alerts=tuple(AlertRule(tuple(map(str, one.items)), one.kind, one.evidence) for one in self.alert),
            checks=tuple(SumCheck(one.items, one.equals, one.evidence) for one in self.check),
            variants=self._variants(),
            age=self.age.window() if self.age else None,
            per_goal=self.per_goal,
            has_texts=bool(self.items and self.items.texts),
            snomed=self.snomed,
            notes=tuple(one.evidence for one in self.note),
        )

    def _variants(self) -> Variants | None:
        given = self.variants
        return Variants(given.name, given.values, given.required) if given else None
