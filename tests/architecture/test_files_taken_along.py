"""Whatever is taken along as CSV is taken along as a workbook too, and where one is offered the other is."""

import re
from pathlib import Path

from shared.manifest import Service
from shared.testing.page_routes import every_route
from tests.architecture.test_manifests import a_process_of, each_service

ROOT = Path(__file__).parents[2]
AS_CSV, AS_EXCEL = re.compile(r">[^<>]*\bCSV\b"), re.compile(r">[^<>]*\bExcel\b")


@each_service
def test_each_csv_file_of_a_service_has_a_workbook_beside_it(service: Service) -> None:
    paths = {route.path for route in every_route(a_process_of(service))}
    files = {path.removesuffix(".csv") for path in paths if path.endswith(".csv")}

    books = {path.removesuffix(".xlsx") for path in paths if path.endswith(".xlsx")}
    assert files
    assert files <= books
    of_pages = {file.rpartition("/")[0] for file in files}
    assert books - files <= of_pages, "what has no CSV beside it is a whole page, each table of which has one"


def test_a_page_that_offers_one_offers_the_other() -> None:
    pages = [path for folder in ("services", "shared") for path in (ROOT / folder).rglob("templates/**/*.html")]
    links = {path.name: re.findall(r"<a [^\n]*?</a>", path.read_text()) for path in pages}
    offers = {name: [re.sub(r"^<a .*?(?=>)", "", one) for one in several] for name, several in links.items()}
    csv, excel = (
        {name: count for name, several in offers.items() if (count := sum(map(bool, map(kind.search, several))))}
        for kind in (AS_CSV, AS_EXCEL)
    )

    assert csv == excel
    assert len(csv) > 10
