"""An operator's program that meets a server that is away, or is refused, ends with a sentence."""

from pathlib import Path

import pytest

from deploy.compose.ended import ended
from shared.kernel.errors import Refusal

COMPOSE = Path(__file__).parents[2] / "deploy" / "compose"


@pytest.mark.parametrize(
    ("trouble", "code", "words"),
    [
        (ConnectionRefusedError(), 69, "A server does not answer"),
        (Refusal("no", "Choose another name."), 1, "Choose another name."),
    ],
)
def test_a_program_ends_with_a_sentence(
    trouble: Exception, code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async def works() -> None:
        raise trouble

    with pytest.raises(SystemExit) as end:
        ended(works())

    assert end.value.code == code
    assert capsys.readouterr().err.startswith(words)


@pytest.mark.parametrize("path", sorted(COMPOSE.glob("*.py")), ids=lambda path: path.stem)
def test_every_program_that_asks_a_server_ends_so(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert "asyncio.run(" not in text
    assert "async def main" not in text or "\n    ended(main(" in text
