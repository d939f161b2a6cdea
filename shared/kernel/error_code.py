"""An error's type as a code: what a log line and `/readyz` may say of it, whatever its message holds."""

import re

_WORD_BEGINS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def code_of(error: BaseException) -> str:
    """`ConnectionDoesNotExistError` → `connection_does_not_exist_error`."""
    return _WORD_BEGINS.sub("_", type(error).__name__).lower()
