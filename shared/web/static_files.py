"""The files that pages load: `/static/<hash of all of them>/…`, which a browser keeps for a year.

They are read once, so that no request names a path on the disk.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FOLDER = Path(__file__).with_name("static")

_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
_A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class StaticFile:
    content: bytes
    compressed: bytes
    media_type: str


@cache
def static_files() -> dict[str, StaticFile]:
    """Every file that is served, by its path inside the folder."""
    found = sorted(path for path in FOLDER.rglob("*") if path.suffix in _MEDIA_TYPES)
    return {path.relative_to(FOLDER).as_posix(): _read(path) for path in found}


@cache
def static_version() -> str:
    """A hash that changes with any of the files."""
    digest = hashlib.sha256()
    for path, file in static_files().items():
        digest.update(path.encode() + b"\0" + file.content)
    return digest.hexdigest()[:12]


def static_url(path: str) -> str:
    """Where a page finds the file.

    Raises:
        KeyError: there is no such file.
    """
    static_files()[path]
    return f"/static/{static_version()}/{path}"


def static_route() -> Route:
    """Serves them. A page of another version may still ask for its files; it gets ours, and does not keep them."""
    return Route("/static/{version}/{path:path}", _serve, methods=["GET"])


async def _serve(request: Request) -> Response:
    file = static_files().get(request.path_params["path"])
    if file is None:
        raise HTTPException(404)
    headers = {"Vary": "Accept-Encoding", "Content-Type": file.media_type}
    if request.path_params["version"] == static_version():
        headers["Cache-Control"] = _A_YEAR
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(file.compressed, headers=headers | {"Content-Encoding": "gzip"})
    return Response(file.content, headers=headers)


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    return StaticFile(content, gzip.compress(content, mtime=0), _MEDIA_TYPES[path.suffix])
