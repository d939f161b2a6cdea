"""What each figure must be, by a fold over the events in plain Python, which knows nothing of the definitions."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from shared.contracts.consultation import (
    RegionalConsultationConverted,
    RegionalConsultationEvaluated,
    RegionalConsultationHeld,
)
from shared.contracts.contact import RegionalContactRecorded
from shared.contracts.ending import RegionalEpisodeDischarged, RegionalFamilyRereferred
from shared.contracts.measure import RegionalChangeMeasured
from shared.contracts.pathway import (
    RegionalAssessmentCompleted,
    RegionalGoalMoved,
    RegionalInterventionEnded,
    RegionalInterventionStarted,
    RegionalPlanAgreed,
    RegionalReviewCompleted,
)
from shared.contracts.reckoning import RegionalCaseloadReckoned, RegionalExperienceReckoned
from shared.contracts.referral import (
    RegionalEpisodeOpened,
    RegionalReferralAccepted,
    RegionalReferralClosed,
    RegionalReferralIncomplete,
    RegionalReferralReceived,
    RegionalTierChanged,
)
from shared.contracts.supervision import RegionalPostsReckoned, RegionalSupervisionReckoned
from shared.contracts.teaching import (
    RegionalChampionsReckoned,
    RegionalConfidenceReckoned,
    RegionalCourseDayHeld,
    RegionalCoverageReckoned,
)
from shared.contracts.training import RegionalPlaceBooked, RegionalPlaceEnded, RegionalTrainingCompleted
from shared.contracts.wait import RegionalWaitStopped
from tests.reporting.indicators.packs.random_log import MONTHS, Told, facts_of

Value = Callable[[Any], int | None]
Figure = tuple[int, int | None, int | None, int | None]
Figures = dict[tuple[int, date, str, str], Figure]
"""By indicator, month, way and part: numerator, denominator, median and 90th."""


@dataclass(frozen=True)
class By:
    """How one indicator is folded; an event counts what a function says, and nothing where that is None."""

    of: tuple[type[Any], ...]
    top: Value
    bottom: Value | None = None
    ways: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict[str, Callable[[Any], Any]])
    is_mix: bool = False
    is_mean: bool = False
    is_days: bool = False
    months: int = 1
    last_of: Callable[[Told], Any] | None = None
    shift: int = 0


@cache
def later(month: date, number: int) -> date:
    months = month.year * 12 + month.month - 1 + number
    return date(months // 12, months % 12 + 1, 1)


def _of(cls: type[Any], condition: Callable[[Any], object] = lambda _: True) -> Value:
    return lambda event: 1 if isinstance(event, cls) and condition(event) else None


def _sum(cls: type[Any], value: Callable[[Any], int | None]) -> Value:
    return lambda event: value(event) if isinstance(event, cls) else None


def _share(
    cls: type[Any], condition: Callable[[Any], object], among: Callable[[Any], object] = lambda _: True, **more: Any
) -> By:
    """Of the events of one kind."""
    return By((cls,), _of(cls, lambda one: among(one) and condition(one)), _of(cls, among), **more)


def _said(
    cls: type[Any], top: Callable[[Any], int | None], bottom: Callable[[Any], int | None] | None = None, **more: Any
) -> By:
    """The last that was said of a month."""
    return By(
        (cls,), _sum(cls, top), _sum(cls, bottom) if bottom else None, last_of=lambda told: told.event.month, **more
    )


Received, Caseload, Contact = RegionalReferralReceived, RegionalCaseloadReckoned, RegionalContactRecorded
SOURCE_AND_AGE = {"source": lambda one: one.source_group, "age": lambda one: one.age_band}
TIER = {"tier": lambda one: one.tier}
DECIDED = (RegionalReferralAccepted, RegionalReferralClosed)
DECLINED = _of(RegionalReferralClosed)


def _decided(condition: Callable[[Any], object] = lambda _: True) -> Value:
    return _of(object, lambda one: isinstance(one, DECIDED) and condition(one))


def _wait(clock: str) -> Callable[[Any], object]:
    return lambda one: one.clock == clock


def _attended(one: Any) -> bool:
    return one.attendance == "attended"


def _missed(one: Any) -> bool:
    return one.attendance in {"did_not_attend", "was_not_brought"}


def _open(one: Any) -> int:
    return one.open_universal + one.open_targeted + one.open_specialist + one.open_risk


def _noted(one: Any) -> int | None:
    voiced = (RegionalAssessmentCompleted, RegionalReviewCompleted, RegionalEpisodeDischarged)
    return 1 if isinstance(one, voiced) and one.has_infant_voice is not None else None


def _direct(one: Any) -> int | None:
    return one.minutes if isinstance(one, Contact) and _attended(one) else None


def _worked(one: Any) -> int | None:
    return one.minutes if isinstance(one, (RegionalConsultationHeld, RegionalCourseDayHeld)) else _direct(one)


def _back(one: Any) -> bool:
    return one.discharged is not None and one.gap in {"days_0_90", "days_91_365"}


INTERVENTION = {"intervention": lambda one: one.intervention}
MEASURE = {"measure": lambda one: one.measure}
WHO = {"course": lambda one: one.course, "sector": lambda one: one.sector, "profession": lambda one: one.profession}
ASKED = {
    "kind": lambda one: one.kind,
    "tier": lambda one: one.tier,
    "sector": lambda one: one.sector,
    "profession": lambda one: one.profession,
}

BRUTE_FORCE: dict[int, By] = {
    1: By((Received,), _of(Received), ways=SOURCE_AND_AGE),
    3: _share(Received, lambda one: one.age_band == "unborn", ways=SOURCE_AND_AGE),
    4: _share(Received, lambda one: one.age_band != "months_24_59", ways=SOURCE_AND_AGE),
    5: _share(Received, lambda one: one.age_band == "months_24_59", ways=SOURCE_AND_AGE),
    6: _share(Received, lambda _: True, ways={"source": lambda one: one.source_group}, is_mix=True),
    7: _share(Received, lambda one: one.source_group == "self", ways=SOURCE_AND_AGE),
    8: By((Received, RegionalReferralIncomplete), _of(RegionalReferralIncomplete), _of(Received)),
    9: By(DECIDED, _decided(lambda one: one.triage_working_days <= 5), _decided()),
    10: By(DECIDED, _of(RegionalReferralAccepted), _decided()),
    11: By(DECIDED, DECLINED, DECLINED, ways={"reason": lambda one: one.reason}, is_mix=True),
    12: By(DECIDED, _of(RegionalReferralClosed, lambda one: one.outcome == "advice_only"), _decided()),
    13: _said(Caseload, lambda one: one.waiting),
    14: _said(
        Caseload, lambda one: 1 if one.longest_wait else None, ways={"longest_wait": lambda one: one.longest_wait}
    ),
    114: _said(Caseload, lambda one: one.waiting_over_28_days, lambda one: one.waiting),
    15: _share(RegionalWaitStopped, lambda one: one.days <= 28, _wait("first_contact"), ways=TIER),
    16: By((RegionalWaitStopped,), _of(RegionalWaitStopped, _wait("first_contact")), ways=TIER, is_days=True),
    17: _share(RegionalWaitStopped, lambda one: one.days <= 28, _wait("help_started"), ways=TIER),
    18: _share(RegionalWaitStopped, lambda one: one.days <= 126, _wait("referral_to_intervention"), ways=TIER),
    121: By(
        (RegionalTierChanged, RegionalEpisodeOpened),
        _of(RegionalTierChanged, lambda one: one.from_tier != one.to_tier and one.capacity_driven),
        _of(RegionalTierChanged, lambda one: one.from_tier != one.to_tier),
        ways={"move": lambda one: f"{one.from_tier} {one.to_tier}"},
    ),
    21: By(
        (RegionalTierChanged, RegionalEpisodeOpened),
        _of(RegionalTierChanged, lambda one: one.from_tier != one.to_tier),
        ways={"move": lambda one: f"{one.from_tier} {one.to_tier}"},
    ),
    22: _said(Caseload, lambda one: one.reviews_overdue, _open),
    122: _share(RegionalReviewCompleted, lambda one: one.is_in_time),
    23: By((Contact,), _of(Contact, _attended), ways=TIER),
    24: _share(Contact, _missed, lambda one: _attended(one) or _missed(one), ways=TIER),
    25: _share(Contact, lambda _: True, _attended, ways={"venue": lambda one: one.venue}, is_mix=True),
    125: _share(Contact, lambda one: one.venue in {"home", "family_hub", "community"}, _attended, ways=TIER),
    26: _share(Contact, lambda one: one.is_with_lead, _attended, ways=TIER),
    27: _said(Caseload, lambda one: one.dads_met, lambda one: one.with_dad),
    28: _said(Caseload, lambda one: one.dads_invited, lambda one: one.with_dad),
    29: _share(Received, lambda one: one.source_group == "neonatal", ways=SOURCE_AND_AGE),
    30: _said(Caseload, lambda one: one.looked_after, _open),
    31: By(
        (RegionalEpisodeDischarged, RegionalFamilyRereferred),
        _of(RegionalFamilyRereferred, _back),
        _of(RegionalEpisodeDischarged),
        months=12,
        shift=12,
    ),
    32: By((RegionalInterventionStarted,), _of(RegionalInterventionStarted), ways=INTERVENTION),
    132: _share(RegionalInterventionEnded, lambda one: one.is_completed, ways=INTERVENTION),
    33: _share(Contact, lambda one: one.has_interpreter, lambda one: one.has_interpreter is not None),
    34: _share(RegionalPlanAgreed, lambda one: one.is_preference_met),
    35: _share(RegionalAssessmentCompleted, lambda one: one.had_baseline),
    36: _share(
        RegionalEpisodeDischarged, lambda one: one.has_paired_measure, lambda one: one.has_two_contacts, ways=TIER
    ),
    37: _share(RegionalChangeMeasured, lambda one: one.change in {"recovered", "reliably_improved"}, ways=MEASURE),
    38: _share(
        RegionalChangeMeasured, lambda one: one.change == "recovered", lambda one: one.was_clinical, ways=MEASURE
    ),
    39: _share(RegionalChangeMeasured, lambda one: one.change == "reliably_deteriorated", ways=MEASURE),
    40: _share(RegionalGoalMoved, lambda one: one.move == "forward"),
    41: By(
        (RegionalAssessmentCompleted, RegionalReviewCompleted, RegionalEpisodeDischarged),
        lambda one: _noted(one) and (1 if one.has_infant_voice else None),
        _noted,
    ),
    42: _said(
        RegionalExperienceReckoned,
        lambda one: None if one.certainly_true is None else one.certainly_true * one.answered,
        lambda one: None if one.certainly_true is None else one.answered,
        is_mean=True,
    ),
    142: _said(RegionalExperienceReckoned, lambda one: one.answered, lambda one: one.asked),
    43: _share(RegionalEpisodeDischarged, lambda one: one.ending == "planned", ways=TIER),
    143: By(
        (RegionalEpisodeDischarged,),
        _sum(RegionalEpisodeDischarged, lambda one: one.length),
        _of(RegionalEpisodeDischarged),
        ways=TIER,
        is_mean=True,
    ),
    44: By((RegionalConsultationHeld,), _of(RegionalConsultationHeld), ways=ASKED),
    144: By((RegionalConsultationHeld,), _sum(RegionalConsultationHeld, lambda one: one.minutes), ways=ASKED),
    45: By(
        (RegionalConsultationEvaluated,),
        _sum(RegionalConsultationEvaluated, lambda one: one.useful),
        _of(RegionalConsultationEvaluated),
        is_mean=True,
    ),
    145: By(
        (RegionalConsultationEvaluated,),
        _sum(RegionalConsultationEvaluated, lambda one: one.now - one.before),
        _of(RegionalConsultationEvaluated),
        is_mean=True,
    ),
    46: By(
        (RegionalConsultationHeld, RegionalConsultationConverted),
        _of(RegionalConsultationConverted, lambda one: one.is_within_90_days),
        _of(RegionalConsultationHeld),
    ),
    53: By((Contact, RegionalConsultationHeld, RegionalCourseDayHeld), _direct, _worked),
    47: By(
        (RegionalTrainingCompleted, RegionalPlaceBooked),
        _of(RegionalTrainingCompleted),
        _of(RegionalPlaceBooked),
        ways=WHO,
    ),
    147: By(
        (RegionalPlaceEnded, RegionalPlaceBooked),
        _of(RegionalPlaceEnded),
        _of(RegionalPlaceBooked),
        ways={"how": lambda one: one.how},
        is_mix=True,
    ),
    50: _said(RegionalChampionsReckoned, lambda one: one.active, lambda one: one.champions),
    52: _said(RegionalSupervisionReckoned, lambda one: one.given_minutes, lambda one: one.owed_minutes),
    57: _said(Caseload, lambda one: one.fields_complete, lambda one: one.fields_required),
    19: By(
        (Caseload, RegionalPostsReckoned),
        _sum(Caseload, _open),
        _sum(RegionalPostsReckoned, lambda one: 10 * one.hundredths),
        last_of=lambda told: (type(told.event), told.event.month),
    ),
    48: By(
        (RegionalCoverageReckoned,),
        _sum(
            RegionalCoverageReckoned,
            lambda one: None if one.course != "IMH_PIR" or one.headcount is None else one.in_date,
        ),
        _sum(RegionalCoverageReckoned, lambda one: one.headcount if one.course == "IMH_PIR" else None),
        ways={"sector": lambda one: one.sector, "profession": lambda one: one.profession},
        last_of=lambda told: (told.event.month, told.event.course, told.event.sector, told.event.profession),
    ),  # type: ignore[attr-defined]
    49: By(
        (RegionalConfidenceReckoned,),
        _sum(RegionalConfidenceReckoned, lambda one: one.gain_tenths),
        _sum(RegionalConfidenceReckoned, lambda one: one.pairs),
        ways={"course": lambda one: one.course},
        is_mean=True,
        last_of=lambda told: told.subject,
    ),
    55: By(DECIDED, _of(RegionalReferralClosed, lambda one: one.reason == "out_of_area")),
    123: By(
        (Contact, Caseload),
        _of(Contact, _attended),
        _sum(Caseload, _open),
        is_mean=True,
        last_of=lambda told: told.event.month if isinstance(told.event, Caseload) else told,
    ),
}
"""Those that hold from one month to another are folded below."""

RECKONED = {
    Caseload,
    RegionalPostsReckoned,
    RegionalSupervisionReckoned,
    RegionalCoverageReckoned,
    RegionalChampionsReckoned,
    RegionalConfidenceReckoned,
    RegionalExperienceReckoned,
}
"""A month of which nothing was said is not 0."""

Parameters = Mapping[str, Mapping[date, int]]
"""By name, then by the month from which each holds."""

_Sums = dict[tuple[str, str], Counter[date]]


def fold(entries: Sequence[Told], parameters: Parameters) -> Figures:
    """Every figure of a team."""
    facts = facts_of(entries)
    figures: Figures = {}
    for number, by in BRUTE_FORCE.items():
        figures |= {(number, *cell): figure for cell, figure in _fold(by, facts).items()}
    figures |= _open_families(facts) | _area(facts, parameters)
    return {cell: figure for cell, figure in figures.items() if cell[2] or not _is_of_nothing(figure)}


def _is_of_nothing(figure: Figure) -> bool:
    """Nobody has entered, or told, what it is of."""
    return figure[0] != 0 and figure[1] == 0


def _fold(by: By, facts: Sequence[tuple[Told, int]]) -> dict[tuple[date, str, str], Figure]:
    mine = [(told, sign) for told, sign in facts if isinstance(told.event, by.of)]
    if by.last_of:
        mine = list(
            {by.last_of(told): (told, sign) for told, sign in sorted(mine, key=lambda one: one[0].position)}.values()
        )
    tops, bottoms = _sums(by, mine, by.top), _sums(by, mine, by.bottom)
    cells: dict[tuple[date, str, str], Figure] = {}
    for month in _known(by, mine):
        for way, part in sorted({("", ""), *tops, *bottoms}):
            above, below = (_over(sums[way, part], month, by.months) for sums in (tops, bottoms))
            if way and not above and not below:
                continue
            denominator = (
                None if by.bottom is None else max(0, _over(bottoms["", ""], month, 1) if by.is_mix else below)
            )
            waited = _percentiles(by, mine, month, way, part) if by.is_days else (None, None)
            cells[month, way, part] = (above if by.is_mean else max(0, above), denominator, *waited)
    return cells


def _over(sums: Counter[date], month: date, months: int) -> int:
    return sums[month] if months == 1 else sum(sums[later(month, -back)] for back in range(months))


def _month(by: By, told: Told) -> date:
    event: Any = told.event
    month = getattr(event, "discharged", None) or event.month if by.shift else event.month
    return later(
        month, by.shift if not by.shift or isinstance(event, RegionalEpisodeDischarged) or event.discharged else 0
    )


def _sums(by: By, facts: Sequence[tuple[Told, int]], value: Value | None) -> _Sums:
    sums: _Sums = defaultdict(Counter)
    for told, sign in facts if value else ():
        assert value is not None
        if (worth := value(told.event)) is not None:
            sums["", ""][_month(by, told)] += sign * worth
            for way, part in by.ways.items() if value is by.top or not by.is_mix else ():
                sums[way, part(told.event) or "not_known"][_month(by, told)] += sign * worth
    return sums


def _known(by: By, facts: Sequence[tuple[Told, int]]) -> list[date]:
    """From the first fact on; of what is said of a month, those of which it was said."""
    if all(cls in RECKONED for cls in by.of):
        said = {_month(by, told) for told, _ in facts if by.top(told.event) is not None}
        return [month for month in MONTHS if month in said]
    months = [_month(by, told) for told, _ in facts if type(told.event) not in RECKONED]
    return [month for month in MONTHS if months and month >= min(months)]


def _percentiles(
    by: By, facts: Sequence[tuple[Told, int]], month: date, way: str, part: str
) -> tuple[int | None, int | None]:
    lengths: Counter[int] = Counter()
    for told, sign in facts:
        event: Any = told.event
        if by.top(event) and event.month == month and (not way or (by.ways[way](event) or "not_known") == part):
            lengths[event.days] += sign
    waits = sorted(lengths.elements())
    if not waits:
        return None, None
    return waits[-(-len(waits) * 5 // 10) - 1], waits[-(-len(waits) * 9 // 10) - 1]


def _open_families(facts: Sequence[tuple[Told, int]]) -> Figures:
    """Those who came to a tier at which a team works, less those who left it, up to a month."""
    moves = [one.event for one, _ in facts if isinstance(one.event, (RegionalEpisodeOpened, RegionalTierChanged))]
    figures: Figures = {}
    for month in (month for month in MONTHS if moves and month >= min(move.month for move in moves)):
        open_now: Counter[str] = Counter()
        for move in (move for move in moves if move.month <= month):
            if isinstance(move, RegionalTierChanged):
                open_now[move.to_tier] += 1
                open_now[move.from_tier] -= 1
            else:
                open_now[move.tier] += 1
        del open_now["community"]
        figures[20, month, "", ""] = (max(0, sum(open_now.values())), None, None, None)
        figures |= {
            (20, month, "tier", tier): (max(0, number), None, None, None) for tier, number in open_now.items() if number
        }
    return figures


def _area(facts: Sequence[tuple[Told, int]], parameters: Parameters) -> Figures:
    """Lines that compare with what the region entered of a team's area."""
    received = [(told.event.month, 1) for told, _ in facts if isinstance(told.event, Received)]
    accepted = [(one.month, sign) for one, sign in _events(facts, RegionalReferralAccepted)]
    closed = [(one.month, sign) for one, sign in _events(facts, RegionalReferralClosed)]
    again = [
        (one.month, later(one.month, -one.months_since_accepted), sign)
        for one, sign in _events(facts, RegionalFamilyRereferred)
    ]
    posts = {one.month: one.hundredths for one, _ in _events(facts, RegionalPostsReckoned)}
    figures: Figures = {}
    for month in MONTHS:
        first = later(month, -11)
        if received and month >= min(received)[0]:
            figures[2, month, "", ""] = (
                sum(sign for one, sign in received if first <= one <= month),
                _holding(parameters, "births", month),
                None,
                None,
            )
        if (begun := [*accepted, *closed, *((one, sign) for one, _, sign in again)]) and month >= min(begun)[0]:
            families = sum(sign for one, sign in accepted if first <= one <= month)
            families -= sum(sign for one, before, sign in again if first <= before and one <= month)
            for number, name in ((54, "demand"), (154, "need")):
                figures[number, month, "", ""] = (max(0, families), _holding(parameters, name, month), None, None)
        if month in posts:
            figures[56, month, "", ""] = (posts[month], _holding(parameters, "posts_planned", month), None, None)
    return figures


def _events(facts: Sequence[tuple[Told, int]], cls: type[Any]) -> list[tuple[Any, int]]:
    return [(told.event, sign) for told, sign in facts if isinstance(told.event, cls)]


def _holding(parameters: Parameters, name: str, month: date) -> int:
    """The value of the last month up to this one from which one holds; 0 when there is none."""
    begun = [each for each in parameters.get(name, {}) if each <= month]
    return parameters[name][max(begun)] if begun else 0
