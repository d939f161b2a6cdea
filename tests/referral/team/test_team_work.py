"""A command acts by the rules of the team whose unit of work it is given, and can be told no others."""

import importlib
import inspect
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import services.referral
from services.referral.team.domain.team import Team

ROOT = Path(services.referral.__file__).parents[2]


def commands() -> Iterator[type[Any]]:
    """The dataclass of every command, with those that it is made of."""
    for path in sorted(ROOT.glob("services/referral/*/commands/*.py")):
        module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for _, one in inspect.getmembers(module, inspect.isclass):
            if is_dataclass(one) and one.__module__ == module.__name__:
                yield one


def test_no_command_can_be_told_other_rules_than_the_teams() -> None:
    rules = {field.name for field in fields(Team)} | {"rules", "limit", "team", "team_name", "team_phone"}

    found = {one.__name__: rules & {field.name for field in fields(one)} for one in commands()}

    assert len(found) > 90
    assert {name: told for name, told in found.items() if told} == {}
