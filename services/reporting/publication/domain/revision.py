"""Why a frozen cell is published anew. It never is by itself: all revisions of a month come with the next freeze."""

from services.reporting.publication.domain.published_point import PublishedPoint
from shared.contracts.vocabulary import Code


class Cause(Code):
    """Of a snapshot."""

    FROZEN = "frozen", "Frozen on its day"
    """A month for the first time."""
    LATE = "late", "Came late"
    """More was heard of it after it was frozen, or its team stands by it now."""
    CORRECTED = "corrected", "Corrected"
    """Something of it was taken back."""
    DEFINITION = "definition", "Counted in another way"
    """It is counted in another way from now on."""

    @property
    def happened(self) -> str:
        """After the name of a month: `March 2026 was revised: figures came late`."""
        return {
            "frozen": "was frozen",
            "late": "was revised: figures came late",
            "corrected": "was revised: figures were corrected",
            "definition": "was revised: figures are counted in another way",
        }[self]


REVISING = (Cause.LATE, Cause.CORRECTED, Cause.DEFINITION)


def cause_of(was: PublishedPoint | None, now: PublishedPoint | None, *, is_new_definition: bool) -> Cause | None:
    """Of one cell of a frozen month; None when nothing changed."""
    if was == now:
        return None
    if is_new_definition:
        return Cause.DEFINITION
    if now is None or (was is not None and _has_less(was, now)):
        return Cause.CORRECTED
    return Cause.LATE


def _has_less(was: PublishedPoint, now: PublishedPoint) -> bool:
    pairs = ((was.numerator, now.numerator), (was.denominator, now.denominator))
    if was.why_hidden is None and now.why_hidden is not None:
        return True
    return any(before is not None and after is not None and after < before for before, after in pairs)
