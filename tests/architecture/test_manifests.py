"""The table of contents of each service says what is in its folders, and all of it. Nothing outside names a service."""

import ast
import inspect
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from fastapi import FastAPI
from fastapi.routing import APIRoute

from shared import discovery
from shared.contracts.vocabulary import Role
from shared.database.engines import create_engine
from shared.kernel.clock import machine_clock
from shared.manifest import Room, Service
from shared.process import create_pages, settings_of, timers_of
from shared.testing.page_routes import roles_for
from tests.architecture.test_layout import PLACES

ROOT = Path(__file__).parents[2]
SERVICES = list(discovery.services().values())
ROOMS = [(service, room) for service in SERVICES for room in service.rooms]
each_service = pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
each_room = pytest.mark.parametrize(
    ("service", "room"), ROOMS, ids=[f"{service.name} {room.name}".strip() for service, room in ROOMS]
)


def is_query(node: ast.stmt) -> bool:
    """It reads, or says what a list reads. A file of `queries/` without one is a part of others."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
        return False
    return isinstance(node, ast.AsyncFunctionDef) or "Listing[" in ast.unparse(node.returns or ast.Constant(""))


def is_router(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "router"


def is_preparation(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name == "prepare"


def files_of(place: Path, having: Callable[[ast.stmt], bool] = lambda _: True) -> set[str]:
    files = {path for path in place.rglob("*.py") if path.name != "__init__.py"}
    return {
        ".".join(path.relative_to(place).with_suffix("").parts)
        for path in files
        if any(map(having, ast.parse(path.read_text()).body))
    }


@each_room
def test_every_command_query_timer_reaction_page_and_tool_is_listed_and_whatever_is_listed_is_there(
    service: Service, room: Room
) -> None:
    folder = service.folder_of(room)

    assert names(room.commands) == files_of(folder / "commands")
    assert names(room.queries) == files_of(folder / "queries", is_query)
    assert set(room.timers) == files_of(folder / "timers")
    assert names(" ".join([*room.reactions.values(), room.network])) == files_of(folder / "reactions")
    assert names(room.pages) == files_of(folder / "web", is_router)
    assert names(room.prepares) == files_of(folder / "web", is_preparation)
    assert set(room.tools) == files_of(folder / "tools")


def names(listed: str) -> set[str]:
    """Each once."""
    assert len(set(listed.split())) == len(listed.split()), listed
    return set(listed.split())


@each_service
def test_every_room_of_a_service_is_listed(service: Service) -> None:
    folders = {path.name for path in service.folder.iterdir() if path.is_dir() and files_of(path)}
    rooms = {room.name for room in service.rooms}

    assert rooms == (folders - PLACES or {""})


def test_floors_are_those_of_the_linter() -> None:
    contracts = {
        each["id"]: each
        for each in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    }
    of_several_rooms = [service for service in SERVICES if len(service.rooms) > 1]

    for service in of_several_rooms:
        floors = [name for layer in contracts[f"{service.name}-floors"]["layers"] for name in layer.split(" : ")]
        assert [name for name in reversed(floors) if name in {room.name for room in service.rooms}] == [
            room.name for room in service.rooms
        ]
    assert {*contracts["room-layers"]["containers"]} == {
        f"{service.package}.{room.name}" for service in of_several_rooms for room in service.rooms
    }
    assert {*contracts["services-are-independent"]["modules"]} == {service.package for service in SERVICES}


@each_service
def test_what_is_listed_can_be_loaded(service: Service) -> None:
    for room in service.rooms:
        for command in room.commands.split():
            assert callable(getattr(service.load(room, "commands", command), command))
    assert all(service.reactions(to) for to in service.reads)
    assert bool(service.network_reactions()) is service.is_networked
    assert all(inspect.isfunction(service.tool(name)) for name in service.tools)


@each_service
def test_settings_and_a_demonstration_are_there_when_the_contents_say_so(service: Service) -> None:
    assert bool(service.settings) is (service.folder / "settings.py").exists()
    assert service.has_demonstration is (service.folder / "demonstration" / "__main__.py").exists()
    assert service.demonstration_settings.keys() <= settings_of(service).model_fields.keys()


@each_service
def test_a_container_is_told_where_each_key_of_its_service_is(service: Service) -> None:
    if keys := service.secrets.split():
        told = yaml.safe_load((ROOT / f"deploy/compose/{service.of}.yml").read_text())["services"][service.name][
            "environment"
        ]
        files = {told.get(f"PAIRS_{key.upper()}_FILE") for key in keys}
        assert files == {f"/run/pairs/{key.replace('_', '-')}" for key in keys}


@each_service
def test_every_timer_is_run(service: Service) -> None:
    timers = timers_of(service, a_process_of(service).state.units_of_work)

    assert {timer.name for timer in timers} == {name for room in service.rooms for name in room.timers}


def a_process_of(service: Service, **more: str) -> FastAPI:
    """The service's pages, with nothing behind them."""
    model = settings_of(service)
    given = {
        "database_url": "postgresql://nobody@127.0.0.1:1/none",
        "redis_url": "redis://127.0.0.1:1",
        "port": 0,
        "private_port": 0,
        "public_url": "http://127.0.0.1:8000",
        **({"team": "blackpool", "region_key": "ab" * 32} if service.of == "team" else {}),
        **dict.fromkeys(service.secrets.split(), "ab" * 32),
        **{name: value for name, value in more.items() if name in model.model_fields},
    }
    settings = model.model_validate(given)
    return create_pages(service, settings, create_engine(settings.database_url), machine_clock)


def routes_of(app: FastAPI) -> Iterator[tuple[str, frozenset[Role] | None]]:
    """Path, and the roles that it asks for; None for a page that is open to all."""
    waiting = list(app.routes)
    while waiting:
        route = waiting.pop()
        waiting += getattr(getattr(route, "original_router", None), "routes", ())
        if isinstance(route, APIRoute):
            yield route.path, roles_for(route)


@each_service
def test_who_works_with_a_service_is_whom_its_pages_ask_for(service: Service) -> None:
    asked = {role for _, roles in routes_of(a_process_of(service)) for role in roles or ()}

    assert asked == service.roles
    assert {role for person in service.people for role in person.roles} == service.roles


@each_service
def test_the_table_of_who_may_do_what_is_listed_and_is_about_those_who_work_with_the_service(service: Service) -> None:
    listed = [room.capabilities for room in service.rooms if room.capabilities]
    there = [path for room in service.rooms for path in service.folder_of(room).glob("domain/capabilities.py")]

    assert [f"{name}.py" for name in listed] == [path.name for path in there]
    if listed:
        table = service.capabilities()
        held = frozenset().union(*table.of.values())
        assert set(table.of) == service.roles
        assert len({one.code for one in held}) == len(held)


THE_TABLE = {
    "contents.py": "who works with the service, and who can sign in to a demonstration",
    "staff/domain/capabilities.py": "the table",
}
NAMES_A_ROLE = {
    "referral": {
        "letters/database/letter_sources.py": "how a letter is signed",
        "letters/web/letter_templates.py": "how a sample of a letter is signed",
        "intake/commands/import_caseload.py": "in whose place a file opens the work with its families",
    },
}


@pytest.mark.parametrize(
    "service", [one for one in SERVICES if one.capabilities() is not None], ids=lambda service: service.name
)
def test_only_the_table_says_which_role_may_do_what(service: Service) -> None:
    """Whatever else names a role is listed here, with what it says of it."""
    naming = {str(path.relative_to(service.folder)) for path in service.folder.rglob("*.py") if names_a_role(path)}

    assert naming == {*THE_TABLE, *NAMES_A_ROLE.get(service.name, {})}


def names_a_role(path: Path) -> bool:
    named = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute))
    return any(ast.unparse(node.value) == "Role" for node in named)


@each_service
def test_navigation_and_what_is_open_to_all_lead_somewhere(service: Service) -> None:
    routes = dict(routes_of(a_process_of(service)))

    assert {item.href for item in service.navigation} <= {path for path, roles in routes.items() if roles is not None}
    assert set(service.open_to_all) <= {path for path, roles in routes.items() if roles is None}


def test_nothing_that_services_share_names_one_of_them() -> None:
    """Contracts do: an event's source is the file that it stands in, and the region reads what teams publish."""
    known = re.compile("|".join([*discovery.services(), "consultation", "training"]), re.IGNORECASE)
    texts = {".py", ".html", ".css", ".mjs", ".js", ".toml", ".md"}
    shared = [path for path in (ROOT / "shared").rglob("*") if path.suffix in texts]
    apart = [ROOT / "shared" / "contracts", ROOT / "shared" / "web" / "static" / "nhsuk"]

    named = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in shared
        if not any(path.is_relative_to(folder) for folder in apart)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if known.search(line)
    ]

    assert named == []


def test_no_two_services_have_a_tool_of_the_same_name() -> None:
    for services in (discovery.of_team(), discovery.of_region()):
        tools = [name for service in services for name in service.tools]
        assert len(set(tools)) == len(tools)
