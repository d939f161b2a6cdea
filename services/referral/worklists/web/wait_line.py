"""How long a family waited, clock by clock: a bar, and the same in words, each number once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from services.referral.team.domain.missing_step import MissingStep
from services.referral.team.domain.wait_clock import Wait, WaitState
from shared.contracts.pathway_codes import WaitClock
from shared.web.line_drawing import Colour, wait_bar

_SHORT = {
    WaitClock.TRIAGE: "Decision",
    WaitClock.ASSESSMENT_TO_INTERVENTION: "Assessment to help",
    WaitClock.REFERRAL_TO_INTERVENTION: "Intervention",
}
_NEAR = 0.75
"""Of its target: a wait that runs is close to it from there on."""


@dataclass(frozen=True)
class WaitLine:
    label: str
    bar: Markup | None
    """None while the clock has not started."""
    words: str
    """`15 of 28 days`, `2 of 5 working days`."""
    missing: str
    """What a clock that runs waits for; empty when it is over."""
    note: str
    """A pause, or the team where the wait began."""


def wait_lines(waits: Sequence[Wait], missing: Mapping[WaitClock, MissingStep]) -> list[WaitLine]:
    return [_line(wait, missing.get(wait.clock)) for wait in waits]


def _line(wait: Wait, step: MissingStep | None) -> WaitLine:
    label = _SHORT.get(wait.clock, wait.clock.label)
    if wait.state is WaitState.NOT_STARTED:
        return WaitLine(label, None, "Not started", "", "")
    words = f"{wait.gross_days} of {wait.target} {'working days' if wait.in_working_days else 'days'}"
    says = f"{words}, over target" if wait.breached else words
    bar = wait_bar(wait.gross_days, wait.target, _colour(wait), says, width=96, targets=2)
    return WaitLine(label, bar, words, step.inside if step else "", "; ".join(_notes(wait)))


def _colour(wait: Wait) -> Colour:
    if wait.breached:
        return Colour.LATE
    is_near = wait.state is WaitState.RUNNING and wait.gross_days >= _NEAR * wait.target
    return Colour.NEAR if is_near else Colour.OK


def _notes(wait: Wait) -> Iterator[str]:
    if wait.adjusted_days != wait.gross_days:
        yield f"{wait.adjusted_days} without pauses"
    if wait.is_paused:
        yield "paused"
    if wait.inherited_from:
        yield f"began at {wait.inherited_from}"
    if wait.state is WaitState.ENDED_NOT_TREATED:
        yield "ended before it was complete"
