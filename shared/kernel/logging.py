"""Logs that cannot hold a person: one line of JSON for each thing that happened.

    {"ts": "2026-03-03T15:30:00.000Z", "level": "info", "service": "one", "team": "blackpool", "event": …}

A value is kept when it is a number, a yes or no, an id, or a short code in small letters; anything else might be what
someone typed and is left out, and the line then says which names it had (`left_out`). Of an exception the log has the
type, as a code where it is a value of its own, and our own lines; never its message. What libraries log goes the same
way, without its words.

Logging never raises: what cannot be written, because a disk is full, is lost, and what was to be said of goes on.
"""

import contextlib
import logging
import re
import sys
import traceback
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from structlog.typing import EventDict, WrappedLogger

from shared.kernel.error_code import code_of

_ROOT = Path(__file__).parents[2]
_OURS = tuple(str(_ROOT / folder) for folder in ("services", "shared"))
_CODE = re.compile(r"[a-z0-9_.:{}/-]{1,80}")
_ID = re.compile(r"[0-9a-f-]{32,55}")
_LONG_NUMBER = re.compile(r"[0-9]{9}")
"""A telephone or an NHS number has nine digits or more in a row."""
_LARGEST_NUMBER = 10**9
_MOST_FRAMES = 20

_STRUCTURE = frozenset({"ts", "level", "exception"})
"""Names whose values are made here."""


def configure_logging(*, service: str, team: str | None, level: str) -> None:
    """Log to standard output from now on, ours and the libraries'.

    Args:
        level: `debug`, `info`, `warning` or `error`; libraries log warnings and errors only.
    """
    who = {"service": service, "team": team or "region"}
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="ts"),
            _Named(who),
            describe_exception,
            leave_out_words,
            structlog.processors.JSONRenderer(default=str),
        ],
        wrapper_class=_that_never_raises(structlog.make_filtering_bound_logger(level)),
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()  # noqa: TID251 - this is where the libraries' logs are caught
    root.handlers = [_Caught()]
    root.setLevel(logging.WARNING)
    _send_up("uvicorn", "uvicorn.error", "uvicorn.access", "faststream", "sqlalchemy", "asyncio", "alembic")


def _that_never_raises(logger: type[Any]) -> type[Any]:
    def log(self: Any, /, *args: Any, **fields: Any) -> Any:
        with contextlib.suppress(Exception):
            return logger._proxy_to_logger(self, *args, **fields)  # noqa: SLF001 - how structlog lets it be done

    return type(logger.__name__, (logger,), {"_proxy_to_logger": log})


class _Named:
    """Says whose line it is."""

    def __init__(self, who: dict[str, str]) -> None:
        self._who = who

    def __call__(self, _logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
        return {**line, **self._who}


def describe_exception(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Replace `exc_info` by the exception's type, what caused it, and the lines of ours that it came through."""
    given = line.pop("exc_info", None)
    error = given if isinstance(given, BaseException) else sys.exc_info()[1] if given else None
    if error is not None:
        line["exception"] = [_type_and_lines(one) for one in _with_causes(error)]
    return line


def leave_out_words(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Keep numbers, ids and codes; name what was left out."""
    line = {name: code_of(value) if isinstance(value, BaseException) else value for name, value in line.items()}
    kept = {name: value for name, value in line.items() if name in _STRUCTURE or is_safe(value)}
    left_out = sorted(name for name in line.keys() - kept.keys() if _CODE.fullmatch(name))
    return {**kept, "left_out": left_out} if left_out else kept


def is_safe(value: Any) -> bool:
    """True for what may be in a log: it cannot be a name, free text, a telephone or an NHS number."""
    if value is None or isinstance(value, bool | UUID):
        return True
    if isinstance(value, int | float):
        return abs(value) < _LARGEST_NUMBER
    if not isinstance(value, str):
        return False
    return _ID.fullmatch(value) is not None or (
        _CODE.fullmatch(value) is not None and _LONG_NUMBER.search(value) is None
    )


class _Caught(logging.Handler):
    """Turns a library's record into a line of ours: who logged it and where, not what it says."""

    def emit(self, record: logging.LogRecord) -> None:
        where = "/".join(Path(record.pathname).parts[-2:])
        log = structlog.get_logger().bind(where=f"{where}:{record.lineno}".lower())
        log.log(record.levelno, record.name.lower(), exc_info=record.exc_info[1] if record.exc_info else None)


def _send_up(*names: str) -> None:
    for name in names:
        logger = logging.getLogger(name)  # noqa: TID251
        logger.handlers = []
        logger.propagate = True


def _with_causes(error: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in chain:
        chain.append(following)
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)
    return chain


def _type_and_lines(error: BaseException) -> dict[str, Any]:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(_OURS)]
    lines = [f"{Path(frame.filename).relative_to(_ROOT)}:{frame.lineno}" for frame in frames[-_MOST_FRAMES:]]
    kind = type(error)
    return {"type": f"{kind.__module__}.{kind.__qualname__}", "lines": lines}
