"""What someone chose to see. All of it is in the address, so that an address is the view, for good."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query

from services.reporting.dashboard.queries.regional_figures import RegionalFigures
from shared.contracts.slug import SLUG_PATTERN
from shared.kernel.errors import NotFound

TEAM = f"{SLUG_PATTERN}|^$"
"""A team's slug, or nothing for the region."""
MONTH = r"^([1-9][0-9]{3}-(0[1-9]|1[0-2]))?$"
"""A month of a year that the calendar has, or nothing."""


class Show(StrEnum):
    """Which of the indicators."""

    MAIN = "main"
    ALL = "all"
    CHANGED = "changed"
    WORSE = "worse"
    WILL_MISS = "will_miss"
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True)
class Choice:
    """One view."""

    as_at: date | None = None
    """First day of the frozen month; None: the latest."""
    team: str = ""
    """Empty: the region."""
    number: int = 0
    """Of the indicator; 0: none."""
    show: Show | None = None
    other: str = ""
    """The team beside which that one is looked at; empty: none."""

    @property
    def query(self) -> str:
        """What the address of a page ends with, for a page whose path says nothing of it: `?as_at=2026-10`."""
        said = {
            "as_at": f"{self.as_at:%Y-%m}" if self.as_at else "",
            "team": self.team,
            "number": str(self.number or ""),
            "show": self.show.value if self.show else "",
            "other": self.other,
        }
        told = {name: value for name, value in said.items() if value}
        return f"?{urlencode(told)}" if told else ""

    def indicator(self, number: int, team: str = "") -> str:
        """The address of a figure, as at the same month."""
        return f"/indicators/{number}{replace(self, number=0, team=team, show=None, other='').query}"

    def of_team(self, team: str) -> str:
        """The address of a team's page, likewise."""
        return f"/team/{team}{self.as_at_only}"

    @property
    def as_at_only(self) -> str:
        return replace(self, number=0, team="", show=None, other="").query

    def checked(self, figures: RegionalFigures) -> None:
        """Whether there is such a view.

        Raises:
            NotFound: the team is none of the region's, or the month is not frozen.
        """
        if {self.team, self.other} - {"", *figures.teams}:
            raise NotFound(
                "team_unknown", "There is no such team in this region. Go back and choose one from the list."
            )
        if self.as_at and self.as_at not in figures.frozen_months:
            raise NotFound("month_not_frozen", "That month is not frozen. Go back and choose one from the list.")


def _chosen(
    as_at: Annotated[str, Query(pattern=MONTH)] = "",
    team: Annotated[str, Query(pattern=TEAM)] = "",
    number: Annotated[int, Query(ge=0, le=999)] = 0,
    show: Show | None = None,
    other: Annotated[str, Query(pattern=TEAM)] = "",
) -> Choice:
    return Choice(date.fromisoformat(f"{as_at}-01") if as_at else None, team, number, show, other)


Chosen = Annotated[Choice, Depends(_chosen)]
