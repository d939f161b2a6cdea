"""One family of a caseload that a team brings with it, and what can be wrong with a line of the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.support.domain.tier import Opening
from shared.contracts.vocabulary import Urgency
from shared.kernel.errors import RuleBroken

MOST_FAMILIES = 500
"""In one file: a team's whole caseload is smaller."""


@dataclass(frozen=True)
class CaseloadRow:
    """A family that the team works with already."""

    line: int
    """In the file, as a spreadsheet counts: the heading is line 1."""
    request: ReferralRequest
    received_on: date
    opened_on: date
    opening: Opening
    urgency: Urgency


@dataclass(frozen=True)
class LineProblem:
    """What is wrong with a line, or what may be known already."""

    line: int
    sentence: str
    may_be_known: bool = False
    """The family may be on record; whoever has looked may take the line in all the same."""


class WrongLines(RuleBroken):
    """Nothing of the file was stored.

    Args:
        content_hash: of the file, so that whoever looks at its lines says so of this file and of no other.
    """

    def __init__(self, problems: Sequence[LineProblem], content_hash: bytes) -> None:
        super().__init__("caseload_lines", "Nothing was saved. Put right what is listed, and choose the file again.")
        self.problems = sorted(problems, key=lambda problem: problem.line)
        self.content_hash = content_hash


def check_dates(row: CaseloadRow, today: date) -> None:
    """Raises RuleBroken when work began before the referral came, or is to begin."""
    if row.received_on > today:
        raise RuleBroken("received_on", "received_on must be today or in the past.", field="received_on")
    if not row.received_on <= row.opened_on <= today:
        raise RuleBroken("opened_on", "opened_on must not be before received_on, nor after today.", field="opened_on")
