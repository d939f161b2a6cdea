"""What a form does, where that is one command."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from shared.staff.form_page import AForm, Place, Sent
from shared.unit_of_work import UnitOfWork

Command = TypeVar("Command")
Work = TypeVar("Work", bound=UnitOfWork)


def does(
    carry_out: Callable[[Command, Work], Awaitable[Any]], says: Callable[[Sent[Place, AForm, Work]], Command]
) -> Callable[[Sent[Place, AForm, Work]], Awaitable[None]]:
    """Carries out the command that the form says; where it leads is not the command's to know."""

    async def store(sent: Sent[Place, AForm, Work]) -> None:
        await carry_out(says(sent), sent.work)

    return store
