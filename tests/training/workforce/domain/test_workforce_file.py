"""A file of people, as spreadsheets of all kinds write it."""

import io
import zipfile

import pytest

from services.training.workforce.domain.workforce_file import read_file
from shared.kernel.errors import RuleBroken

ROWS = [["organisation", "staff number", "last name"], ["Grange Park", "00123", "O’Brien"], ["Léa’s", "7", "Zoë"]]


def text(separator: str = ",", end: str = "\r\n") -> str:
    return end.join(separator.join(row) for row in ROWS) + end


@pytest.mark.parametrize(
    ("content", "read_as"),
    [
        (text().encode(), "CSV with commas, UTF-8"),
        (text().encode("utf-8-sig"), "CSV with commas, UTF-8"),
        (text(";").encode("cp1252"), "CSV with semicolons, Windows-1252"),
        (text("\t").encode("utf-16"), "CSV with tabs, UTF-16"),
        (text(end="\r").encode(), "CSV with commas, UTF-8"),
        (text(";", "\n").encode(), "CSV with semicolons, UTF-8"),
    ],
)
def test_bom_semicolons_old_code_pages_and_old_line_ends_are_read_and_told(content: bytes, read_as: str) -> None:
    found = read_file(content)

    assert [found.headings, *(row.cells for row in found.rows)] == ROWS
    assert found.read_as == read_as


def test_an_empty_line_is_no_row_and_the_lines_are_counted_as_a_spreadsheet_counts() -> None:
    found = read_file(b"organisation,last name\n\n,,\nGrange Park,Bennett\n")

    assert [(row.line, row.cells) for row in found.rows] == [(4, ["Grange Park", "Bennett"])]


def test_a_cell_that_our_download_made_inert_is_read_as_what_it_was() -> None:
    [row] = read_file(b"last name,email\n'=1+1,'tis\n").rows

    assert row.cells == ["=1+1", "'tis"]


def test_a_workbook_is_read_with_its_text_as_text_and_its_days_as_days() -> None:
    [row] = read_file(workbook([["staff number", "start date", "posts"], ["00123", 45536, 7]])).rows

    assert row.cells == ["00123", "2024-09-01", "7"]


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b'a,b\n"open,1\n', b"PK\x03\x04 no workbook", b"a\n" * 20_002, b"a," * 3_000_000],
    ids=["empty", "no row", "open quotation", "no workbook", "too many rows", "too large"],
)
def test_what_is_no_table_of_people_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_file(content)

    assert refused.value.field == "file"


def workbook(rows: list[list[str | int]]) -> bytes:
    """Minimal: text inline; in the second column a day, as Excel counts them."""
    cells = "".join(
        f'<row r="{at}">' + "".join(_cell(f"{'ABC'[place]}{at}", one) for place, one in enumerate(row)) + "</row>"
        for at, row in enumerate(rows, 1)
    )
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    sheet = '<sheet name="People" sheetId="1" r:id="r1"/>'
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _relations(f"{office}/officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{office}"><sheets>{sheet}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            f"{office}/worksheet", "worksheets/sheet1.xml", f"{office}/styles", "styles.xml"
        ),
        "xl/styles.xml": f'<styleSheet {main}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        for name, part in parts.items():
            book.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{part}')
    return packed.getvalue()


def _relations(*kinds_and_targets: str) -> str:
    pairs = zip(kinds_and_targets[::2], kinds_and_targets[1::2], strict=True)
    each = "".join(f'<Relationship Id="r{at}" Type="{kind}" Target="{to}"/>' for at, (kind, to) in enumerate(pairs, 1))
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>'


def _cell(name: str, value: str | int) -> str:
    if isinstance(value, int):
        return f'<c r="{name}" s="{1 if name[0] == "B" else 0}"><v>{value}</v></c>'
    return f'<c r="{name}" t="inlineStr"><is><t>{value}</t></is></c>'
