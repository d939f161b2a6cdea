"""Who works in an invented team: the same colleagues in each of its services."""

from dataclasses import replace
from uuid import UUID

from shared.contracts.vocabulary import Role
from shared.manifest import Person

TEAM = (
    Person(UUID(int=1001), "Priya Sample", frozenset({Role.PRACTITIONER}), "Practitioner"),
    Person(UUID(int=1002), "Tom Specimen", frozenset({Role.TEAM_LEAD, Role.PRACTITIONER}), "Team lead"),
    Person(UUID(int=1003), "Ann Pattern", frozenset({Role.TEAM_ADMINISTRATOR}), "Team administrator"),
    Person(UUID(int=1004), "Beth Instance", frozenset({Role.PRACTITIONER}), "Practitioner"),
    Person(UUID(int=1005), "Kofi Template", frozenset({Role.PRACTITIONER}), "Practitioner"),
    Person(UUID(int=1006), "Marta Model", frozenset({Role.PRACTITIONER}), "Practitioner"),
)

TEAM_WITH_A_TRAINER = tuple(
    replace(one, roles=one.roles | {Role.TRAINER}, job="Practitioner, trainer") if one.name == "Beth Instance" else one
    for one in TEAM
)
"""The same, where one of them gives courses."""
