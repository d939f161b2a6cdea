"""Teams themselves: supervision, posts, and what they write down. Source: reference 7.1, lines 19, 52, 56 and 57."""

from dataclasses import replace

from services.reporting.indicators.domain.indicator import Direction, Indicator, Shape
from services.reporting.indicators.domain.tally import Term, at_end, monthly
from services.reporting.indicators.packs.waiting import CASELOAD
from services.reporting.indicators.packs.work_with_families import OPEN_FAMILIES
from shared.contracts.reckoning import RegionalCaseloadReckoned
from shared.contracts.supervision import RegionalPostsReckoned, RegionalSupervisionReckoned

POSTS = Term(table="posts_reckoned", value="hundredths", by="month")
PLANNED_POSTS = at_end(Term(table="parameter_entered", where="name = 'posts_planned'", value="value", by="name"))
SUPERVISION = Term(table="supervision_reckoned", by="month")

_CASELOAD = (RegionalCaseloadReckoned.type,)
_POSTS = (RegionalPostsReckoned.type,)
_LAST_DAY = "Last day of the month, as the team reckons it when the month is over"

CASELOAD_PER_POST = Indicator(
    number=19,
    name="Open families for each full-time post",
    priority=2,
    shape=Shape.RATE,
    direction=Direction.NEITHER,
    numerator="Families with whom the team worked",
    denominator="Full-time posts, in thousandths",
    counts=monthly(OPEN_FAMILIES),
    among=monthly(replace(POSTS, value="10 * hundredths")),
    time=_LAST_DAY,
    sources=(*_CASELOAD, *_POSTS),
    why="Where each post carries more families, each family gets less of it, and staff leave.",
)

SUPERVISION_GIVEN = Indicator(
    number=52,
    name="Supervision that staff had",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Minutes of supervision that were given",
    denominator="Minutes of supervision that the team owed its staff",
    counts=monthly(replace(SUPERVISION, value="given_minutes")),
    among=monthly(replace(SUPERVISION, value="owed_minutes")),
    time="The 84 days that end with the month",
    sources=(RegionalSupervisionReckoned.type,),
    why="Who holds babies in mind all day has to be held in mind too.",
)

POSTS_FILLED = Indicator(
    number=56,
    name="Posts that are filled",
    priority=3,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Hundredths of full-time posts in the team",
    denominator="Hundredths of full-time posts in the plan, as the region entered them",
    counts=monthly(POSTS),
    among=PLANNED_POSTS,
    time=_LAST_DAY,
    sources=_POSTS,
    why="A plan without people is a waiting list.",
)

DATA_QUALITY = Indicator(
    number=57,
    name="What must be on record, and is",
    priority=3,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Fields of open families that are complete",
    denominator="Fields of open families that are required",
    counts=monthly(replace(CASELOAD, value="fields_complete")),
    among=monthly(replace(CASELOAD, value="fields_required")),
    time=_LAST_DAY,
    sources=_CASELOAD,
    why="What is not written down is asked again of a parent who has told it already.",
)

TEAM = (
    CASELOAD_PER_POST,
    SUPERVISION_GIVEN,
    POSTS_FILLED,
    DATA_QUALITY,
)
