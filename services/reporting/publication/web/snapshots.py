"""The frozen snapshots, each with the address that opens it for good; and what was revised, with its cause."""

from collections.abc import Sequence

from fastapi import APIRouter

from services.reporting.facts.domain.about_file import about_file
from services.reporting.indicators.packs.catalogue import INDICATORS
from services.reporting.publication.domain.period_words import period_words
from services.reporting.publication.domain.revision import REVISING, Cause
from services.reporting.publication.queries.revision_list import (
    RevisionFilter,
    RevisionLine,
    revision_list,
)
from services.reporting.publication.queries.snapshot_list import (
    SnapshotFilter,
    SnapshotLine,
    snapshot_list,
)
from services.reporting.publication.web.counts_words import counts_words
from shared.contracts.slug import locality_name
from shared.contracts.vocabulary import Role
from shared.kernel.actor import SYSTEM
from shared.kernel.calendar import month_words
from shared.staff.column import PLAIN, Column
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.web.permissions import need

router = APIRouter()

_DIGEST = ("Digest", "SHA-256 of all cells of the snapshot: it neither changes nor grows")
_REVISED = ("Revised", "What was hidden stays hidden; each revision comes with the next snapshot, and has its cause")
_BY_NUMBER = {one.number: one for one in INDICATORS}


async def _snapshots(asked: Asked[SnapshotFilter]) -> Listing[SnapshotLine]:
    return snapshot_list(asked.chosen)


async def _revisions(asked: Asked[RevisionFilter]) -> Listing[RevisionLine]:
    return revision_list(asked.chosen)


def _released(line: SnapshotLine) -> str:
    return "By itself, on its day" if line.released_by == SYSTEM else "By a regional lead"


def _provisional(line: SnapshotLine) -> str:
    return ", ".join(map(locality_name, line.provisional)) or "None"


def _name(line: RevisionLine) -> str:
    """An indicator that is counted no more keeps its number."""
    indicator = _BY_NUMBER.get(line.indicator)
    name = indicator.name if indicator else f"Indicator {line.indicator}"
    return f"{name}: {line.part.replace('_', ' ')}" if line.part else name


def _was(line: RevisionLine) -> str:
    return counts_words(line.was, _BY_NUMBER[line.indicator].shape) if line.indicator in _BY_NUMBER else ""


def _now(line: RevisionLine) -> str:
    return counts_words(line.now, _BY_NUMBER[line.indicator].shape) if line.indicator in _BY_NUMBER else ""


_OF_SNAPSHOTS: Sequence[Column[SnapshotLine]] = (
    Column("Month", lambda line: month_words(line.month), cell="month", place="who", heads_row=True),
    Column("Why", lambda line: line.kind, cell=PLAIN, place="tag"),
    Column("Published", lambda line: line.made_at, cell="published", place="when"),
    Column("Released", _released, cell=PLAIN, place="needs"),
    Column("Figures", lambda line: line.figures, cell=PLAIN, is_number=True),
    Column("Hidden", lambda line: line.hidden, cell=PLAIN, is_number=True),
    Column("Provisional teams", _provisional, cell=PLAIN),
    Column("Digest", lambda line: line.digest, cell="digest"),
)

SNAPSHOTS = ListPage(
    path="/snapshots",
    may=need(Role.REGIONAL_LEAD),
    filters=(Filter("kind", Cause, "Why", every="All", is_chips=True),),
    chosen=SnapshotFilter,
    find=_snapshots,
    columns=_OF_SNAPSHOTS,
    template="publication/snapshots.html",
    file_name="snapshots.csv",
    about=lambda asked: about_file("Snapshots", "The region", asked.work.now, _DIGEST),
)

_OF_REVISIONS: Sequence[Column[RevisionLine]] = (
    Column("Indicator", _name, cell=PLAIN, place="who", heads_row=True),
    Column("Team", lambda line: locality_name(line.team) if line.team else "Region", cell=PLAIN, place="needs"),
    Column("Of", lambda line: period_words(line.now), cell=PLAIN, place="when"),
    Column("Was", _was, cell=PLAIN, place="last"),
    Column("Is", _now, cell=PLAIN, place="next"),
    Column("Cause", lambda line: line.cause, cell=PLAIN, place="tag"),
    Column("Revised", lambda line: line.revised_at, cell="revised"),
)

REVISIONS = ListPage(
    path="/revisions",
    may=need(Role.REGIONAL_LEAD),
    filters=(Filter("cause", Cause, "Cause", every="All", is_chips=True, offered=REVISING),),
    chosen=RevisionFilter,
    find=_revisions,
    columns=_OF_REVISIONS,
    template="publication/revisions.html",
    file_name="revisions.csv",
    about=lambda asked: about_file("Revisions", "The region", asked.work.now, _REVISED),
)
add_list(router, SNAPSHOTS, REVISIONS)
