"""The published language as files: a JSON Schema for each version of each event, and one AsyncAPI 3 document.

They are generated from the classes, committed, and compared in the tests, so a reader in any language can rely on them.
`pairs events schemas --write` makes them, and refuses a change that would break who reads an older event.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shared.contracts.asyncapi import Language, asyncapi, published
from shared.contracts.compatibility import incompatibilities
from shared.contracts.event import AnyEvent

FOLDER = Path(__file__).parent / "schemas"
ASYNCAPI = FOLDER / "asyncapi.json"


class IncompatibleChange(Exception):
    """A field was removed, renamed or narrowed, or a new one is required: give the event a new version."""


def schema_of(event: type[AnyEvent]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of an event's body."""
    schema = event.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"/schemas/{event.type}.json", **schema}


def generated(language: Language) -> dict[Path, str]:
    """Every file as it must be, from the classes."""
    files = {FOLDER / f"{event.type}.json": _as_text(schema_of(event)) for event in published(language)}
    return files | {ASYNCAPI: _as_text(asyncapi(language))}


def out_of_date(language: Language) -> list[str]:
    """The names of files that differ from the classes. (A file of an older version stays: it is still read.)"""
    return sorted(
        path.name for path, text in generated(language).items() if not path.exists() or path.read_text() != text
    )


def breaking(language: Language) -> Iterator[str]:
    """Each incompatible change against the committed files, as a sentence."""
    for event in published(language):
        path = FOLDER / f"{event.type}.json"
        if path.exists():
            for change in incompatibilities(json.loads(path.read_text()), schema_of(event)):
                yield f"{event.type}: {change}"


def write(language: Language) -> list[str]:
    """Write what is out of date; the names of the files.

    Raises:
        IncompatibleChange: a committed version would change in a way that breaks reading what was published.
    """
    if changes := list(breaking(language)):
        raise IncompatibleChange("; ".join(changes))
    changed = out_of_date(language)
    FOLDER.mkdir(exist_ok=True)
    for path, text in generated(language).items():
        path.write_text(text)
    return changed


def _as_text(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
