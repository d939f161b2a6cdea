"""Somebody's name, address or account is another one. Under an earlier name they are still found."""

from dataclasses import dataclass
from uuid import UUID

from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_WORKFORCE
from services.training.workforce.database.people import People
from shared.contracts.workforce import AccountLinked
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ChangePerson:
    person_id: UUID
    expected_version: int
    given_name: str
    family_name: str
    email: str
    is_shared_email: bool
    colleague_id: UUID | None
    """Of the account that they sign in with; None: they have none."""


async def change_person(command: ChangePerson, work: UnitOfWork) -> None:
    """Publishes AccountLinked when they got an account.

    Raises:
        NotAllowed, NotFound, Conflict: as the domain says.
        RuleBroken: likewise; or somebody else has this account.
    """
    CAPABILITIES.check(work.actor.roles, KEEP_WORKFORCE)
    people = People(work)
    one = await people.get_to_change(command.person_id)
    one.check_seen(command.expected_version)
    one.rename(command.given_name, command.family_name)
    one.email, one.is_shared_email = command.email, command.is_shared_email
    one.check()
    if command.colleague_id and command.colleague_id != one.colleague_id:
        if await people.with_account(command.colleague_id):
            sentence = "Someone else of the register has this account. Join the two, if they are one person."
            raise RuleBroken("account_taken", sentence, field="colleague")
        work.publish(AccountLinked(person_id=one.id, colleague_id=command.colleague_id), about=one)
    one.colleague_id = command.colleague_id
    one.changed(seen=command.expected_version)
    await people.save(one)
    work.record("person.change", one.id)
