"""What `pairs up` shows while it starts: one bar for each thing under way, or plain lines where nobody watches."""

import contextlib
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn


class Screen:
    """Messages and progress, on standard error; results go to standard output."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._progress = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            TimeElapsedColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def say(self, sentence: str) -> None:
        """What cannot be shown is lost: whoever says it has something to look after."""
        with contextlib.suppress(OSError):
            self._console.print(sentence, highlight=False, markup=False)

    def begin(self, what: str) -> None:
        """Something is under way; how long it takes is not known."""
        self._tasks[what] = self._progress.add_task(what, total=None)
        if not self._console.is_terminal:
            self.say(what)

    def advance(self, what: str, done: int, total: int) -> None:
        self._progress.update(self._tasks[what], completed=done, total=total)

    def end(self, what: str) -> None:
        self._progress.update(self._tasks[what], completed=1, total=1)
