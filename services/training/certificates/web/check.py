"""Anyone who holds a certificate checks it: with its code and the surname, and with nothing else.

Every miss has one answer, whatever was wrong. The code is in no log and no figure: a route's template is.
"""

from fastapi import APIRouter, Depends, FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from services.training.certificates.database.certificates import Certificates
from services.training.certificates.database.team_keys import TeamKeys
from services.training.certificates.domain.certificate import Certificate, code_in, is_same_surname
from services.training.certificates.domain.signed_certificate import jwk, read_signed
from services.training.certificates.web.forms.certificate import CheckForm
from services.training.staff.database.training_work import TrainingWork
from shared.kernel.actor import public_form
from shared.staff.work import begin
from shared.web.forms import blank, read_form
from shared.web.pages import render
from shared.web.permissions import PUBLIC
from shared.web.rate_limit import Limiter, RateLimit

router = APIRouter(prefix="/check")

RATE = RateLimit(per_minute=10, per_hour=100, per_hour_in_all=2000)
_PRIVATE = {"X-Robots-Tag": "noindex"}


def prepare(app: FastAPI) -> None:
    """How often somebody may try is counted by application."""
    app.state.check_limiter = Limiter(RATE)


async def _not_too_often(request: Request) -> None:
    limiter: Limiter = request.app.state.check_limiter
    await limiter(request)


@router.get("", dependencies=[PUBLIC])
async def ask_for_code(request: Request) -> Response:
    return _sealed(render(request, "certificates/check.html", filled=blank(CheckForm)))


@router.get("/keys.json", dependencies=[PUBLIC])
async def publish_keys(request: Request) -> Response:
    """The keys by which a signed copy is verified, as a JWK set (RFC 7517): this one, and those of before."""
    async with begin(request, public_form()) as work:
        keys = (await TeamKeys(work).of(work.team.slug)).get(work.team.slug, [])
    return JSONResponse({"keys": [jwk(key) for key in keys]})


@router.get("/{code}", dependencies=[PUBLIC])
async def ask_for_surname(request: Request, code: str) -> Response:
    """Where the code on the paper leads a phone."""
    return _sealed(render(request, "certificates/check.html", filled=blank(CheckForm, {"code": code_in(code)[:60]})))


@router.post("", dependencies=[PUBLIC, Depends(_not_too_often)])
async def check_certificate(request: Request) -> Response:
    filled = await read_form(request, CheckForm)
    if filled.form is None:
        return _sealed(render(request, "certificates/check.html", status=422, filled=filled))
    async with begin(request, public_form()) as work:
        found = await Certificates(work).by_code(code_in(filled.form.code))
        is_theirs = is_same_surname(filled.form.family_name, found[0].family_name if found else "?")
        is_theirs = is_theirs and found is not None and await _is_as_signed(found[0], work)
        work.record("certificate.check")
    if found is None or not is_theirs:
        return _sealed(render(request, "certificates/check-none.html"))
    certificate, until_on = found
    verdict = certificate.status(until_on, work.today)
    shown = render(request, "certificates/check-found.html", certificate=certificate, verdict=verdict, today=work.today)
    return _sealed(shown)


async def _is_as_signed(certificate: Certificate, work: TrainingWork) -> bool:
    """What is kept of it is what the team signed; one of before certificates were signed has nothing to differ from."""
    if not certificate.signed:
        return True
    claims = read_signed(certificate.signed, await TeamKeys(work).of(work.team.slug))
    return claims is not None and (claims.code, claims.name) == (certificate.code, certificate.printed.name)


def _sealed(page: Response) -> Response:
    page.headers.update(_PRIVATE)
    return page
