import ast
import contextlib
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import structlog

from shared.kernel.errors import NotFound
from shared.kernel.logging import configure_logging, is_safe

NAME = "Leonie O'Example"
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def logged() -> Iterator[None]:
    root = logging.getLogger()  # noqa: TID251
    before = (root.handlers, root.level)
    yield
    root.handlers, root.level = before
    structlog.reset_defaults()


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Any:
    configure_logging(service="referral", team="blackpool", level="info")
    return lambda: [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_line_says_when_who_and_what_in_json(lines: Any) -> None:
    structlog.get_logger().info("referral_received", referral_id=UUID(int=5), count=3, route="/family/{family_id}")

    line = lines()[0]
    assert line.pop("ts").endswith("Z")
    assert line == {
        "level": "info",
        "service": "referral",
        "team": "blackpool",
        "event": "referral_received",
        "referral_id": str(UUID(int=5)),
        "count": 3,
        "route": "/family/{family_id}",
    }


@pytest.mark.parametrize(
    "value", [NAME, "999 000 0018", "9990000018", 9990000018, "07700900123", {"name": "leonie"}, ["a"], "Æ"]
)
def test_what_could_be_a_person_is_left_out_and_only_its_field_is_named(lines: Any, value: Any) -> None:
    structlog.get_logger().info("referral_received", given=value)

    line = lines()[0]
    assert "given" not in line
    assert line["left_out"] == ["given"]
    assert str(value) not in json.dumps(line)


@pytest.mark.parametrize(
    "value", [1, 2.5, True, None, UUID(int=1), "tier_changed", "uk.pairs.tier.changed.v1", "1-42", "0" * 32]
)
def test_numbers_ids_and_codes_are_kept(value: Any) -> None:
    assert is_safe(value)


def test_a_line_says_why_by_the_type_of_an_error_and_not_by_its_words(lines: Any) -> None:
    structlog.get_logger().warning("relay_waits", trouble=ConnectionResetError(NAME))

    line = lines()[0]
    assert line["trouble"] == "connection_reset_error"
    assert "left_out" not in line
    assert NAME not in json.dumps(line)


LOGS = re.compile(r"\b_?log\.(info|warning|error|exception)\(")


def log_calls() -> Iterator[ast.Call]:
    """Every line that services and what they share log."""
    for path in (*ROOT.joinpath("services").rglob("*.py"), *ROOT.joinpath("shared").rglob("*.py")):
        if LOGS.search(text := path.read_text()):
            calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
            yield from (call for call in calls if LOGS.match(f"{ast.unparse(call.func)}("))


def test_no_line_of_ours_gives_the_name_of_a_type_which_is_left_out() -> None:
    calls = list(log_calls())

    assert len(calls) > 15
    assert [ast.unparse(call) for call in calls if "__name__" in ast.unparse(call)] == []


def test_every_name_that_a_line_of_ours_gives_its_fields_can_be_logged(lines: Any) -> None:
    names = {one.arg for call in log_calls() for one in call.keywords if one.arg} - {"exc_info"}

    structlog.get_logger().info("request", **dict.fromkeys(names, 1))

    assert names <= lines()[0].keys()
    assert "method" in names


@pytest.mark.parametrize("logger", ["ours", "uvicorn.error"])
def test_logging_never_raises_when_the_disk_is_full(monkeypatch: pytest.MonkeyPatch, logger: str) -> None:
    full = Path("/dev/full").open("w", encoding="utf-8")  # noqa: SIM115 - to close it fails too
    monkeypatch.setattr("sys.stdout", full)
    configure_logging(service="referral", team="blackpool", level="info")

    for _ in range(1000):
        if logger == "ours":
            structlog.get_logger().info("referral_received", count=3)
        else:
            logging.getLogger(logger).error("%s", "words")  # noqa: TID251
    with pytest.raises(OSError, match="No space left"):
        full.flush()
    with contextlib.suppress(OSError):
        full.close()


def test_an_exception_is_logged_by_its_type_and_our_lines_without_its_message(lines: Any) -> None:
    try:
        try:
            configure_logging(service=NAME, team=None, level=NAME)
        except KeyError as error:
            raise RuntimeError(NAME) from error
    except RuntimeError:
        structlog.get_logger().exception("it_failed")

    exception = lines()[0]["exception"]
    assert [one["type"] for one in exception] == ["builtins.RuntimeError", "builtins.KeyError"]
    assert exception[1]["lines"][-1].startswith("shared/kernel/logging.py:")
    assert NAME not in json.dumps(exception)


def test_what_a_library_says_is_logged_as_where_it_said_it(lines: Any) -> None:
    library = logging.getLogger("sqlalchemy.engine")  # noqa: TID251
    library.warning("parameters: %s", NAME, exc_info=NotFound("family", NAME))

    line = lines()[0]
    assert line["event"] == "sqlalchemy.engine"
    assert line["where"].startswith("kernel/test_logging.py:")
    assert line["exception"][0]["type"] == "shared.kernel.errors.NotFound"
    assert NAME not in json.dumps(line)


def test_what_is_below_the_level_is_not_logged(lines: Any) -> None:
    structlog.get_logger().debug("too_fine")

    assert lines() == []
