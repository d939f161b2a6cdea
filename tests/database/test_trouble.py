"""What the database says when it cannot do a thing now ends by itself, however its connection broke."""

import asyncpg
import pytest
from sqlalchemy.exc import InternalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from shared.database.trouble import ends_by_itself
from shared.web import problems


def through_sqlalchemy(error: Exception) -> Exception:
    """As its dialect for asyncpg raises it."""
    between = Exception()
    between.__cause__ = error
    return InternalError("SELECT 1", {}, between)


@pytest.mark.parametrize(
    ("error", "ends"),
    [
        (ConnectionResetError(), True),
        (NoConnectionFree(), True),
        (asyncpg.AdminShutdownError(), True),
        (asyncpg.InterfaceError("closed"), True),
        (asyncpg.InternalClientError(), True),
        (through_sqlalchemy(asyncpg.InternalClientError()), True),
        (asyncpg.UniqueViolationError(), False),
        (ValueError(), False),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_a_reader_waits_it_out_and_a_page_says_to_come_again(error: Exception, ends: bool) -> None:
    """`InternalClientError`: the server ended the connection while asyncpg waited for something else."""
    assert ends_by_itself(error) is ends
    assert (problems.status_of(error) == 503) is ends
