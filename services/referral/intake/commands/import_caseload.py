"""Take in the caseload of a team that begins to use the service: every family of a file, or none."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.referral.intake.commands.accept_referral import AcceptReferral, accept_referral
from services.referral.intake.commands.receive_referral import ReceiveReferral, receive_referral
from services.referral.intake.database.caseload_files import CaseloadFiles
from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.caseload_row import CaseloadRow, LineProblem, WrongLines, check_dates
from services.referral.intake.domain.duplicate import Certainty, Description, compare
from services.referral.intake.domain.duplicate_key import candidates
from services.referral.intake.queries.possible_duplicates import Seeker, description_of, possible_duplicates
from services.referral.staff.domain.capabilities import CAPABILITIES, IMPORT_CASELOAD
from services.referral.team.database.team_work import TeamWork
from services.referral.team.domain.reference import local_reference
from shared.contracts.vocabulary import Role, inside
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
    CAPABILITIES.check(work.actor.roles, IMPORT_CASELOAD)
    files = CaseloadFiles(work.session)
    if before := await files.taken_in(command.content_hash):
        return ImportedCaseload(before.families, taken_in_before=True)
    known = await _may_be_known(command.rows, work)
    problems = [problem for problem in known if not (command.looked and problem.may_be_known)]
    received: dict[UUID, int] = {}
    # The team decided on this work when it began; whoever takes in the file only records it.
    with work.acting_as(Role.TEAM_LEAD, "caseload.act_as_lead"):
        for row in command.rows:
            try:
                received[await _take_in(command, row, work)] = row.received_on.year
            except RuleBroken as refusal:
                problems.append(LineProblem(row.line, refusal.sentence))
    if problems:
        raise WrongLines(problems, command.content_hash)
    await _name(received, work)
    await files.add(command.content_hash, work.actor.id, work.now, len(command.rows))
    work.record("caseload.import")
    return ImportedCaseload(len(command.rows), taken_in_before=False)


async def _take_in(command: ImportCaseload, row: CaseloadRow, work: TeamWork) -> UUID:
    """Gives the id of its referral."""
    check_dates(row, work.today)
    key = UUID(bytes=hashlib.sha256(command.content_hash + str(row.line).encode()).digest()[:16])
    receive = ReceiveReferral(key, row.request, is_named_later=True, received_at=london_start(row.received_on))
    receipt = await receive_referral(receive, work)
    accept = AcceptReferral(receipt.referral_id, 1, row.urgency, row.opening, opened_on=row.opened_on)
    await accept_referral(accept, work)
    return receipt.referral_id


async def _name(received: Mapping[UUID, int], work: TeamWork) -> None:
    """Last of all: whoever refers a family meanwhile does not wait for the next number."""
    references: dict[UUID, str] = {}
    for year in sorted(set(received.values())):
        of_year = [referral_id for referral_id, in_year in received.items() if in_year == year]
        numbers = await Referrals(work).next_numbers(year, len(of_year))
        named = zip(of_year, numbers, strict=True)
        references |= {referral_id: local_reference(work.team.prefix, year, number) for referral_id, number in named}
    await Referrals(work).name(references)


async def _may_be_known(rows: Sequence[CaseloadRow], work: TeamWork) -> list[LineProblem]:
    """On record, or twice in the file. A baby with a known NHS number is no other family, whoever has looked."""
    asked = [description_of(row.request) for row in rows]
    known = await possible_duplicates(work.session, asked, Seeker(work.actor, work.now))
    problems = [
        _problem(row, found[0].likeness.certainty, found[0].likeness.reasons, "a family on record")
        for row, found in zip(rows, known, strict=True)
        if found
    ]
    return problems + await asyncio.to_thread(_twice, rows, asked)


def _twice(rows: Sequence[CaseloadRow], asked: Sequence[Description]) -> list[LineProblem]:
    problems: list[LineProblem] = []
    for place, near in enumerate(candidates(asked, asked)):
        for earlier in near:
            if earlier < place and (likeness := compare(asked[place], asked[earlier])):
                whom = f"line {rows[earlier].line} of the file"
                problems.append(_problem(rows[place], likeness.certainty, likeness.reasons, whom))
    return problems


def _problem(row: CaseloadRow, certainty: Certainty, reasons: Sequence[str], whom: str) -> LineProblem:
    sentence = f"{certainty.label} as {whom}: {'; '.join(map(inside, reasons))}."
    return LineProblem(row.line, sentence, may_be_known=certainty is not Certainty.SAME)
