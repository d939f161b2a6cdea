"""What every fact table has: where its event stands, whose it is, and its month."""

from typing import Any

from sqlalchemy import BigInteger, Column, Date, SmallInteger, Table, Text

from services.reporting.metadata import metadata


def fact_table(name: str, *columns: Column[Any]) -> Table:
    """One row for each event."""
    return Table(name, metadata, *_key(), *_whose(), *columns)


def corrected_fact_table(name: str, *columns: Column[Any]) -> Table:
    """A correction has two rows: that which was told, with the number -1, and that which holds, with 1."""
    return Table(name, metadata, *_key(), Column("number", SmallInteger, primary_key=True), *_whose(), *columns)


def _key() -> tuple[Column[Any], ...]:
    return Column("stream", Text, primary_key=True), Column("position", BigInteger, primary_key=True)


def _whose() -> tuple[Column[Any], ...]:
    return Column("team", Text, nullable=False), Column("month", Date, nullable=False)
