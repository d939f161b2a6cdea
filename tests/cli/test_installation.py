"""How an operator's command ends when its work could not be done."""

import asyncpg
import pytest
import typer
from redis.exceptions import ConnectionError as NoRedis

from shared.cli.installation import run


@pytest.mark.parametrize(
    ("raised", "code", "words"),
    [
        (asyncpg.InsufficientPrivilegeError("leonie"), 1, "PostgreSQL refused it (InsufficientPrivilegeError)."),
        (asyncpg.CannotConnectNowError("leonie"), 69, "A server does not answer (CannotConnectNowError)."),
        (NoRedis("leonie"), 69, "A server does not answer (ConnectionError)."),
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
