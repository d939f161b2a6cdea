"""What a measure is: its items, scales, bands and limits, each with the source that says so. Source: reference 4.1.

A definition is data (`services/referral/packs/measures/*.toml`). How it is scored is in `scoring.py`, how two scores
are compared in `measure_change.py`, and which two are compared in `measure_pair.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from shared.contracts.vocabulary import Code

MOST_COLUMNS = 7
"""Answers that stand side by side and can be read."""


class Licence(Code):
    """Who may show a measure's questions. Source: reference 4.1."""

    A = "A", "Free to use: its questions may be part of this software"
    B = "B", "Free to use after registration: a team that has registered may load the questions"
    C = "C", "Sold by its publisher: only totals are entered here"


class Respondent(Code):
    """Who gives the answers."""

    CAREGIVER = "caregiver", "Parent or carer"
    PRACTITIONER = "practitioner", "Practitioner, from what they saw"


class Entry(Code):
    """What is typed in."""

    ITEMS = "items", "An answer to each item"
    TOTALS = "totals", "The totals, worked out on the paper form"
    DONE = "done", "Only that it was done"


class InputKind(Code):
    """What an answer is; a definition has exactly one, because reversing a reversed item undoes it."""

    SCORED_VALUE = "scored_value", "The number that the form prints beside the answer"
    RESPONSE_POSITION = "response_position", "Which of the answers is ticked"


class Direction(Code):
    LOWER = "lower", "A lower score is better"
    HIGHER = "higher", "A higher score is better"
    MIDDLE = "middle", "Neither a high nor a low score is better"


class Method(Code):
    SUM = "sum", "Sum"
    MEAN = "mean", "Mean"
    PERCENT_HIGHEST = "percent_highest", "Per cent of the answers that are the highest one"


class AlertKind(Code):
    SELF_HARM = "self_harm", "Self-harm"
    SAFEGUARDING = "safeguarding", "Safeguarding"


@dataclass(frozen=True)
class Evidence:
    """Where a value comes from. One that is not verified is the team's to check, and pages say so."""

    source: str
    verified: bool


@dataclass(frozen=True)
class NotApplicable:
    """An item may be answered with "does not apply"."""

    value: int | None
    """What it counts as; None leaves the item out."""
    label: str
    evidence: Evidence


@dataclass(frozen=True)
class Item:
    """One thing to answer: an item of a questionnaire, or a total that is copied from the paper form."""

    code: str
    label: str
    lowest: int
    highest: int
    """Answers are whole numbers from `lowest` to `highest`."""
    value_of_lowest: int
    """What the lowest answer counts as."""
    step: int = 1
    """How much each next answer adds; below 0 for an item that is reversed."""
    not_applicable: NotApplicable | None = None
    optional: bool = False
    options: tuple[str, ...] = ()
    """Words for the answers from the lowest to the highest, where a pack has them."""

    def value_of(self, answer: int) -> int:
        return self.value_of_lowest + self.step * (answer - self.lowest)

    @property
    def values(self) -> tuple[int, int]:
        """The lowest and the highest value that an answer can have."""
        ends = (self.value_of(self.lowest), self.value_of(self.highest))
        return min(ends), max(ends)


@dataclass(frozen=True)
class Band:
    """Scores from `starts_at` up to the next band."""

    starts_at: Decimal
    label: str


@dataclass(frozen=True)
class CutOff:
    """Where the clinical range begins: that score and what is worse."""

    at: Decimal
    evidence: Evidence
    variant: str = ""
    """The variant of the measure that it is for; empty for all that have none of their own."""


@dataclass(frozen=True)
class ReliableChange:
    """A difference of this many points, or more, is not the measure's own noise."""

    points: Decimal
    evidence: Evidence


@dataclass(frozen=True)
class MissingRule:
    """With up to `allowed` items missing the mean of the others stands for them; with more there is no score."""

    allowed: int
    evidence: Evidence


@dataclass(frozen=True)
class Counted:
    """The one item of a scale is a sum from the paper form, and two others say of how many items it is."""

    answered: str
    """Code of the item that says how many were answered."""
    out_of: str | int
    """How many the form has, or the code of the item that says so."""
    each: tuple[int, int]
    """The lowest and the highest value that one of them can have."""


@dataclass(frozen=True)
class Conversion:
    """A table from each raw sum to the score."""

    table: Mapping[int, Decimal]
    evidence: Evidence


@dataclass(frozen=True)
class Scale:
    """One score of a measure."""

    code: str
    name: str
    items: tuple[str, ...]
    method: Method
    lowest: Decimal
    highest: Decimal
    direction: Direction
    evidence: Evidence
    """Of its items and its range."""
    missing: MissingRule
    decimals: int = 0
    counted: Counted | None = None
    conversion: Conversion | None = None
    bands: tuple[Band, ...] = ()
    bands_evidence: Evidence | None = None
    cut_offs: tuple[CutOff, ...] = ()
    reliable_change: ReliableChange | None = None

    def band(self, value: Decimal) -> str:
        """The label of the band that the score falls into; empty when the measure has none."""
        return next((band.label for band in reversed(self.bands) if value >= band.starts_at), "")

    def cut_off(self, variant: str) -> CutOff | None:
        return next((one for wanted in (variant, "") for one in self.cut_offs if one.variant == wanted), None)

    def is_clinical(self, value: Decimal, variant: str) -> bool | None:
        """Whether the score is at the cut-off or worse; None without a cut-off."""
        cut_off = self.cut_off(variant)
        if cut_off is None or self.direction is Direction.MIDDLE:
            return None
        return value >= cut_off.at if self.direction is Direction.LOWER else value <= cut_off.at


@dataclass(frozen=True)
class AlertRule:
    """A value above 0 of one of the items is a risk that someone must answer the same day."""

    items: tuple[str, ...]
    kind: AlertKind
    evidence: Evidence


@dataclass(frozen=True)
class SumCheck:
    """The items must add up to `equals`."""

    items: tuple[str, ...]
    equals: int
    evidence: Evidence


@dataclass(frozen=True)
class Variants:
    """Forms of one measure whose scores are not compared with each other, or respondents with their own cut-off."""

    name: str
    values: Mapping[str, str]
    """Code and label."""
    required: bool


@dataclass(frozen=True)
class AgeWindow:
    """For whom the measure was made; outside of it a page warns and refuses nothing."""

    evidence: Evidence
    in_pregnancy: bool = True
    baby_from_months: int | None = None
    baby_until_months: int | None = None
    """Completed months at which it is over."""
    respondent_from_years: int | None = None


@dataclass(frozen=True)
class MeasureDefinition:
    """One version of a measure. What was scored with it keeps its version."""

    code: str
    version: str
    name: str
    purpose: str
    respondents: tuple[Respondent, ...]
    names_baby: bool
    """Whether it is about one baby and one carer, and not about the carer alone."""
    licence: Licence
    licence_evidence: Evidence
    form: str
    """Where the team gets the form."""
    entry: Entry
    input_kind: InputKind
    items: tuple[Item, ...] = ()
    items_evidence: Evidence | None = None
    reversal_evidence: Evidence | None = None
    scales: tuple[Scale, ...] = ()
    alerts: tuple[AlertRule, ...] = ()
    checks: tuple[SumCheck, ...] = ()
    variants: Variants | None = None
    age: AgeWindow | None = None
    per_goal: bool = False
    """Whether its one item is asked about each of the family's goals."""
    has_texts: bool = False
    """Whether a pack gives the questions' words."""
    snomed: str = ""
    notes: tuple[Evidence, ...] = ()
    """What else there is to know."""

    @property
    def is_grid(self) -> bool:
        """All items have the same few answers, so they can stand in rows under one heading for each answer."""
        kinds = {(item.lowest, item.highest, item.options) for item in self.items}
        return self.entry is Entry.ITEMS and len(kinds) == 1 and self._answers <= MOST_COLUMNS

    @property
    def _answers(self) -> int:
        return max((item.highest - item.lowest + 1 for item in self.items), default=0)

    @property
    def can_be_answered_alone(self) -> bool:
        """A parent or carer can answer it from a link: it is theirs, and its questions can be shown."""
        is_theirs = self.entry is Entry.ITEMS and Respondent.CAREGIVER in self.respondents and not self.per_goal
        return is_theirs and self.has_texts

    @property
    def may_be_left_out(self) -> int:
        """So many answers can be missing, whichever they are, and there is a score for each scale."""
        return min((scale.missing.allowed for scale in self.scales), default=0)

    def item(self, code: str) -> Item | None:
        return next((item for item in self.items if item.code == code), None)

    def scale(self, code: str) -> Scale | None:
        return next((scale for scale in self.scales if scale.code == code), None)
