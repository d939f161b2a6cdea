"""What the rows of a list draw of a family: how long it waits, what became of its contacts, how its scores go."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from services.referral.measures.domain.measure import Scale
from services.referral.measures.domain.measure_change import IMPROVED, Change, change
from services.referral.measures.domain.measure_pair import Taken, pair
from services.referral.measures.domain.usual_scores import usual_scores
from services.referral.measures.web.measure_view import Measures
from services.referral.team.domain.wait_clock import Wait, WaitState
from shared.contracts.pathway_codes import Attendance, ChangeClass
from shared.web.line_drawing import Colour, Dot, contact_dots, sparkline, wait_bar

NEAR_DAYS = 7
"""So many days before a target is over, a wait is near it."""
SCORES_SHOWN = 8

_DOTS: Mapping[Attendance, Dot] = {
    Attendance.ATTENDED: Dot.HELD,
    Attendance.CANCELLED_BY_FAMILY: Dot.GONE,
    Attendance.CANCELLED_BY_SERVICE: Dot.GONE,
    Attendance.WAS_NOT_BROUGHT: Dot.MISSED,
    Attendance.DID_NOT_ATTEND: Dot.MISSED,
    Attendance.NO_ACCESS: Dot.MISSED,
}
_DOT_WORDS = {Dot.HELD: "attended", Dot.GONE: "cancelled", Dot.MISSED: "missed"}


def wait_words(wait: Wait) -> str:
    """`150 of 28 days`, and of a wait that is over `started day 21`."""
    if wait.state is WaitState.STOPPED:
        return f"started day {wait.gross_days}"
    return f"{wait.gross_days} of {wait.target} days{', paused' if wait.is_paused else ''}"


def wait_drawn(wait: Wait, *, width: int = 96, targets: int = 3) -> Markup:
    says = f"{wait_words(wait)}{', over target' if wait.breached else ''}"
    return wait_bar(wait.gross_days, wait.target, _colour(wait), says, width=width, targets=targets)


def wait_cell(wait: Wait) -> Markup:
    """The bar and its words below each other."""
    return wait_drawn(wait) + Markup('<span class="pairs-soft">{}</span>').format(wait_words(wait))


def contact_words(contacts: Sequence[Attendance]) -> str:
    """`4 attended, 1 cancelled, 3 missed`; empty when there was none."""
    counts = Counter(_DOTS[one] for one in contacts)
    return ", ".join(f"{counts[dot]} {words}" for dot, words in _DOT_WORDS.items() if counts[dot])


def contacts_drawn(contacts: Sequence[Attendance]) -> Markup:
    if not contacts:
        return Markup()
    return contact_dots([_DOTS[one] for one in contacts], f"Oldest first: {contact_words(contacts)}")


@dataclass(frozen=True)
class ScoreLine:
    """The last scores on the first scale of the family's usual measure, the oldest first."""

    code: str
    scores: Sequence[Decimal]
    scale: Scale | None
    """None where the team uses another version of the measure now: then nothing is compared."""
    cut_off: Decimal | None
    change: Change | None

    @property
    def reliable(self) -> ChangeClass | None:
        """A change that is more than the measure's own noise; None where there is none, or nobody knows."""
        found = self.change.change_class if self.change else None
        return None if found is ChangeClass.NO_RELIABLE_CHANGE else found

    @property
    def words(self) -> str:
        change = f": {self.reliable.inside}" if self.reliable else ""
        return f"{self.code} {', '.join(f'{score:f}' for score in self.scores)}{change}"


def score_line(taken: Iterable[Taken], usual: Sequence[str], measures: Measures) -> ScoreLine | None:
    """None for a family without a score on a usual measure.

    Args:
        taken: of one episode.
        usual: codes of the team's usual measures.
    """
    those = usual_scores(taken, usual)
    if not those:
        return None
    series = those[-1].series
    definition = measures.get(series.code)
    scale = definition.scales[0] if definition and definition.version == series.version else None
    code = scale.code if scale else next(iter(those[-1].values))
    cut_off = scale.cut_off(series.variant) if scale else None
    return ScoreLine(
        series.code.replace("_", "-"),
        [one.values[code] for one in those if code in one.values][-SCORES_SHOWN:],
        scale,
        cut_off.at if cut_off else None,
        _change(those, scale),
    )


def score_drawn(line: ScoreLine | None, heading: str) -> Markup:
    """The sparkline and the latest score; ▲ or ▼ only where the change is reliable.

    Args:
        heading: the measure that the column is called by; another is named beside its score.
    """
    if line is None:
        return Markup()
    drawing = Markup()
    if line.scale:
        within = (float(line.scale.lowest), float(line.scale.highest))
        cut_off = None if line.cut_off is None else float(line.cut_off)
        drawing = sparkline([float(score) for score in line.scores], line.words, within=within, cut_off=cut_off)
    latest = Markup('<span class="{}">{}{}</span>').format(_manner(line.reliable), f"{line.scores[-1]:f}", _sign(line))
    name = Markup() if line.code == heading else Markup('<span class="pairs-soft">{}</span>').format(line.code)
    return Markup('<span class="pairs-figure-cell">{}{}</span>{}').format(drawing, latest, name)


def _manner(reliable: ChangeClass | None) -> str:
    return "" if reliable is None else "pairs-better" if reliable in IMPROVED else "pairs-worse"


def _sign(line: ScoreLine) -> Markup:
    if line.reliable is None or line.change is None:
        return Markup()
    return Markup(' <span aria-hidden="true">{}</span>').format("▲" if line.change.difference > 0 else "▼")


def _change(those: Sequence[Taken], scale: Scale | None) -> Change | None:
    if scale is None:
        return None
    found = next((one for one in pair(those) if one.scale == scale.code), None)
    if found is None:
        return None
    first, last = (one.values[scale.code] for one in (found.first, found.last))
    return change(scale, first, last, variant=found.first.series.variant)


def _colour(wait: Wait) -> Colour:
    if wait.breached:
        return Colour.LATE
    is_near = wait.state is WaitState.RUNNING and wait.gross_days > wait.target - NEAR_DAYS
    return Colour.NEAR if is_near else Colour.OK
