"""What the doctor finds, and whose it is to look after."""

from dataclasses import dataclass
from typing import NamedTuple

SILENT = "does not answer"
"""How the detail of a finding begins when nobody knows, since nobody said."""


class Finding(NamedTuple):
    """One line of what the doctor says."""

    check: str
    well: bool
    detail: str
    what_to_do: str = ""


@dataclass(frozen=True)
class Scope:
    """What is looked at: all that is on one PostgreSQL, or where each team has its own, one team or the region.

    Args:
        only: a team's slug, or `region`; none: everything.
    """

    only: str | None = None

    def has(self, team: str | None) -> bool:
        """Whether the databases of that team, or of the region, are to be found on this PostgreSQL."""
        return self.only in (None, team or "region")


EVERYTHING = Scope()
