"""A process that starts beside another takes its socket when it is ready; where nobody answers, at once."""

import asyncio
import socket
from pathlib import Path

import pytest

from shared.web import serving
from shared.web.serving import listen_beside, take_over_when_ready


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "referral.sock"


def listening(place: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> socket.socket:
    """As the process of another container does."""
    monkeypatch.setattr(socket, "gethostname", lambda: name)
    return listen_beside(place)


async def reached(place: Path, several: dict[str, socket.socket]) -> str:
    """Who is connected to at that place."""
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(str(place))
        for name, one in several.items():
            one.setblocking(False)
            try:
                one.accept()[0].close()
            except BlockingIOError:
                continue
            return name
    raise AssertionError


async def test_only_one_that_is_ready_takes_a_place_from_one_that_answers(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "READY_SECONDS", 0.01)
    ready = False

    async def is_ready() -> bool:
        return ready

    with listening(place, "old", monkeypatch) as old, listening(place, "new", monkeypatch) as new:
        both = {"new": new, "old": old}
        await take_over_when_ready({place: old}, is_ready)
        taking = asyncio.create_task(take_over_when_ready({place: new}, is_ready))
        await asyncio.sleep(0.1)
        before = await reached(place, both)
        ready = True
        await taking

        assert (before, await reached(place, both)) == ("old", "new")


async def test_one_that_is_not_ready_takes_the_place_of_one_that_has_ended(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def is_ready() -> bool:
        return False

    with listening(place, "old", monkeypatch) as old:
        await take_over_when_ready({place: old}, is_ready)
    with listening(place, "new", monkeypatch) as new:
        await take_over_when_ready({place: new}, is_ready)

        assert await reached(place, {"new": new}) == "new"
