"""What people reported of comparable systems, tried on this one. Beside a line: the public report, at github.com."""

import io
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
import xlsxwriter

from shared.kernel.name_words import begins_with, finds, name_words
from shared.kernel.table_file import read_table
from shared.kernel.telephone import read_telephones
from shared.web.questions import Circumstances, EmailAddress, Line
from tests.referral.builders import TODAY
from tests.referral.intake.web.test_refer_later import saved as saved_link
from tests.referral.web.fhir_api import FhirApi, example, resource
from tests.referral.web.visitor import Visitor

ASKED = Circumstances(TODAY, is_demonstration=True)

NAMES = [
    ("J'Marcus", "codeforamerica/golden-ticket/issues/44"),
    ("N'golo O'Hara", "OperationCode/front-end/issues/947"),
    ("Anne-Marie Lee-Jones", "DemocracyOS/democracyos/issues/493"),
    ("O'Neil-Smith", "cisagov/XFD/issues/585"),
    ("Struan", "mysociety/fixmystreet-mobile/issues/76"),
    ("José Ångström Renée", "Sachinchaurasiya360/InternHack/issues/2185"),
    ("Tamás", "udacityalumni/udacity-alumni-fe/pull/150"),
    ("রহিমা বেগম", "opencrvs/opencrvs-core/issues/4944"),
    ("Cuba Gooding Jr., J. K. Rowling", "ExtensionEngine/tailor/pull/803"),
    ("Mondrag´", "openreview/openreview-web/issues/685"),
]


@pytest.mark.parametrize("name", [name for name, _ in NAMES])
def test_a_form_takes_names_that_others_refused(name: str) -> None:
    assert Line(missing="Enter the name").read("name", {"name": [name]}, ASKED) == name


EMAILS = [
    ("jo+baby@example.org", "emoncms/emoncms/issues/616"),
    ("example+1@example.com", "chb/indivo_ui_server/issues/6"),
    ("o'hara@example.org", "Sterc/FormIt/issues/266"),
    ("jo@example.fitness", "Kademi/kademi-dev/issues/1654"),
    ("d@a-b.example.co.uk", "robmarshall/next-gravity-forms/issues/35"),
]


@pytest.mark.parametrize("email", [email for email, _ in EMAILS])
def test_a_form_takes_addresses_that_others_refused(email: str) -> None:
    assert EmailAddress().read("email", {"email": [email]}, ASKED) == email


PHONES = [
    ("+1-608-271-9000-x11", "+16082719000 ext 11", "CDCgov/dibbs-ecr-viewer/issues/497"),
    ("608-271-9000x11", None, "CDCgov/dibbs-ecr-viewer/issues/497"),  # of the United States, without its country
    ("\u202d+447976399087\u202c", "07976399087", "verbb/hyper/issues/86"),
    ("tel:447976399087", "07976399087", "verbb/hyper/issues/86"),
    ("01253 960001 ext 12345678", "01253960001 ext 12345678", "jackocnr/intl-tel-input/issues/852"),
    ("01253 960001 #9", "01253960001 ext 9", "VeryApt/django-phone-field/issues/20"),
    (" 01253 960001 ", "01253960001", "wintermeyer/vutuv/issues/271"),
    ("+44 1253 960001 ext. 5", "01253960001 ext 5", "18F/afsbirez/issues/163"),
]


@pytest.mark.parametrize(("written", "kept"), [phone[:2] for phone in PHONES])
def test_a_form_takes_numbers_that_others_refused(written: str, kept: str | None) -> None:
    assert read_telephones(written) == kept


SEARCHES = [
    ("D'Angelo", "Mary D'Angelo", "ustaxcourt/ef-cms/issues/7588"),
    ("O'Connor", "Pat O'Connor", "AyeCode/userswp/issues/77"),
    ("O'Brien", "Keith Charles O'Brien", "mysociety/yournextrepresentative/issues/862"),
    ("Munoz", "Ana Muñoz", "mysociety/popit/issues/172"),
    ("Muñoz", "Ana Munoz", "mysociety/popit/issues/172"),
    ("Van Heerden", "Lara-Lyn Van Heerden", "SparkDevNetwork/Rock/issues/1518"),
    ("Hui Jeffrey", "Jeffrey Hui", "origamize/RPI-Directory/issues/33"),
    ("jeff hui", "Jeffrey Hui", "origamize/RPI-Directory/issues/33"),
    ("Lucas, Caroline", "Caroline Lucas", "mysociety/theyworkforyou/issues/693"),
    ("LEE", "Ann Lee", "nroduit/Weasis/issues/428"),
    ("Garcon", "Marie Garçon", "openelisglobal/openelisglobal-core/pull/137"),
]


@pytest.mark.parametrize(("typed", "name"), [search[:2] for search in SEARCHES])
def test_a_search_finds_whom_others_did_not(typed: str, name: str) -> None:
    assert finds(typed, name)


def test_what_stands_for_anything_elsewhere_stands_for_nothing_here() -> None:
    """Bahmni/openmrs-module-bahmniapps/pull/411: a percent sign."""
    assert begins_with("%") == ()
    assert not finds("%lee", "Ann Jones")
    assert name_words("100% Lee") == ["100", "100lee", "lee"]


def workbook(*rows: list[Any]) -> bytes:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet()
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell is None:
                sheet.write_blank(at, place, None, bold)
            else:
                sheet.write(at, place, cell)
    book.close()
    return packed.getvalue()


TABLES = [
    (b"\xef\xbb\xbfname,town\nAnn,Leeds\n", "openfoodfoundation/openfoodnetwork/issues/3448"),
    (b"name;town\nAnn;Leeds\n", "microrealestate/microrealestate/issues/64"),
    (b"\xef\xbb\xbfsep=;\r\nname;town\r\nAnn;Leeds\r\n", "Belphemur/vue-json-csv/issues/43"),
    ("name\ttown\r\nAnn\tLeeds\r\n".encode("utf-16"), "javiertelioz/angular2-csv/issues/10"),
    (workbook(["name", "town"], ["Ann", "Leeds"], [None, None], [None, None]), "esqLABS/esqlabsR/issues/1191"),
    (workbook(["name", "town"], ["Ann", "Leeds"], [" ", " "]), "SheetJS/sheetjs/issues/945"),
    (workbook(["name", "town", None, None], ["Ann", "Leeds", None, None]), "SCIInstitute/ShapeWorks/issues/2046"),
    (workbook(["name", "town"], ["Ann   ", "Leeds "]), "ExcelDataReader/ExcelDataReader/issues/425"),
    (b"name,town\nAnn,Leeds\n,\n", "zetkin/organize.zetk.in/issues/484"),
    (b"name,town\nAnn,Leeds\n\n\n", "icaruseu/mom-ca/issues/41"),
]


@pytest.mark.parametrize("content", [content for content, _ in TABLES])
def test_a_file_is_read_that_others_did_not_read(content: bytes) -> None:
    table = read_table(content)

    assert (table.heading, [row.cells for row in table.rows]) == (["name", "town"], [["Ann", "Leeds"]])


def test_an_empty_cell_shifts_no_other() -> None:
    """PhenoApps/Field-Book/issues/1038, specify/specify7/issues/756."""
    table = read_table(workbook(["a", "b", "c"], ["1", None, "3"], [None, "2", None]))

    assert [row.cells for row in table.rows] == [["1", "", "3"], ["", "2", ""]]


async def test_the_api_takes_what_others_refused(fhir: FhirApi) -> None:
    message = example("baby_message")
    header = resource(message, "MessageHeader")
    body = b"\xef\xbb\xbf" + json.dumps(message).encode()
    kinds = [
        "application/fhir+json; charset=UTF-8",  # connectrpc/vanguard-go/issues/188
        "application/fhir+json;charset=utf-8",  # meilisearch/meilisearch/issues/1816
        "Application/JSON",  # PostgREST/postgrest/issues/3478
        'application/fhir+json; fhirVersion=4.0; charset="utf-8"',  # brianpos/fhir-net-web-api/pull/17
    ]

    answers = [await fhir.send(body, **{"content-type": kind}) for kind in kinds]

    assert header["eventCoding"]["code"] == "servicerequest-request"
    assert [answer.status_code for answer in answers] == [200] * len(kinds)
    assert (await fhir.rows())[0] == 1


async def test_references_are_followed_as_the_standard_allows(fhir: FhirApi) -> None:
    """ahdis/matchbox/issues/143: a type and id beside urns; inferno-framework/fhir-validator-wrapper/pull/34."""
    message = example("baby_message")
    patient = next(one for one in message["entry"] if one["resource"]["resourceType"] == "Patient")
    patient["resource"]["id"] = "shannon"
    resource(message, "ServiceRequest")["subject"] = {"reference": "Patient/shannon"}
    mother = next(one for one in message["entry"] if one["resource"]["resourceType"] == "RelatedPerson")
    mother["fullUrl"] = "resource:3"
    mother["resource"]["extension"] = [  # ahdis/matchbox/issues/138: of another version
        {"url": "http://hl7.org/fhir/5.0/StructureDefinition/extension-RelatedPerson.x", "valueString": "Zqxj"}
    ]

    answer = await fhir.send(message)

    assert answer.status_code == 200, answer.text


async def test_a_link_lasts_though_programs_open_it_and_mail_puts_a_full_stop_behind_it(
    visitor: Visitor,
) -> None:
    """outline/outline/issues/9227, TryGhost/Ghost/issues/12347, supabase/auth/issues/1214, better-auth/issues/9690."""
    link = await saved_link(visitor)
    opened: list[httpx.Response] = []
    for _ in range(3):
        opened += [await visitor.client.head(link), await visitor.client.get(f"{link}?follow=true")]
    pasted = [await visitor.client.get(link + mark) for mark in (".", ",", "%3E", ")", "%E2%80%9D")]

    assert [answer.status_code for answer in (*opened, *pasted)] == [200] * 11


def broken(old: str, new: str) -> bytes:
    """A good message in which something stands otherwise."""
    text = json.dumps(example("baby_message"))
    assert old in text
    return text.replace(old, new, 1).encode()


BORN = json.dumps(resource(example("baby_message"), "Patient")["birthDate"])
BROKEN = [
    (lambda: broken('"gender":', '"gender": "male", "gender":'), "LinuxForHealth/FHIR/issues/1155: a key twice"),
    (lambda: broken('"given":', '"given": ["A"], "given":'), "FirelyTeam/firely-net-sdk/issues/2454: a list twice"),
    (lambda: broken("]", ",]"), "FirelyTeam/firely-net-sdk/issues/2610: a comma before the end"),
    (lambda: broken(f'"birthDate": {BORN}', '"birthDate": "2026-3-1"'), "fhir-js/fhir-schema/issues/2"),
    (lambda: broken(f'"birthDate": {BORN}', '"birthDate": "2026-02-30"'), "wso2/fhir-server/pull/41: no such day"),
    (lambda: broken(f'"birthDate": {BORN}', '"birthDate": ""'), "wso2/fhir-server/pull/41: empty"),
    (lambda: broken('"type": "message"', '"type": "searchset"'), "hapifhir/hapi-fhir-jpaserver-starter/issues/263"),
    (lambda: b"not JSON", "hapifhir/hapi-fhir/issues/3219"),
    (lambda: broken('"given": ["', '"given": ["\\ud800'), "hapifhir/hapi-fhir/issues/1612"),
    (lambda: b'{"0": {"resourceType": "Patient"}}', "inferno-framework/fhir-validator-app/issues/61"),
]


@pytest.mark.parametrize("sent", [made for made, _ in BROKEN], ids=[report.partition(":")[0] for _, report in BROKEN])
async def test_the_api_refuses_in_words_what_others_took_or_fell_over(fhir: FhirApi, sent: Callable[[], bytes]) -> None:
    answer = await fhir.send(sent())

    assert 400 <= answer.status_code < 500, answer.text
    [*issues] = answer.json()["issue"]
    assert issues
    assert all(issue["diagnostics"] for issue in issues)
    assert await fhir.rows() == (0, 0, 0)


async def test_a_wrong_value_is_named_with_its_place(fhir: FhirApi) -> None:
    """LinuxForHealth/FHIR/issues/1215: a boolean in quotation marks was reported as a missing value somewhere."""
    message = example("baby_message")
    resource(message, "Patient")["deceasedBoolean"] = "true"

    said = json.dumps((await fhir.send(message)).json())

    assert "deceasedBoolean" in said


KINDS = [
    ("text/plain", "HealthIntersections/FHIRsmith/issues/81"),
    ("application/json+fhir", "microsoft/fhir-server/issues/10"),
    ("", "microsoft/fhir-server/issues/10"),
    ("application/fhir+xml", "hapifhir/hapi-fhir/issues/3219"),
]


@pytest.mark.parametrize("kind", [kind for kind, _ in KINDS])
async def test_another_kind_of_content_is_refused_with_a_reason(fhir: FhirApi, kind: str) -> None:
    answer = await fhir.send(example("baby_message"), **{"content-type": kind})

    assert answer.status_code == 415
    assert answer.json()["issue"][0]["diagnostics"]


async def test_what_the_api_can_do_is_told_to_whoever_says_in_which_letters(fhir: FhirApi) -> None:
    """smart-on-fhir/bulk-data-server/issues/44, onc-healthit/inferno-program/issues/278."""
    for accept in ("application/fhir+json; charset=UTF-8", "application/json", "*/*"):
        answer = await fhir.http.get("/fhir/metadata", headers={"accept": accept})
        assert answer.status_code == 200, accept
        assert answer.headers["content-type"].lower().startswith("application/fhir+json")


async def test_a_message_at_another_address_is_told_where_it_goes(fhir: FhirApi) -> None:
    """HealthIntersections/fhirserver/issues/9: one address took what another refused."""
    for path in ("/fhir/Bundle", "/fhir", "/fhir/"):
        answer = await fhir.send(example("baby_message"), path)
        assert answer.status_code in {404, 405}, path
        assert answer.json()["resourceType"] == "OperationOutcome"


async def test_a_client_says_who_it_is_once(fhir: FhirApi) -> None:
    """cloudflare/workers-oauth-provider/issues/196, ruby-oauth/oauth2/issues/177, lelylan/simple-oauth2/issues/201."""
    client, secret = str(fhir.credentials.client_id), fhir.credentials.secret
    grant = {"grant_type": "client_credentials"}
    in_form = {**grant, "client_id": client, "client_secret": secret}

    async def asks(data: Any, auth: Any = None) -> tuple[int, str | None]:
        answer = await fhir.http.post("/oauth2/token", data=data, auth=auth)
        return answer.status_code, answer.json().get("error")

    assert await asks(in_form, (client, secret)) == (400, "invalid_request")
    assert await asks({**grant, "client_id": client}, (client, secret)) == (200, None)
    assert await asks({**in_form, "scope": ["a", "b"]}) == (400, "invalid_request")
    assert await asks(in_form) == (200, None)
    assert await asks(grant) == (401, "invalid_client")
    assert await asks(grant, (client, f"{secret}:more")) == (401, "invalid_client")
    assert await asks({}) == (400, "invalid_request")
