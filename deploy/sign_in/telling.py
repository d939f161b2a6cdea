"""Tells a service that a sign-in is over: by its address, or at the socket where it listens."""

import http.client
import socket
from urllib.parse import urlencode, urlsplit

from deploy.sign_in.organisation import SignInPlace

SECONDS = 3.0


class _AtSocket(http.client.HTTPConnection):
    def __init__(self, host: str, path: str) -> None:
        super().__init__(host, timeout=SECONDS)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(SECONDS)
        self.sock.connect(self._path)


def tell(place: SignInPlace, logout_token: str) -> int:
    """The status that it answers. Raises OSError when it does not listen."""
    host = urlsplit(place.url).netloc
    connection = _AtSocket(host, place.socket) if place.socket else http.client.HTTPConnection(host, timeout=SECONDS)
    try:
        body = urlencode({"logout_token": logout_token})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Host": host}
        connection.request("POST", "/sign-in/ended", body, headers)
        return connection.getresponse().status
    finally:
        connection.close()
