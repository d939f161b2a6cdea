"""Figures: what the facts say of one indicator, team and month, before anything is hidden. The gate alone reads them.

A figure is made anew, never counted up: whatever changes a fact marks its month dirty in the same transaction, and the
reckoning makes the figures of dirty months and takes the mark away. So a replayed, late or corrected event, or one that
comes twice, gives the same figure as if everything had come once and in order.
"""

from sqlalchemy import BigInteger, Column, Date, DateTime, Integer, Numeric, Table, Text

from services.reporting.metadata import metadata

figure = Table(
    "figure",
    metadata,
    Column("indicator", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("month", Date, primary_key=True),
    Column("way", Text, primary_key=True),
    Column("part", Text, primary_key=True),
    Column("numerator", BigInteger, nullable=False),
    Column("denominator", BigInteger),
    Column("median", Numeric),
    Column("ninetieth", Numeric),
    Column("reckoned_at", DateTime(timezone=True), nullable=False),
)
"""`way` and `part` say which part of it is counted (`tier`, `specialist`); both are empty for all of it. A count has no
denominator. Of days, the numerator is how many waits there were and the median and 90th are by nearest rank; of a mean,
the numerator is the sum of what was measured and the denominator how often. A row stands for all of it in every month
from the first on in which anything was counted of the team; a part in which there is nothing has none. `reckoned_at` is
when the figure last changed."""

dirty_month = Table(
    "dirty_month",
    metadata,
    Column("team", Text, primary_key=True),
    Column("month", Date, primary_key=True),
    Column("since", DateTime(timezone=True), nullable=False),
)
"""Months of a team whose facts have changed since their figures were made; `since` is the last time that they did."""

figure_change = Table(
    "figure_change",
    metadata,
    Column("indicator", Integer, primary_key=True),
    Column("year", Date, primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("frozen", BigInteger, nullable=False, server_default="0"),
)
"""How often the figures of an indicator in a financial year (as its April) have changed, come or gone; the database
counts (migration 0014). `frozen` is the number up to which what changed was frozen."""

indicator_version = Table(
    "indicator_version",
    metadata,
    Column("indicator", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("first_reckoned_at", DateTime(timezone=True), nullable=False),
)
"""The definitions that figures were made by here. Figures of an old version stay as they were last made."""
