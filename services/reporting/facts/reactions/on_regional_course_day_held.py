"""Count days of courses, by how long they were."""

from shared.contracts.teaching import RegionalCourseDayHeld
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_COURSE_DAY_HELD = Projection(
    event=RegionalCourseDayHeld,
    table="course_day_held",
    columns=columns_of(RegionalCourseDayHeld),
)
