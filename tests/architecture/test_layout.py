"""Rules about the whole tree that no linter knows."""

import ast
import re
import subprocess
from collections import Counter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMANDS = sorted(path for path in ROOT.glob("services/**/commands/*.py") if path.name != "__init__.py")
MODULES = sorted(path for name in ("services", "shared", "deploy") for path in ROOT.glob(f"{name}/**/*.py"))
VAGUE_NAMES = {"utils", "helpers", "common", "misc", "base", "core", "manager", "service", "models"}
PLACES = {"domain", "commands", "reactions", "timers", "queries", "database", "packs", "web", "tools", "demonstration"}
FILES = {"__init__", "contents", "app", "settings", "metadata"}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", COMMANDS, ids=name_of)
def test_every_command_has_its_own_test_file(path: Path) -> None:
    room = path.parents[1].relative_to(ROOT / "services")

    assert (ROOT / "tests" / room / f"test_{path.stem}.py").exists()


@pytest.mark.parametrize("path", COMMANDS, ids=name_of)
def test_a_command_file_holds_one_command_and_the_function_of_its_name(path: Path) -> None:
    functions = [node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.AsyncFunctionDef)]

    assert [name for name in functions if not name.startswith("_")] == [path.stem]


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [name_of(path) for path in MODULES if path.stem in VAGUE_NAMES] == []


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    assert [name_of(path) for path in MODULES if len(path.read_text().splitlines()) > 300] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        path for path in MODULES if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]

    assert [name_of(path) for path in silent] == []


@pytest.mark.parametrize("service", sorted({path.relative_to(ROOT).parts[1] for path in ROOT.glob("services/*/*.py")}))
def test_no_two_classes_of_a_service_have_the_same_name(service: str) -> None:
    modules = ROOT.glob(f"services/{service}/**/*.py")
    names = Counter(
        node.name for module in modules for node in ast.parse(module.read_text()).body if isinstance(node, ast.ClassDef)
    )

    assert [name for name, times in names.items() if times > 1] == []


def folders_of(place: Path) -> set[str]:
    return {path.name for path in place.iterdir() if path.is_dir() and any(path.rglob("*.py"))} - {"__pycache__"}


@pytest.mark.parametrize("contents", sorted(ROOT.glob("services/*/contents.py")), ids=name_of)
def test_a_service_is_one_room_or_several_and_each_has_only_the_places_that_the_map_names(contents: Path) -> None:
    service = contents.parent
    rooms = folders_of(service) - PLACES

    assert not rooms or folders_of(service) - rooms <= {"database", "demonstration"}
    for room in rooms:
        assert folders_of(service / room) <= PLACES - {"demonstration"}, room
        assert {path.stem for path in (service / room).glob("*.py")} == {"__init__"}, room
    assert {path.stem for path in service.glob("*.py")} <= FILES


@pytest.mark.parametrize("contents", sorted(ROOT.glob("services/*/contents.py")), ids=name_of)
def test_tests_stand_in_the_rooms_of_what_they_test(contents: Path) -> None:
    service, tests = contents.parent, ROOT / "tests" / contents.parent.name
    rooms = folders_of(service) | PLACES

    assert folders_of(tests) <= rooms
    for room in folders_of(tests) - PLACES:
        assert folders_of(tests / room) <= PLACES, room


def test_nobody_else_takes_our_import_names() -> None:
    for name in ("services", "shared", "deploy"):
        assert set(packages_distributions().get(name, ["pairs"])) == {"pairs"}


def test_only_the_kernel_asks_what_time_it_is() -> None:
    asking = re.compile(r"datetime\.now\(|date\.today\(|datetime\.utcnow\(|time\.time\(")

    assert [name_of(path) for path in MODULES if asking.search(path.read_text())] == ["shared/kernel/clock.py"]


def test_the_lock_files_hold_hashes_and_no_addresses() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text, lock.name


def test_no_committed_file_names_a_registry_or_a_path_of_one_machine() -> None:
    hosts = ("pypi" + ".org", "pythonhosted" + ".org", "registry.npmjs" + ".org", "deb.debian" + ".org")
    paths = ("/ro" + "ot/", "/wo" + "rk/")
    offending = [
        name_of(path)
        for path in tracked()
        if path.suffix not in {".svg", ".js", ".css", ".png", ".ico", ".woff2"}
        if any(word in path.read_text(errors="replace") for word in (*hosts, *paths))
    ]

    assert offending == []


def test_nothing_is_left_for_later() -> None:
    words = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX:", "NotImpl" + "emented")))

    assert [name_of(path) for path in MODULES if words.search(path.read_text())] == []


def test_no_page_has_inline_style_or_script_or_loads_from_elsewhere() -> None:
    inline = re.compile(r"""style="|<script>|\son[a-z]+="|(src|href)=["']https?://""")
    templates = [*ROOT.glob("services/**/templates/**/*.html"), *ROOT.glob("shared/**/templates/**/*.html")]

    assert templates
    assert [name_of(path) for path in templates if inline.search(path.read_text())] == []
