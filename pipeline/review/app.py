"""Requests → pages and decisions. Only what our own pages ask for is answered, and only on this machine.

A page of another site can make a browser send requests here. None comes through: each must name us as its Host, must
not come from another origin, and must know the token that was printed when the server started; decisions are JSON with
the token in a header of their own, which no form and no image can send.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from pipeline import __version__
from pipeline.decisions import Said
from pipeline.review.shelf import LONGEST, Refused, Shelf
from pipeline.writers import page

HEADER = "X-Tieout-Token"
LARGEST = 64_000  # bytes of a request's body
_TEXTS = ("finding_id", "decision", "note", "reviewer", "evidence", "revision")

Next = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Gate:
    """Who is let in: `token` is printed for the user, a ticket lets in once. `port` is where we listen."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    tickets: set[str] = field(default_factory=set)

    @property
    def cookie(self) -> str:
        """The name of the cookie that holds the token; all ports of a machine share their cookies."""
        return f"tieout-{self.port}"

    @property
    def hosts(self) -> tuple[str, str]:
        """The names under which a browser may reach us: a name that an attacker's DNS points here is none of them."""
        return f"127.0.0.1:{self.port}", f"localhost:{self.port}"

    def ticket(self) -> str:
        """A token that lets in once, for a place where others may see it, such as another program's command line."""
        made = secrets.token_urlsafe(32)
        self.tickets.add(made)
        return made

    def lets_in(self, said: str) -> bool:
        """Whether this is the token, or a ticket, which is then used up."""
        if said in self.tickets:
            self.tickets.discard(said)
            return True
        return self.knows(said)

    def knows(self, said: str) -> bool:
        """Whether this is the token."""
        return secrets.compare_digest(said.encode(), self.token.encode())


def app(shelf: Shelf, gate: Gate) -> Starlette:
    """The application over a folder."""

    def front(request: Request) -> Response:
        return _html(page.served.reports(gate.token, __version__))

    def report(request: Request) -> Response:
        name = request.path_params["report"]
        try:
            content = shelf.page(name, gate.token)
        except KeyError:
            return _said(f"{name}: no such report here, or it is just being written: try again", 404)
        if content is None:
            return _said(f"{name}: no page by this version of tieout; run it again, without --no-page", 404)
        return _html(content)

    def reports(request: Request) -> Response:
        return _json(request, {"reports": shelf.reports()})

    def state(request: Request) -> Response:
        return _json(request, shelf.state(request.path_params["report"]))

    async def decide(request: Request) -> Response:
        from starlette.concurrency import run_in_threadpool

        said = _decision(await request.body())
        if isinstance(said, str):
            return _said(said, 400)
        name = request.path_params["report"]

        def write() -> Response:
            words = Said(said["decision"], said["note"], said["reviewer"])
            known = {key: said[key] for key in ("evidence", "revision")}
            try:
                return _json(request, shelf.decide(name, said["finding_id"], words, **known))
            except Refused as refused:
                return _json(request, refused.state or {}, str(refused))

        return await run_in_threadpool(write)

    def missing(request: Request, error: Exception) -> Response:
        return _said("no such report here, or it is just being written: try again", 404)

    def damaged(request: Request, error: Exception) -> Response:
        return _said(f"Not saved: {error}", 500)

    async def guard(request: Request, go_on: Next) -> Response:
        answer = await _refusal(request, gate) or await go_on(request)
        for name, value in _HEADERS.items():
            answer.headers[name] = value
        answer.headers["Content-Security-Policy"] = page.served.policy()
        return answer

    return Starlette(
        routes=[
            Route("/", front),
            Route("/report/{report}", report),
            Route("/api/reports", reports),
            Route("/api/report/{report}", state, methods=["GET"]),
            Route("/api/report/{report}", decide, methods=["POST"]),
        ],
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=guard)],
        exception_handlers={KeyError: missing, ValueError: damaged, OSError: damaged},
    )


_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


async def _refusal(request: Request, gate: Gate) -> Response | None:
    """Why a request is not answered, or None if it is; with the token in its address it is sent to the front page."""
    heads = request.headers
    if heads.get("host") not in gate.hosts:
        return _said("This is not the Host that you named.", 403)
    if heads.get("origin", f"http://{heads['host']}") != f"http://{heads['host']}":
        return _said("Requests from other sites are refused.", 403)
    if heads.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return _said("Requests from other sites are refused.", 403)
    if request.method == "GET" and request.url.path == "/" and "token" in request.query_params:
        if not gate.lets_in(request.query_params["token"]):
            return _said(_ASK, 403)
        let_in = RedirectResponse("/", 303)
        let_in.set_cookie(gate.cookie, gate.token, httponly=True, samesite="strict")
        return let_in
    of_page = not request.url.path.startswith("/api/")
    if not gate.knows(request.cookies.get(gate.cookie, "") if of_page else heads.get(HEADER, "")):
        return _said(_ASK, 403)
    if request.method != "POST":
        return None
    if heads.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return _said("Decisions are sent as application/json.", 415)
    size = heads.get("content-length", "")
    if not size.isdecimal() or len(size) > len(str(LARGEST)) or int(size) > LARGEST:
        return _said(f"A decision has at most {LARGEST} bytes.", 413)
    return None


_ASK = "The token is missing or old: open the address that `tieout review` printed."


def _decision(body: bytes) -> dict[str, str] | str:
    """The texts of a decision, or what is wrong with it."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):  # of brackets within brackets
        return "A decision is a JSON object."
    if not isinstance(said, dict) or not all(isinstance(said.get(name), str) for name in _TEXTS):
        return f"A decision is a JSON object with the texts {', '.join(_TEXTS)}."
    if max(len(said["note"]), len(said["reviewer"])) > LONGEST:
        return f"A note has at most {LONGEST} characters."
    # A lone surrogate can be written in JSON and in no file.
    return {name: said[name].encode("utf-8", "replace").decode() for name in _TEXTS}


def _json(request: Request, told: Mapping[str, Any], error: str = "") -> Response:
    """An answer with a tag of what it tells; nothing but the tag if the page has that already."""
    body = json.dumps(told, ensure_ascii=True, separators=(",", ":"))
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:16]}"'
    if error:
        body = json.dumps({**told, "error": error})
    elif request.method == "GET" and request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    return Response(body, 409 if error else 200, {"ETag": tag}, "application/json")


def _html(content: bytes) -> Response:
    return Response(content, media_type="text/html; charset=utf-8")


def _said(words: str, status: int) -> Response:
    return PlainTextResponse(words, status)
