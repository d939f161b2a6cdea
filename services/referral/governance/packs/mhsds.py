"""The mapping to the Mental Health Services Data Set, read once from `mhsds.toml`."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from services.referral.governance.domain.extract import CodeList, DataSet, ExtractColumn, ExtractTable


class WrongMapping(ValueError):
    """The file names a list of codes that it does not have, or leaves something out."""


def read_mapping(file: Path) -> DataSet:
    """Raises WrongMapping."""
    given = tomllib.loads(file.read_text(encoding="utf-8"))
    try:
        lists = {name: _codes(name, codes) for name, codes in given["codes"].items()}
        tables = tuple(_table(table, lists) for table in given["table"])
        return DataSet(given["dataset"], given["source"], tables)
    except KeyError as error:
        raise WrongMapping(f"{file.name} lacks {error}") from None


def _codes(name: str, given: Mapping[str, str]) -> CodeList:
    codes = {ours: theirs for ours, theirs in given.items() if ours != "mark"}
    return CodeList(name, codes, is_verified=given["mark"] == "V")


def _table(given: Mapping[str, Any], lists: Mapping[str, CodeList]) -> ExtractTable:
    columns = tuple(
        ExtractColumn(
            name=column["name"],
            part=column["from"],
            codes=lists[column["codes"]] if "codes" in column else None,
            is_required=column.get("required", False),
            is_verified=column["mark"] == "V",
        )
        for column in given["columns"]
    )
    return ExtractTable(given["name"], columns)


MHSDS = read_mapping(Path(__file__).with_name("mhsds.toml"))
