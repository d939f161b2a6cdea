"""What may be seen, and by whom: every page, file, mail, stream and answer reads this, and nothing beside it."""

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Identity, Integer, Numeric, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY

from services.reporting.metadata import metadata

snapshot = Table(
    "snapshot",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("month", Date, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("released_by", Uuid),
    Column("cause", Text, nullable=False),
    Column("is_frozen", Boolean, nullable=False),
    Column("digest", Text, nullable=False),
)
"""A set of published cells. `month` is the last that it holds; frozen on its 10th working day. A revision is one more
snapshot of the same month, with its cause (`frozen`, `late`, `corrected`, `definition`), and holds what it changes. The
working snapshot, of what goes on, is the one that is not frozen: its cells are replaced, indicator by indicator. From
a frozen one the database takes no cell away, and adds none to it (migration 0010)."""

published = Table(
    "published",
    metadata,
    Column("snapshot", BigInteger, primary_key=True),
    Column("audience", Text, primary_key=True),
    Column("indicator", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("starts", Date, primary_key=True),
    Column("way", Text, primary_key=True),
    Column("part", Text, primary_key=True),
    Column("numerator", BigInteger),
    Column("denominator", BigInteger),
    Column("median", Numeric),
    Column("ninetieth", Numeric),
    Column("why_hidden", Text),
    Column("is_finished", Boolean, nullable=False),
    Column("teams", Integer),
)
"""`audience` is `inside` or `outside`; `team` is empty for the region; `period` is `month`, `quarter` or `year`, and
`starts` its first day. `why_hidden` is `small`, or none when the cell is shown. `teams`, of a cell of the region: of
how many teams it is in the month in which there are fewest; it is no part of the digest. A session reads what is for
whom it says that it reads (`reading`, migrations 0015 and 0018)."""

not_ready = Table(
    "not_ready",
    metadata,
    Column("team", Text, primary_key=True),
    Column("month", Date, primary_key=True),
    Column("why", Text, nullable=False),
    Column("said_by", Uuid, nullable=False),
    Column("said_at", DateTime(timezone=True), nullable=False),
    Column("ready_by", Uuid),
    Column("ready_at", DateTime(timezone=True)),
)
"""A team's month whose figures the team does not stand by yet; from `ready_at` on it does."""

reader = Table(
    "reader",
    metadata,
    Column("actor_id", Uuid, primary_key=True),
    Column("audience", Text, nullable=False),
    Column("localities", ARRAY(Text)),
    Column("signed_in_at", DateTime(timezone=True), nullable=False),
)
"""The remit that each reader of the region had when they last signed in."""

gate_passed = Table(
    "gate_passed",
    metadata,
    Column("indicator", Integer, primary_key=True),
    Column("changes", BigInteger, nullable=False, server_default="0"),
    Column("on_day", Date, nullable=False),
)
"""Up to which change of an indicator's figures the working snapshot is made, and on which day (in London) it was."""
