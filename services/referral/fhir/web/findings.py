"""What is wrong with a message, all of it: what cannot be read in one place hides nothing of another."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from services.referral.fhir.web.outcome import AlreadyTold
from shared.kernel.errors import Refusal, RuleBroken

MOST_TOLD = 50
Given = ParamSpec("Given")
Found = TypeVar("Found")


class Findings:
    """Collects refusals while reading goes on."""

    def __init__(self) -> None:
        self._found: list[Refusal] = []

    def attempt(self, read: Callable[Given, Found], *args: Given.args, **kwargs: Given.kwargs) -> Found | None:
        """What it reads, or None where it refuses."""
        try:
            return read(*args, **kwargs)
        except AlreadyTold:
            return None
        except RuleBroken as refusal:
            self._found += [refusal, *refusal.others]
            return None

    def check(self) -> None:
        """Raises the first with all others, if there is one."""
        told = {(one.field, one.sentence): one for one in self._found}
        if told:
            first, *others = list(told.values())[:MOST_TOLD]
            first.others = tuple(others)
            raise first
