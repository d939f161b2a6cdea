"""The catalogue of interventions, read once from `interventions.toml`."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from services.referral.support.domain.intervention import Course, InterventionForm, InterventionType
from shared.contracts.intervention import Intervention
from shared.contracts.vocabulary import Level


class WrongCatalogue(ValueError):
    """The file lacks an intervention, or says something of one that cannot be."""


def read_interventions(file: Path) -> Mapping[Intervention, InterventionType]:
    """All of them, in the order of the strategy.

    Raises:
        WrongCatalogue: see there.
    """
    entries = tomllib.loads(file.read_text(encoding="utf-8"))
    try:
        read = {Intervention(code): _entry(Intervention(code), entry) for code, entry in entries.items()}
    except (KeyError, ValueError, TypeError) as error:
        raise WrongCatalogue(f"{file.name}: {error}") from None
    if missing := set(Intervention) - read.keys():
        raise WrongCatalogue(f"{file.name} lacks {', '.join(sorted(missing))}")
    return read


def _entry(code: Intervention, entry: dict[str, Any]) -> InterventionType:
    return InterventionType(
        code=code,
        deliverers=entry["deliverers"],
        lowest_level=Level(entry["lowest_level"]),
        form=InterventionForm(entry["form"]),
        sessions=int(entry["sessions"]),
        sessions_verified=bool(entry["sessions_verified"]),
        course=Course(entry["course"]) if "course" in entry else None,
        films=bool(entry.get("films", False)),
        also_called=entry.get("also_called", ""),
        for_whom=entry.get("for_whom", ""),
        source=entry["source"],
    )


INTERVENTIONS = read_interventions(Path(__file__).with_name("interventions.toml"))
