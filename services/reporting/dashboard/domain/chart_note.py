"""What somebody who knows says of a month of a figure: a clinic that was shut, a form that changed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shared.kernel.errors import RuleBroken


@dataclass(frozen=True)
class ChartNote:
    """It stands in the chart, in the table and in every file of the figure."""

    id: UUID
    indicator: int
    team: str
    """Empty for the region."""
    month: date
    words: str
    written_by: str
    """The name of who wrote it."""
    written_at: datetime


def check_month(month: date, today: date) -> None:
    """Of a note or a step: its first day.

    Raises:
        RuleBroken: it has not begun.
    """
    if month > today:
        raise RuleBroken("month_to_come", "That month has not begun. Choose one that has.", field="month")
