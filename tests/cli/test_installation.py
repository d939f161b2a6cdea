"""How an operator's command ends when its work could not be done."""

import asyncpg
import pytest
import typer
from redis.exceptions import ConnectionError as NoRedis
from sqlalchemy.exc import DBAPIError

from shared.cli.installation import run


def _by_sqlalchemy(said: Exception) -> Exception:
    of_driver = Exception("leonie")
    of_driver.__cause__ = said
    return DBAPIError("SELECT 1", {"name": "leonie"}, of_driver)


@pytest.mark.parametrize(
    ("raised", "code", "words"),
    [
        (asyncpg.InsufficientPrivilegeError("leonie"), 1, "PostgreSQL refused it (InsufficientPrivilegeError)."),
        (asyncpg.CannotConnectNowError("leonie"), 69, "A server does not answer (CannotConnectNowError)."),
        (NoRedis("leonie"), 69, "A server does not answer (ConnectionError)."),
        (ConnectionRefusedError(111, "leonie"), 69, "A server does not answer (ConnectionRefusedError)."),
        (PermissionError(13, "leonie", "/kept/kit"), 1, "/kept/kit cannot be used (PermissionError)."),
        (_by_sqlalchemy(asyncpg.UndefinedTableError("leonie")), 1, "PostgreSQL refused it (UndefinedTableError)."),
    ],
)
def test_a_server_that_refuses_is_not_said_to_be_away_and_its_words_are_not_told(
    raised: Exception, code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async def work() -> None:
        raise raised

    with pytest.raises(typer.Exit) as ended:
        run(work())

    said = capsys.readouterr().err
    assert ended.value.exit_code == code
    assert said.startswith(words)
    assert "leonie" not in said
