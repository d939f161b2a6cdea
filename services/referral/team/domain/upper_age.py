"""Where a team's remit ends. Source: reference 1.1, rows 3 and 4."""

from typing import Literal

UpperAgeYears = Literal[2, 5]
"""The birthday, in years."""
