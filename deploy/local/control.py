"""How `pairs team` asks a running `pairs up` to do something: a port of this machine, and a secret in the state folder.

The file `control.json` (mode 0600) has both. A question and its answer are one line of JSON each.
"""

import asyncio
import hmac
import json
import os
import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from deploy.local.account import server_account, state_folder
from shared.cli.processes import NotAsked, Process
from shared.kernel.errors import Refusal

Answering = Callable[[dict[str, Any]], Awaitable[Any]]
"""Given what is asked; its answer goes back as JSON, and a Refusal as its sentence."""

_LONGEST = 64 * 1024
_ANSWERS_SECONDS = 5


class NobodyAnswers(Refusal):
    """No `pairs up` runs on this folder."""


@asynccontextmanager
async def answering(state: Path, answer: Answering) -> AsyncGenerator[None]:
    """Questions are answered while the body runs."""
    secret, path = secrets.token_hex(32), state / "control.json"

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write((json.dumps(await _answer(await reader.readline(), secret, answer)) + "\n").encode())
            await writer.drain()
        except (OSError, ValueError):
            pass
        finally:
            writer.close()

    async with await asyncio.start_server(meet, "127.0.0.1", 0, limit=_LONGEST) as server:
        _write(path, {"port": server.sockets[0].getsockname()[1], "secret": secret})
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


async def ask(state: Path, question: dict[str, Any]) -> Any:
    """The answer of the `pairs up` that runs on this folder.

    Raises:
        NobodyAnswers: none does.
        Refusal: it says no.
    """
    try:
        door = json.loads((state / "control.json").read_text(encoding="ascii"))
        reader, writer = await asyncio.open_connection("127.0.0.1", door["port"], limit=_LONGEST * 16)
    except (OSError, ValueError, KeyError):
        raise NobodyAnswers("nobody_answers", f"No `pairs up` runs on {state}: start it first.") from None
    try:
        writer.write((json.dumps({**question, "secret": door["secret"]}) + "\n").encode())
        line = await reader.readline()
    finally:
        writer.close()
    if not line:
        raise NobodyAnswers("nobody_answers", f"The `pairs up` on {state} ended before it answered.")
    said: dict[str, Any] = json.loads(line)
    if "refused" in said:
        raise Refusal(said["code"], said["refused"])
    return said["answer"]


def processes_of(state: Path) -> list[Process] | None:
    """Which processes there should be on this folder; None where nothing of ours runs. Raises NotAsked."""
    folder = state_folder(state, server_account())
    if not (folder / "control.json").exists():
        return None
    try:
        rows = asyncio.run(asyncio.wait_for(ask(folder, {"do": "processes"}), _ANSWERS_SECONDS))
    except TimeoutError:
        raise NotAsked("it does not answer") from None
    except NobodyAnswers:
        raise NotAsked("it ended without a word: its processes may still run") from None
    return [Process(row["name"], row["private_port"]) for row in rows]


async def _answer(line: bytes, secret: str, answer: Answering) -> dict[str, Any]:
    question: dict[str, Any] = json.loads(line)
    if not hmac.compare_digest(str(question.pop("secret", "")), secret):
        return {"code": "not_ours", "refused": "The secret is not that of control.json."}
    try:
        return {"answer": await answer(question)}
    except Refusal as refusal:
        return {"code": refusal.code, "refused": refusal.sentence}


def _write(path: Path, content: dict[str, Any]) -> None:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump(content, file)
