"""Take in the caseload of a team that begins to use the service: every family of a file, or none."""

import copy
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from services.referral.intake.commands.accept_referral import AcceptReferral, accept_referral
from services.referral.intake.commands.receive_referral import ReceiveReferral, receive_referral
from services.referral.intake.database.caseload_files import CaseloadFiles
from services.referral.intake.domain.caseload_row import (
    CaseloadRow,
    LineProblem,
    WrongLines,
    check_dates,
    check_may_import,
)
from services.referral.intake.domain.duplicate import Certainty, Description, compare
from services.referral.intake.queries.possible_duplicates import Seeker, description_of, possible_duplicates
from services.referral.team.database.team_work import TeamWork
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.calendar import london_start
from shared.kernel.errors import RuleBroken


@dataclass(frozen=True)
class ImportCaseload:
    content_hash: bytes
    """SHA-256 of the file: the same file is taken in once."""
    rows: tuple[CaseloadRow, ...]
    looked: bool = False
    """Whoever sends it has looked at the families that may be known, and they are others."""


@dataclass(frozen=True)
class ImportedCaseload:
    families: int
    taken_in_before: bool
    """The same file had been taken in, and nothing was changed."""


async def import_caseload(command: ImportCaseload, work: TeamWork) -> ImportedCaseload:
    """Publish ReferralReceived, ReferralAccepted, FamilyRecorded and EpisodeOpened for each family, with its own dates.

    Raises:
        NotAllowed: the actor neither leads nor administers the team.
        WrongLines: some line cannot be taken in, or its family may be known and nobody has looked; nothing is stored.
    """
    check_may_import(work.actor.roles)
    files = CaseloadFiles(work.session)
    if before := await files.taken_in(command.content_hash):
        return ImportedCaseload(before.families, taken_in_before=True)
    known = await _may_be_known(command.rows, work)
    problems = [problem for problem in known if not (command.looked and problem.may_be_known)]
    for row in command.rows:
        problems += await _take_in(command, row, work)
    if problems:
        raise WrongLines(problems)
    await files.add(command.content_hash, work.actor.id, work.now, len(command.rows))
    work.record("caseload.import")
    return ImportedCaseload(len(command.rows), taken_in_before=False)


async def _take_in(command: ImportCaseload, row: CaseloadRow, work: TeamWork) -> list[LineProblem]:
    key = hashlib.sha256(command.content_hash + str(row.line).encode()).digest()[:16]
    receive = ReceiveReferral(UUID(bytes=key), row.request, london_start(row.received_on))
    # The team decided on this work when it began; whoever takes in the file only records it.
    deciding = copy.copy(work)
    deciding.actor = Actor(work.actor.id, work.actor.roles | {Role.TEAM_LEAD})
    try:
        check_dates(row, work.today)
        receipt = await receive_referral(receive, work)
        accept = AcceptReferral(receipt.referral_id, 1, row.urgency, row.opening, opened_on=row.opened_on)
        await accept_referral(accept, deciding)
    except RuleBroken as refusal:
        return [LineProblem(row.line, refusal.sentence)]
    return []


async def _may_be_known(rows: Sequence[CaseloadRow], work: TeamWork) -> list[LineProblem]:
    """On record, or twice in the file. A baby with a known NHS number is no other family, whoever has looked."""
    asked = [description_of(row.request) for row in rows]
    known = await possible_duplicates(work.session, asked, Seeker(work.actor, work.now))
    problems = [
        _problem(row, found[0].likeness.certainty, found[0].likeness.reasons, "a family on record")
        for row, found in zip(rows, known, strict=True)
        if found
    ]
    return problems + list(_twice(rows, asked))


def _twice(rows: Sequence[CaseloadRow], asked: Sequence[Description]) -> Iterator[LineProblem]:
    for (row, one), (later, other) in combinations(zip(rows, asked, strict=True), 2):
        if one.phones & other.phones or one.babies[0].born_on == other.babies[0].born_on or _same_number(one, other):
            likeness = compare(other, one)
            if likeness is not None:
                yield _problem(later, likeness.certainty, likeness.reasons, f"line {row.line} of the file")


def _same_number(one: Description, other: Description) -> bool:
    number = one.babies[0].nhs_number
    return number is not None and number == other.babies[0].nhs_number


def _problem(row: CaseloadRow, certainty: Certainty, reasons: Sequence[str], whom: str) -> LineProblem:
    sentence = f"{certainty.label} as {whom}: {'; '.join(reasons).lower()}."
    return LineProblem(row.line, sentence, may_be_known=certainty is not Certainty.SAME)
