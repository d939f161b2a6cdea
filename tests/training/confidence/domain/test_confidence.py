"""Confidence before and after a course."""

from fractions import Fraction

from services.training.confidence.domain.confidence import Answered, confidence_change


def test_confidence_is_compared_in_pairs_only() -> None:
    pairs = zip([5, 6, 4, 7, 5, 6, 3], [8, 7, 6, 9, 6, 9, 6], strict=True)
    answers = [*(Answered(before, after) for before, after in pairs), Answered(9), Answered(9), Answered(None, 2)]

    found = confidence_change(answers)

    assert found is not None
    assert (found.pairs, found.mean, found.improved) == (7, Fraction(15, 7), 5)
    assert confidence_change([Answered(9), Answered(None, 2)]) is None
