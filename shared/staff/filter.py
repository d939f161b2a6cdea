"""A choice from a closed list by which a list is narrowed or sorted; it is in the address, so that it can be kept."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from shared.contracts.vocabulary import Code
from shared.kernel.actor import Actor
from shared.staff.address import code_of
from shared.staff.colleagues import Colleague
from shared.unit_of_work import UnitOfWork

Choice = Code | Colleague


class Yes(Code):
    """Of a choice that is made or not: `closed=yes` in the address."""

    YES = "yes"


@dataclass(frozen=True)
class Filter:
    """One choice."""

    name: str
    """Of the part of the address, and of what the list is asked with."""
    kind: type[Code]
    label: str = ""
    """Over the choice on the page; empty where the page has links to it instead."""
    every: str = ""
    """What it is called when nothing is left out; empty where one of the codes is always chosen."""
    usual: Code | Callable[[Actor], Code] | None = None
    """The code that is chosen when the address says nothing; it may depend on who looks."""
    is_chips: bool = False
    """The page has a link for each code, side by side, with how many it would show where the list counts them."""
    alarms: Sequence[Code] = ()
    """The codes whose number on a chip is red when there are any."""
    offered: Sequence[Code] = ()
    """The codes that the page offers; all of them where it does not say."""
    people: Callable[[UnitOfWork], Awaitable[Sequence[Colleague]]] | None = None
    """Colleagues whom it offers besides."""

    @property
    def choices(self) -> Sequence[Code]:
        return self.offered or list(self.kind)

    def read(self, text: str, actor: Actor, people: Sequence[Colleague] = ()) -> Choice | None:
        """What the address chooses.

        Raises:
            RuleBroken: it is none of those that the page offers.
        """
        if (person := next((one for one in people if one.value == text), None)) is not None:
            return person
        usual = self.usual if isinstance(self.usual, Code) or self.usual is None else self.usual(actor)
        return code_of(self.choices, text) or usual

    def in_address(self, chosen: Choice | None) -> str | None:
        """Nothing for what is usual for everyone; what depends on who looks is always said."""
        return None if chosen is None or chosen == self.usual else chosen.value
