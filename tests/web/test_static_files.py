import importlib.metadata
import re
from pathlib import Path

import httpx
import pytest

from shared.web.static_files import FOLDER, static_files, static_url, static_version

TEMPLATES = Path(__file__).parents[2] / "shared" / "web" / "templates"
WRITTEN = sorted(
    path
    for folder in (FOLDER, TEMPLATES)
    for path in folder.rglob("*")
    if path.suffix in {".css", ".js", ".mjs", ".html", ".svg"}
)


def test_the_style_sheet_and_the_templates_are_of_versions_that_belong_together() -> None:
    style_sheet = (FOLDER / "nhsuk" / "nhsuk-frontend.min.css").read_text(encoding="utf-8")

    assert '--nhsuk-frontend-version:"10.6.1"' in style_sheet
    assert importlib.metadata.version("nhsuk-frontend-jinja") == "0.10.2"


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_nothing_is_loaded_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]", text.replace("http://www.w3.org/2000/svg", "")) == []
    assert "sourceMappingURL" not in text
    assert "@font-face" not in text
    assert "@import" not in text


@pytest.mark.parametrize("path", [path for path in WRITTEN if path.suffix == ".html"], ids=lambda path: path.name)
def test_a_template_has_no_style_and_no_script_of_its_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)|javascript:", text)


def test_every_file_that_the_style_sheets_name_is_there() -> None:
    for path in FOLDER.rglob("*.css"):
        for named in re.findall(r"url\(([^)]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / named).is_file()


def test_the_licence_lies_beside_what_it_is_about() -> None:
    assert "MIT License" in (FOLDER / "nhsuk" / "LICENSE.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(static_files()))
async def test_a_file_is_kept_for_a_year_under_the_hash_of_its_version(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(static_url(path))

    assert answer.status_code == 200
    assert answer.content == (FOLDER / path).read_bytes()
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"


async def test_a_file_of_another_version_is_given_but_not_kept(client: httpx.AsyncClient) -> None:
    answer = await client.get(
        static_url("pairs.css").replace(static_version(), "0" * 12), headers={"Accept-Encoding": ""}
    )

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "content-encoding" not in answer.headers


def test_a_page_that_names_a_file_that_is_not_there_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        static_url("forgotten.css")
