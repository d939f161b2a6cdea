"""Table of contents of the library: whoever reads it knows what the service can do."""

from uuid import UUID

from shared.contracts.vocabulary import Role
from shared.manifest import NavigationItem, Person, Room, Service

AUDIT = NavigationItem("Audit trail", "/audit", frozenset({Role.PRACTITIONER}))

SERVICE = Service(
    __name__,
    of="team",
    title="{place} lending library",
    roles=frozenset({Role.TEAM_ADMINISTRATOR, Role.PRACTITIONER}),
    navigation=(NavigationItem("Parcels", "/"), NavigationItem("Tasks", "/tasks"), AUDIT),
    people=(
        Person(UUID(int=3001), "Lena Sample", frozenset({Role.PRACTITIONER}), "Practitioner"),
        Person(UUID(int=3002), "Otto Pattern", frozenset({Role.TEAM_ADMINISTRATOR}), "Team administrator"),
    ),
    rooms=(
        Room(
            commands="answer_task ask_colleague report_damage send_parcel",
            queries="parcel_list task_list",
            capabilities="capabilities",
            reactions={"referral": "on_family_recorded on_families_merged on_person_born"},
            pages="ask audit damage parcels",
        ),
    ),
)
