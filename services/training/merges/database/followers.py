"""All tables that name a person, each with how its rows follow. A test compares this list with the database."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, FromClause, and_

from services.training.database.accreditation_tables import accreditation, supervised_case
from services.training.database.course_tables import completion
from services.training.database.workforce_tables import champion_activity, leave, post
from services.training.merges.database.bookings_follow import BookingsFollow
from services.training.merges.database.follower import Follower, RowsFollow


def _same_completion(row: FromClause, other: FromClause) -> ColumnElement[bool]:
    return and_(
        other.c.course == row.c.course,
        other.c.held_from == row.c.held_from,
        other.c.withdrawn_at.is_(None),
        row.c.withdrawn_at.is_(None),
    )


def _same_accreditation(row: FromClause, other: FromClause) -> ColumnElement[bool]:
    return and_(
        other.c.course == row.c.course,
        other.c.from_on == row.c.from_on,
        other.c.withdrawn_at.is_(None),
        row.c.withdrawn_at.is_(None),
    )


FOLLOWERS: Sequence[Follower] = (
    RowsFollow(post),
    RowsFollow(leave),
    RowsFollow(champion_activity),
    BookingsFollow(),
    RowsFollow(completion, _same_completion),
    RowsFollow(accreditation, _same_accreditation),
    RowsFollow(supervised_case),
)
