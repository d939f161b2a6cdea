"""Which of a family's scores stand for all in a list: those of the measure that the team uses as a rule."""

from collections.abc import Iterable, Sequence

from services.referral.measures.domain.measure_pair import Taken, by_series


def usual_scores(taken: Iterable[Taken], usual: Sequence[str]) -> tuple[Taken, ...]:
    """The series of the first of the usual measures that was answered, in the order of its days.

    Where several people answered it, whose answer is the latest.

    Args:
        taken: of one episode.
        usual: codes of measures, the most usual first.
    """
    every = by_series(taken)
    for code in usual:
        if of_code := [those for series, those in every.items() if series.code == code]:
            return max(of_code, key=lambda those: those[-1].on)
    return ()
