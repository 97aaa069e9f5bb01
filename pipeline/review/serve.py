"""The application → a server on 127.0.0.1, until it is stopped. Nobody on another machine can reach it."""

from __future__ import annotations

import socket

import uvicorn
from starlette.applications import Starlette

ADDRESS = "127.0.0.1"
USUAL_PORT = 8377


def listening(port: int | None) -> socket.socket:
    """A socket that listens on this port; without one on the usual port, or on a free one if that is taken.

    Raises OSError if the port that was asked for is taken.
    """
    try:
        return socket.create_server((ADDRESS, USUAL_PORT if port is None else port))
    except OSError as error:
        if port is not None:
            raise OSError(error.errno, f"port {port} cannot be had: {error.strerror}") from None
        return socket.create_server((ADDRESS, 0))


def serve(application: Starlette, door: socket.socket) -> None:
    """Answer requests at this socket until Ctrl-C."""
    server(application).run(sockets=[door])


def server(application: Starlette) -> uvicorn.Server:
    """The server, quiet: what went wrong is said to the page that asked."""
    settings = uvicorn.Config(
        application,
        log_level="critical",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(settings)
