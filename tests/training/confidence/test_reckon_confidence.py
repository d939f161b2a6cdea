"""What the region hears of what a course gave: of five people or more, and no answer of one."""

from services.training.confidence.domain.questionnaire import Moment
from services.training.confidence.timers.reckon_confidence import reckon_confidence
from tests.training.a_course import TeachingTeam
from tests.training.confidence.test_answer_questions import AFTER, BEFORE


async def test_the_region_hears_a_sum_of_five_pairs_or_more_and_nothing_of_fewer(teaching: TeachingTeam) -> None:
    cohort = await teaching.plan()
    people = [await teaching.book(cohort, number) for number in range(7)]
    for one, points in zip(people, BEFORE, strict=True):
        await teaching.answers(one, Moment.BEFORE, points)
    await teaching.held(cohort, people)
    for one, points in zip(people[:4], AFTER, strict=False):
        await teaching.answers(one, Moment.AFTER, points)
    assert await reckon_confidence(teaching.units) == 1
    assert await told_of_confidence(teaching) == []

    for one, points in zip(people[4:], AFTER[4:], strict=True):
        await teaching.answers(one, Moment.AFTER, points)
    assert (await reckon_confidence(teaching.units), await reckon_confidence(teaching.units)) == (1, 0)

    assert await told_of_confidence(teaching) == [
        {"month": "2026-06-01", "course": "IMH_PIR", "pairs": 7, "gain_tenths": 150, "improved": 5}
    ]


async def test_the_region_hears_how_long_each_day_of_a_course_was(teaching: TeachingTeam) -> None:
    cohort = await teaching.plan()

    await teaching.held(cohort, [await teaching.book(cohort, 1)])

    days = [one.body for one in await teaching.told(audience="region") if one.type.endswith("course_day_held.v1")]
    assert [(one["month"], one["course"]) for one in days] == [("2026-06-01", "IMH_PIR")] * len(cohort.days)
    assert all(one["minutes"] >= 15 and one["minutes"] % 15 == 0 for one in days)


async def told_of_confidence(teaching: TeachingTeam) -> list[object]:
    kind = "uk.pairs.regional.confidence_reckoned.v1"
    return [one.body for one in await teaching.told(audience="region") if one.type == kind]
