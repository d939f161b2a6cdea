"""The demonstration's provider in a container of its own: services ask it at port 8000, browsers through the gateway.

python -m deploy.sign_in.container
"""

import os
import socket
from pathlib import Path

import uvicorn

from deploy.sign_in.organisation import Organisations, SignInPlace, organisation_of
from deploy.sign_in.provider import create_provider
from shared.web.serving import take_over

HTTP, PORT = Path("/http"), 8000
CLIENT_SECRET = Path("/run/pairs/client-secret")
ORGANISATIONS = Path("/tmp/organisations")  # noqa: S108 - nobody else is in the container


def main() -> None:
    """For the team that PAIRS_TEAM names, or for the region, until it is told to stop."""
    services = (one.partition("=") for one in os.environ["PAIRS_TEAM_SERVICES"].split(","))
    places = [SignInPlace(url, str(HTTP / f"{title.lower()}.sock")) for title, _, url in services]
    organisations = Organisations(ORGANISATIONS)
    secret = CLIENT_SECRET.read_text(encoding="ascii")
    organisations.put(organisation_of(os.environ.get("PAIRS_TEAM") or None, secret, places))
    app = create_provider(organisations, os.environ["PAIRS_PUBLIC_URL"])
    config = uvicorn.Config(app, access_log=False, server_header=False, log_level="warning")
    with _at_gateway() as browsers, socket.create_server(("", PORT)) as beside:
        uvicorn.Server(config).run([browsers, beside])


def _at_gateway() -> socket.socket:
    draft = HTTP / ".sign-in.sock"
    draft.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(draft))
    draft.chmod(0o660)
    listening.listen(128)
    take_over(listening, HTTP / "sign-in.sock")
    return listening


if __name__ == "__main__":
    main()
