"""A judged series in words: its figure and what that is of, its icon's word, why a month stands out, and its title.

Titles are findings: one sentence, true of the published figures.
"""

from fractions import Fraction

from services.reporting.indicators.domain.indicator import Shape
from services.reporting.publication.domain.period_words import period_words
from services.reporting.publication.domain.published_point import Period, PublishedPoint, WhyHidden
from services.reporting.variation.domain.variation import Assurance, JudgedPoint, PointClass, Variation
from services.reporting.variation.domain.xmr import Hit, Rule

_ONE_DECIMAL = (Shape.MEAN, Shape.RATE)


def figure_words(value: Fraction, shape: Shape) -> str:
    """`77%`, `1,234`, `2.0`, `16 days`: halves go up."""
    if shape in _ONE_DECIMAL:
        return f"{float(_rounded(10 * value)) / 10:,.1f}"
    number = f"{_rounded(value):,}"
    return {Shape.SHARE: f"{number}%", Shape.DAYS: f"{number} day{'' if number == '1' else 's'}"}.get(shape, number)


def value_words(one: JudgedPoint, shape: Shape) -> str:
    """The figure; where there is none, what there is in its place: `hidden`, `no data`, `none to count`, `too few`."""
    if one.value is not None:
        return figure_words(one.value, shape)
    point = one.point
    if point.why_hidden is not None or point.numerator is None:
        return "hidden" if point.why_hidden is WhyHidden.SMALL else "no data"
    return "too few" if _counted(point, shape) else "none to count"


def limit_words(value: Fraction, shape: Shape) -> str:
    """To one decimal place, as limits and averages are no counts: `64.6%`."""
    number = f"{float(_rounded(10 * value)) / 10:,.1f}"
    return {Shape.SHARE: f"{number}%", Shape.DAYS: f"{number} days"}.get(shape, number)


def of_words(point: PublishedPoint, shape: Shape) -> str:
    """What the figure is of: `164 of 213`, `of 31 waits`; empty for a count, and for what is hidden."""
    if point.why_hidden is not None or point.numerator is None or shape is Shape.COUNT:
        return ""
    if shape is Shape.DAYS:
        return f"of {point.numerator:,}"
    if point.denominator is None:
        return ""
    return f"of {point.denominator:,}" if shape is Shape.MEAN else f"{point.numerator:,} of {point.denominator:,}"


def absent_words(point: PublishedPoint, shape: Shape) -> str:
    """Why there is no figure. It is never zero, and says nothing that is not published beside it."""
    if point.why_hidden is WhyHidden.SMALL:
        return "hidden: small, or it would give a small number away"
    if point.why_hidden is WhyHidden.NO_DATA or point.numerator is None:
        return "no data"
    counted, of = _counted(point, shape), "waits" if shape is Shape.DAYS else ""
    if not counted:
        return f"no {of}" if of else "none to count: 0 of 0"
    return f"too few for a median: {counted} waits" if of else "too few for a share"


def _counted(point: PublishedPoint, shape: Shape) -> int:
    """Of how many the figure would be."""
    return (point.numerator if shape is Shape.DAYS else point.denominator) or 0


def rule_words(hit: Hit) -> str:
    """Why a point stands out."""
    high, rising = ("upper", "rising") if hit.is_up else ("lower", "falling")
    return {
        Rule.OUTSIDE: f"{'above' if hit.is_up else 'below'} the {high} limit",
        Rule.TREND: f"{hit.length} {rising}",
        Rule.NEAR: f"2 of 3 near the {high} limit",
        Rule.SHIFT: f"{hit.length} {'above' if hit.is_up else 'below'} the average",
    }[hit.rule]


def point_words(one: JudgedPoint, shape: Shape) -> str:
    """What the rules say of a month, all of them, the one that names it first."""
    match one.kind:
        case PointClass.HIDDEN | PointClass.ABSENT:
            return absent_words(one.point, shape)
        case PointClass.UNFINISHED:
            return "so far, not judged"
        case PointClass.NOT_JUDGED:
            return "not judged"
        case PointClass.ORDINARY:
            return "ordinary"
        case _:
            return "; ".join(rule_words(hit) for hit in one.hits)


def variation_words(said: Variation) -> str:
    """Beside the icon: `Better, rising`, `Ordinary`, `Too few points`."""
    latest = said.newest
    if latest is None:
        return "No data"
    plain = {
        PointClass.ORDINARY: "Ordinary",
        PointClass.HIDDEN: "Hidden",
        PointClass.ABSENT: "No figure",
        PointClass.UNFINISHED: "Not finished",
        PointClass.NOT_JUDGED: "Not judged" if said.indicator.overlaps else "Too few points",
    }
    if latest.kind in plain:
        return plain[latest.kind]
    hit = latest.hits[0]
    if latest.kind is PointClass.CHANGED:
        words = ("Rising", "Falling") if hit.rule is Rule.TREND else ("Higher", "Lower")
        return words[0] if hit.is_up else words[1]
    way = ("rising", "falling") if hit.rule is Rule.TREND else ("high", "low")
    return f"{latest.kind.value.capitalize()}, {way[0] if hit.is_up else way[1]}"


def assurance_words(assurance: Assurance) -> str:
    return {
        Assurance.WILL_MEET: "Will meet",
        Assurance.HIT_OR_MISS: "Hit or miss",
        Assurance.WILL_MISS: "Will miss",
        Assurance.NO_TARGET: "No target",
        Assurance.NOT_JUDGED: "Not judged",
    }[assurance]


def title(said: Variation) -> str:
    """What the series says, as one sentence."""
    latest, aim, shape = said.newest, _aim(said), said.indicator.shape
    if latest is None or latest.value is None:
        why = f"{period_words(latest.point)} has no figure: {absent_words(latest.point, shape)}" if latest else ""
        return why or "No data yet"
    if latest.kind is PointClass.UNFINISHED:
        return f"{figure_words(latest.value, said.indicator.shape)} so far; no month is finished yet"
    if latest.kind is PointClass.NOT_JUDGED:
        return f"{figure_words(latest.value, said.indicator.shape)} in {period_words(latest.point)}; {_too_few(said)}"
    if latest.kind is PointClass.ORDINARY:
        return f"As usual in {period_words(latest.point)}{aim}"
    hit = latest.hits[0]
    judged = f", which is {latest.kind}" if latest.kind is not PointClass.CHANGED else ""
    when = f" in {period_words(latest.point)}" if hit.rule in (Rule.OUTSIDE, Rule.NEAR) else ""
    return f"{_what_happened(hit, latest.point)}{when}{judged}{aim}"


def standing(said: Variation) -> str:
    """Why the latest point stands out, as the end of a sentence: `rising 7 months in a row`; empty when it does not."""
    latest = said.latest
    if latest is None or not latest.hits:
        return ""
    words = _what_happened(latest.hits[0], latest.point)
    return f"{words[0].lower()}{words[1:]}"


def sentence(said: Variation) -> str:
    """The figure, what it is of, where it stands, and what comes of the target."""
    latest, shape = said.newest, said.indicator.shape
    if latest is None:
        return "Nothing is published yet."
    if latest.value is None:
        return f"{period_words(latest.point)}: {absent_words(latest.point, shape)}."
    of = of_words(latest.point, shape)
    figure = f"{period_words(latest.point)}: {figure_words(latest.value, shape)}{f' ({of})' if of else ''}."
    if said.limits is None:
        return f"{figure} {_too_few(said).capitalize()}."
    lower, upper = limit_words(said.limits.lower, shape), limit_words(said.limits.upper, shape)
    standing = "as usual" if latest.kind is PointClass.ORDINARY else point_words(latest, shape)
    return f"{figure} It is {standing}; usual are {lower} to {upper}.{_target_sentence(said)}"


def _what_happened(hit: Hit, point: PublishedPoint) -> str:
    unit = "quarters" if point.period is Period.QUARTER else "months"
    if hit.rule is Rule.TREND:
        return f"{'Rising' if hit.is_up else 'Falling'} {hit.length} {unit} in a row"
    if hit.rule is Rule.SHIFT:
        return f"{'Above' if hit.is_up else 'Below'} its average for {hit.length} {unit}"
    words = rule_words(hit)
    return f"{words[0].upper()}{words[1:]}"


def _aim(said: Variation) -> str:
    if said.target is None:
        return ""
    target = figure_words(Fraction(said.target.value), said.indicator.shape)
    return {
        Assurance.WILL_MEET: f", and {target} will be met as things are",
        Assurance.HIT_OR_MISS: f"; {target} is hit or missed by chance",
        Assurance.WILL_MISS: f", but {target} is out of reach as things are",
    }.get(said.assurance, "")


def _target_sentence(said: Variation) -> str:
    if said.target is None or said.limits is None:
        return ""
    target = figure_words(Fraction(said.target.value), said.indicator.shape)
    return {
        Assurance.WILL_MEET: f" The target of {target} will be met in an ordinary month.",
        Assurance.HIT_OR_MISS: f" The target of {target} lies in that range: it will be hit or missed by chance.",
        Assurance.WILL_MISS: f" The target of {target} lies beyond it: it will be missed in an ordinary month.",
    }.get(said.assurance, "")


def _too_few(said: Variation) -> str:
    if said.indicator.overlaps:
        return "each month is of those before it as well, so nothing is judged"
    return f"too few points for limits, which need {said.rules.points_for_limits}"


def bound_note(said: Variation) -> str:
    """Where a rule can never hold: a low signal below nothing, a high one above all."""
    limits, shape = said.limits, said.indicator.shape
    if limits is None:
        return ""
    if limits.lower < 0 and shape is not Shape.MEAN:
        return "The lower limit lies below nothing, so a single low month cannot stand out."
    values = [one.value for one in said.points if one.value is not None]
    if shape is Shape.SHARE and limits.upper > 100 >= max(values):
        return "The upper limit lies above 100%, so a single high month cannot stand out."
    return ""


def period_note(said: Variation) -> str:
    """Why there are quarters or years where another team has months."""
    latest = said.points[-1].point if said.points else None
    if latest is None or not said.series.team or latest.period is Period.MONTH:
        return ""
    if said.indicator.is_of_a_year:
        return "Of a team, what is of twelve months is told once a year, to March: each month would give one away."
    instead = "quarters" if latest.period is Period.QUARTER else "financial years"
    return f"The team’s numbers are small, so it has {instead} in place of months; of months, most would be hidden."


def _rounded(value: Fraction) -> int:
    """To a whole number, halves away from nothing."""
    whole = int(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole
