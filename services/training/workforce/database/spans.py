"""Which rows of a table hold on a day: spans are half-open, and open where one end is not known."""

from datetime import date

from sqlalchemy import ColumnElement, FromClause, and_, or_


def holds_on(table: FromClause, day: date | ColumnElement[date]) -> ColumnElement[bool]:
    """`from_on <= day < until_on`."""
    return and_(
        or_(table.c.from_on.is_(None), table.c.from_on <= day),
        or_(table.c.until_on.is_(None), table.c.until_on > day),
    )
