"""A small service that uses everything of the web kit."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, FastAPI
from pydantic import BaseModel, ConfigDict
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from shared.contracts.vocabulary import FamilyAgreement, ReferralReason, Role
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.settings import Settings
from shared.manifest import NavigationItem, Person
from shared.staff.column import in_order
from shared.staff.download import Download, download_at
from shared.testing.direct_sign_in import direct_sign_in
from shared.web.app import create_web
from shared.web.body_limit import API_LIMIT
from shared.web.charts import Series, bar_chart
from shared.web.date_question import DateParts
from shared.web.forms import Form, blank, read_form
from shared.web.json_body import read_json
from shared.web.live import stream_events
from shared.web.pages import render
from shared.web.permissions import PUBLIC, need
from shared.web.problems import Problem
from shared.web.questions import (
    EmailAddress,
    Line,
    NhsNumber,
    OneCode,
    Postcode,
    SeveralCodes,
    Telephone,
    Text,
    YesOrNo,
)
from shared.web.rate_limit import RateLimit, limit

LEAD = Person(UUID(int=100), "Team lead", frozenset({Role.TEAM_LEAD}), "Leads the team")
PRACTITIONER = Person(UUID(int=101), "Practitioner", frozenset({Role.PRACTITIONER}))
PEOPLE = (LEAD, PRACTITIONER)
NOW = datetime(2026, 3, 3, 15, 30, tzinfo=UTC)


MONTHS = ["January 2026", "February 2026", "March 2026"]
CHARTS = [
    bar_chart("referrals", "Referrals a month", MONTHS, [Series("Blackpool", [4, 7, 5])], unit="referrals"),
    bar_chart(
        "tiers",
        "Families by tier",
        MONTHS,
        [Series("Universal", [3, None, 6]), Series("Targeted", [8, 9, 12]), Series("Specialist", [5, 5, 7])],
        unit="families",
        stacked=True,
    ),
    bar_chart(
        "teams",
        "Referrals by team",
        MONTHS,
        [Series("Blackpool", [14, 17, 15]), Series("Lancaster & <Morecambe>", [0, 12, 21])],
        unit="referrals",
    ),
]


class SimulatedClock:
    """Stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = NOW

        self.seconds = 0.0

    def __call__(self) -> datetime:
        return self.now

    def pass_time(self, **units: float) -> None:
        self.now += timedelta(**units)
        self.seconds += timedelta(**units).total_seconds()

    def is_put(self, **units: float) -> None:
        """Someone sets the clock; no time passes."""
        self.now += timedelta(**units)


class FamilyForm(Form):
    name: Annotated[str, Line(missing="Enter the baby's name", longest=40)]
    born_on: Annotated[date | None, DateParts(future="Enter a date of birth that is not in the future")]
    due_on: Annotated[date | None, DateParts()]
    nhs_number: Annotated[str | None, NhsNumber()]
    postcode: Annotated[str | None, Postcode()]
    email: Annotated[str | None, EmailAddress()]
    telephone: Annotated[str | None, Telephone()]
    reasons: Annotated[frozenset[ReferralReason], SeveralCodes(of=ReferralReason, missing="Choose one reason or more")]
    agreement: Annotated[FamilyAgreement, OneCode(of=FamilyAgreement, missing="Choose what the family thinks of it")]
    interpreter: Annotated[bool | None, YesOrNo()]
    story: Annotated[str | None, Text(longest=200)]

    def check(self) -> Iterator[tuple[str, str]]:
        if self.born_on and self.due_on:
            yield "due_on", "Enter a date of birth or a due date, not both"


_CHOICES: dict[str, Any] = {"reasons": list(ReferralReason), "agreements": list(FamilyAgreement)}


class Amount(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, hide_input_in_errors=True)

    count: int
    share: float = 0


def settings(**changes: Any) -> Settings:
    usual = {
        "team": "blackpool",
        "database_url": "postgresql://unused@127.0.0.1/unused",
        "redis_url": "redis://127.0.0.1",
        "region_key": "00" * 32,
        "port": 8000,
        "private_port": 8001,
        "public_url": "http://127.0.0.1:8000",
        "sign_in": "demonstration",
    }
    return Settings.model_validate({**usual, **changes})


def create_sample(
    engine: AsyncEngine, clock: SimulatedClock, *, signs_in: APIRouter | None = None, **changes: Any
) -> FastAPI:
    """Args: signs_in: the pages of another sign-in than that of every other test."""
    given = settings(**changes)
    app = create_web(
        given,
        title="Sample service",
        routers=[_start(), _families(), _public(), _api(), signs_in or direct_sign_in(given, PEOPLE)],
        templates=[("", Path(__file__).with_name("sample_templates"))],
        engine=engine,
        clock=clock,
        navigation=[
            NavigationItem("Families", "/family", frozenset({Role.TEAM_LEAD})),
            NavigationItem("Make a referral", "/refer"),
        ],
        body_limits={"/fhir/": API_LIMIT},
        renderers={"/fhir/": _as_outcome},
    )
    app.state.stopwatch = lambda: clock.seconds
    app.state.families = 2
    return app


def _start() -> APIRouter:
    router = APIRouter()

    @router.get("/", dependencies=[PUBLIC])
    async def start(request: Request) -> Response:
        families = request.app.state.families
        return render(
            request, "start.html", today=NOW.date(), now=NOW, charts=CHARTS, families=families, live_events="/live"
        )

    @router.get("/shown/{template}", dependencies=[PUBLIC])
    async def shown(request: Request, template: str) -> Response:
        refusal = NotAllowed("no_role", "Nothing that your organisation says of you is a role here.")
        begins = {"begin": "/sign-in/begin", "begin_as_other": "/sign-in/begin?how=other"}
        return render(request, f"{template}.html", refusal=refusal, has_no_role=True, ask="your team lead", **begins)

    @download_at(router, "/families.csv")
    async def _download(_actor: Annotated[Actor, PUBLIC]) -> Download[Any]:
        return Download("families.csv", in_order(*CHARTS[0].columns), CHARTS[0].rows)

    return router


def _families() -> APIRouter:
    router = APIRouter()

    @router.get("/family")
    async def new_family(request: Request, _actor: Annotated[Actor, need(Role.TEAM_LEAD)]) -> Response:
        return render(request, "family.html", filled=blank(FamilyForm, {"story": "Once upon a time"}), **_CHOICES)

    @router.post("/family")
    async def add_family(request: Request, _actor: Annotated[Actor, need(Role.TEAM_LEAD)]) -> Response:
        filled = await read_form(request, FamilyForm)
        if filled.form is None:
            return render(request, "family.html", status=422, filled=filled, **_CHOICES)
        if filled.form.name == "Duplicate":
            refusal = Conflict("family_known", "This family is on record already", field="name")
            return render(request, "family.html", status=409, filled=filled.refused(refusal), **_CHOICES)
        return RedirectResponse("/", 303)

    @router.get("/family/{family_id}")
    async def show_family(family_id: UUID, _actor: Annotated[Actor, need()]) -> Response:
        raise NotFound("family", f"There is no such family{'' if family_id else '.'}")

    return router


def _public() -> APIRouter:
    router = APIRouter()

    @router.post("/refer", dependencies=[PUBLIC, limit(RateLimit(per_minute=5))])
    async def refer(request: Request) -> Response:
        await read_form(request, FamilyForm)
        return RedirectResponse("/", 303)

    @router.get("/live", dependencies=[PUBLIC])
    async def live(request: Request) -> Response:
        return stream_events(request, request.app.state.announcer, "families")

    @router.get("/refused/{kind}", dependencies=[PUBLIC])
    async def refuse(kind: str) -> Response:
        refusals = {"rule": RuleBroken, "role": NotAllowed, "absent": NotFound, "changed": Conflict}
        raise refusals[kind]("sample_code", "A sentence that says what to do next.")

    return router


def _api() -> APIRouter:
    router = APIRouter()

    @router.post("/fhir/thing", dependencies=[PUBLIC])
    async def receive_thing(request: Request) -> Response:
        body = await read_json(request)
        is_exact = isinstance(body, dict) and isinstance(body.get("amount"), Decimal)
        return JSONResponse({"kind": type(body).__name__, "decimal": is_exact})

    @router.post("/api/amount", dependencies=[PUBLIC])
    async def receive_amount(amount: Amount) -> Amount:
        return amount

    @router.get("/api/broken", dependencies=[PUBLIC])
    async def broken() -> Response:
        secret = "Leonie Example"
        raise RuntimeError(secret)

    return router


def _as_outcome(_request: Request, problem: Problem) -> Response:
    issue = {"severity": "error", "code": problem.code, "diagnostics": problem.sentence}
    return JSONResponse({"resourceType": "OperationOutcome", "issue": [issue]}, problem.status)
