"""The measures that a team can use: one file each, read once, from this folder and from any that the team adds.

A team's file replaces ours of the same code: to add the questions of a form that it has registered for, its own cut-off
or reliable change, or a measure of its own. Scores keep the version that they were made with, so a file that scores
answers in another way must have another version.
"""

import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from pydantic import ValidationError

from services.referral.measures.domain.measure import MeasureDefinition
from services.referral.measures.packs.measure_consistency import contradictions
from services.referral.measures.packs.measure_file import MeasureFile

OURS = Path(__file__).with_name("measures")


class WrongPack(Exception):
    """A measure's file cannot be used; the message names the file and what to change."""


def load_measures(folders: Sequence[Path] = (OURS,)) -> Mapping[str, MeasureDefinition]:
    """The definitions of all files, by code, in the order of their codes; a later folder wins.

    Raises:
        WrongPack: a folder or a file cannot be read, contradicts itself, or scores a known version in another way.
    """
    found: dict[str, MeasureDefinition] = {}
    for folder in folders:
        if not folder.is_dir():
            raise WrongPack(f"{folder} is not a folder of measures")
        of_folder: dict[str, MeasureDefinition] = {}
        for path in sorted(folder.glob("*.toml")):
            definition = read_measure(path)
            if definition.code in of_folder:
                raise WrongPack(f"{path}: another file of this folder has the code {definition.code}")
            _check_version(path, found.get(definition.code), definition)
            of_folder[definition.code] = definition
        found |= of_folder
    return MappingProxyType(dict(sorted(found.items())))


def read_measure(path: Path) -> MeasureDefinition:
    """The definition in one file.

    Raises:
        WrongPack: it is not TOML, lacks or adds a value, or contradicts itself.
    """
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise WrongPack(f"{path}: {error}") from None


@lru_cache(maxsize=100)
def _read(path: Path, _changed_at: int) -> MeasureDefinition:
    """As long as the file is what it was."""
    try:
        definition = MeasureFile.model_validate(_content(path)).definition()
    except ValidationError as error:
        wrong = (f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
        raise WrongPack(f"{path}: {'; '.join(wrong)}") from None
    except (OSError, ValueError) as error:
        raise WrongPack(f"{path}: {error}") from None
    if found := contradictions(definition):
        raise WrongPack(f"{path}: {'; '.join(found)}")
    return definition


def _content(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def _check_version(path: Path, before: MeasureDefinition | None, after: MeasureDefinition) -> None:
    if before and before.version == after.version and _scoring(before) != _scoring(after):
        raise WrongPack(
            f"{path}: it scores {after.code} in another way than version {after.version} does. Give it another version."
        )


def _scoring(definition: MeasureDefinition) -> object:
    """All that makes a score what it is: two files of one version must agree on it, and may differ in all else."""
    return (
        (definition.entry, definition.input_kind, definition.per_goal),
        [
            (item.code, item.lowest, item.highest, item.value_of_lowest, item.step, item.optional)
            + ((item.not_applicable.value,) if item.not_applicable else ())
            for item in definition.items
        ],
        [
            (scale.code, scale.items, scale.method, scale.decimals, scale.counted, scale.missing.allowed)
            + ((dict(scale.conversion.table),) if scale.conversion else ())
            for scale in definition.scales
        ],
        [(check.items, check.equals) for check in definition.checks],
    )


MEASURES = load_measures()
"""The measures of the catalogue as we ship them. Source: reference 4.2."""
