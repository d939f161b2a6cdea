"""Which scores a list draws of a family that has several measures, answered by several people."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from services.referral.measures.domain.measure import Respondent
from services.referral.measures.domain.measure_pair import Series, Taken
from services.referral.measures.domain.usual_scores import usual_scores
from shared.kernel.identifiers import new_id

MOTHER, DAD = new_id(), new_id()
USUAL = ("EPDS", "KPCS")


def taken(code: str, day: int, score: int, person: UUID = MOTHER) -> Taken:
    series = Series(code, "1", "", Respondent.CAREGIVER, person, None)
    return Taken(new_id(), series, date(2026, 3, day), {"total": Decimal(score)})


def scores(*those: Taken) -> list[Decimal]:
    return [one.values["total"] for one in usual_scores(those, USUAL)]


def test_the_most_usual_measure_is_drawn_from_its_first_score_to_its_last() -> None:
    assert scores(taken("EPDS", 9, 12), taken("KPCS", 20, 40), taken("EPDS", 2, 15)) == [15, 12]


def test_a_family_without_it_has_the_next_that_is_usual() -> None:
    assert scores(taken("KPCS", 2, 40), taken("GAD7", 3, 9)) == [40]


def test_of_two_people_it_is_whose_answer_is_the_latest() -> None:
    assert scores(taken("EPDS", 2, 15), taken("EPDS", 3, 8, DAD), taken("EPDS", 9, 6, DAD)) == [8, 6]


def test_a_family_without_a_usual_measure_has_none() -> None:
    assert scores(taken("GAD7", 3, 9)) == []
