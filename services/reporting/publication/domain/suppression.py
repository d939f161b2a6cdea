"""Which counts say too much of few families to be shown. What else is hidden to protect them is in `hiding`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SuppressionProfile:
    """Counts from 1 to one below `smallest_shown` are never shown; 0 is, but where the whole month is hidden."""

    smallest_shown: int

    def and_strict(self) -> "SuppressionProfile":
        """For whoever is not under agreement."""
        return SuppressionProfile(max(self.smallest_shown, STRICT.smallest_shown))

    def is_small(self, count: int) -> bool:
        return 0 < count < self.smallest_shown


REGIONAL = SuppressionProfile(smallest_shown=5)
"""As NHS England's monthly Mental Health Services figures. Source: reference 7.4."""

STRICT = SuppressionProfile(smallest_shown=8)
"""For whoever is not under agreement. With 7 shown, a 5 that was rounded could only be a 6 or 7."""

MINUTES = SuppressionProfile(smallest_shown=300)
"""Of what is counted in minutes: about five appointments of an hour, of which the minutes would tell what is hidden."""

PROFILES = {"regional": REGIONAL, "strict": STRICT, "minutes": MINUTES}
"""By the name that an indicator says."""

SMALLEST_TELLING_DENOMINATOR = 8
"""Of fewer than this, "all of them" or "none of them" says too much of each. Source: reference 7.4 (b)."""
