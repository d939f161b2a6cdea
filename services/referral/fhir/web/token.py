"""`POST /oauth2/token`: a client's credentials become a token (OAuth 2.0, RFC 6749 section 4.4)."""

import base64
from typing import Any
from urllib.parse import unquote_plus
from uuid import UUID

from fastapi import APIRouter, Depends, FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from services.referral.fhir.commands.issue_api_token import LIFETIME, IssueApiToken, issue_api_token
from services.referral.staff.web.work import begin
from shared.kernel.actor import system
from shared.kernel.errors import NotAllowed, Refusal
from shared.web.form_body import Fields, read_fields
from shared.web.permissions import PUBLIC
from shared.web.problems import Problem
from shared.web.rate_limit import Limiter, RateLimit

RATE = RateLimit(per_minute=20, per_hour=300, per_hour_in_all=3000)
"""How often one address may ask for a token; a token holds for ten minutes."""

_CHALLENGE = {"WWW-Authenticate": 'Basic realm="oauth2"'}
_ERRORS = {401: "invalid_client", 429: "temporarily_unavailable", 500: "server_error", 503: "temporarily_unavailable"}
_OWN_ERRORS = frozenset({"invalid_request", "unsupported_grant_type"})

router = APIRouter(prefix="/oauth2")


def prepare(app: FastAPI) -> None:
    app.state.token_limiter = Limiter(RATE)
    app.state.renderers["/oauth2/"] = as_oauth_error


async def _limit_asking(request: Request) -> None:
    limiter: Limiter = request.app.state.token_limiter
    await limiter(request)


@router.post("/token", dependencies=[PUBLIC, Depends(_limit_asking)])
async def give_token(request: Request) -> Response:
    """The client says who it is by HTTP Basic, or in the form."""
    fields = await read_fields(request)
    if any(len(values) > 1 for values in fields.values()):
        raise Refusal("invalid_request", "Send each parameter once.")
    grant_type = fields.get("grant_type", [""])[0]
    if not grant_type:
        raise Refusal("invalid_request", "Send grant_type=client_credentials.")
    if grant_type != "client_credentials":
        raise Refusal("unsupported_grant_type", "Only grant_type=client_credentials is offered.")
    client_id, secret = _credentials(request, fields)
    try:
        async with begin(request, system()) as work:
            token = await issue_api_token(IssueApiToken(UUID(client_id), secret), work)
    except (NotAllowed, ValueError):
        raise HTTPException(401, headers=_CHALLENGE) from None
    content = {"access_token": token, "token_type": "Bearer", "expires_in": int(LIFETIME.total_seconds())}
    return JSONResponse(content)


def as_oauth_error(_request: Request, problem: Problem) -> JSONResponse:
    """The renderer of everything under `/oauth2/` (RFC 6749 section 5.2)."""
    error = problem.code if problem.code in _OWN_ERRORS else _ERRORS.get(problem.status, "invalid_request")
    sentence = (
        "The client id or its secret is not right. Ask the team for new ones."
        if problem.status == 401
        else problem.sentence
    )
    content: dict[str, Any] = {"error": error, "error_description": sentence}
    return JSONResponse(content, problem.status)


def _credentials(request: Request, fields: Fields) -> tuple[str, str]:
    header = request.headers.get("authorization", "")
    in_form = (fields.get("client_id", [""])[0], fields.get("client_secret", [""])[0])
    if not header:
        return in_form
    if in_form[1]:
        raise Refusal("invalid_request", "Say who you are in the header or in the form, not in both.")
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        raise HTTPException(401, headers=_CHALLENGE)
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except ValueError:  # of base64 and of UTF-8
        raise HTTPException(401, headers=_CHALLENGE) from None
    return unquote_plus(client_id), unquote_plus(secret)
