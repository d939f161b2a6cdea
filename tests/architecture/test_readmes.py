"""Each service has a README that says what its table of contents says."""

import pytest

from shared import discovery
from shared.kernel.settings import PREFIX, Settings
from shared.manifest import Service
from shared.process import settings_of

SERVICES = list(discovery.services().values())


@pytest.fixture(params=SERVICES, ids=lambda service: service.name)
def service(request: pytest.FixtureRequest) -> Service:
    return request.param


def test_it_names_the_rooms_the_roles_the_streams_the_addresses_and_the_tools(service: Service) -> None:
    readme = (service.folder / "README.md").read_text(encoding="utf-8")
    words = readme.lower()
    rooms = [f"`{room.name}`" for room in service.rooms if room.name]
    streams = [f"`{name}`" for name in (*service.publishes.split(), *service.reads)]
    said = [*rooms, *streams, *(f"`{path}`" for path in service.open_to_all)]

    assert [one for one in said if one not in readme] == []
    assert [role.label for role in service.roles if role.label.lower() not in words] == []
    assert [
        name for name in service.tools if f"`pairs {name}`" not in readme and f"`pairs team {name}`" not in readme
    ] == []


def test_it_names_each_setting_that_is_the_services_own_and_no_other(service: Service) -> None:
    readme = (service.folder / "README.md").read_text(encoding="utf-8")
    own = settings_of(service).model_fields.keys() - Settings.model_fields.keys()
    named = {part.split("`")[0] for part in readme.split(f"`{PREFIX}")[1:]}

    assert named == {name.upper() for name in own}
