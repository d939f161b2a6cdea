"""Every table that can be taken along is declared: by its list, or as a download. No page writes a file of its own."""

import ast
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from shared.manifest import Service
from shared.staff.list_routes import ListEndpoint
from tests.architecture.test_manifests import SERVICES

ROOT = Path(__file__).parents[2]
SUBMITS_THEM = "services/referral/governance/web/extract.py"
"""As the national extract asks, which is not as a spreadsheet opens them."""

each_service = pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)


@each_service
def test_whatever_is_downloaded_as_a_table_belongs_to_a_list_or_is_declared(service: Service) -> None:
    routes = [route for page in service.pages() for route in page.router.routes if isinstance(route, APIRoute)]
    files = [route for route in routes if route.path.endswith(".csv")]

    assert files
    assert [
        route.path
        for route in files
        if not isinstance(route.endpoint, ListEndpoint) and route.endpoint.__module__ != "shared.staff.download"
    ] == []


def test_no_page_writes_a_table_by_itself() -> None:
    writing = {"csv", "shared.web.csv_file"}
    found = {
        str(path.relative_to(ROOT))
        for path in ROOT.glob("services/**/web/**/*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Import) and writing & {name.name for name in node.names})
        or (isinstance(node, ast.ImportFrom) and node.module in writing)
    }

    assert found == {SUBMITS_THEM}
