"""A template and its values → an HTML page with style, script and a policy that lets no other run.

The parts stand beside this file: page.css, page.js, and the templates. They are read once a process.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pipeline.writers.page.visible import visible

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


def page(template: str, **values: Any) -> bytes:
    """The bytes of a page. Whatever is not marked `safe` is escaped, and what cannot be seen is named."""
    return _environment().get_template(template).render(**values).encode("utf-8")


def safe(html: str) -> Markup:
    """HTML that we made, as it is."""
    from markupsafe import Markup

    return Markup(html)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_part),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style, script = _part("page.css"), _part("page.js")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src {_hash(style)}",
            f"script-src {_hash(script)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
    environment.globals |= {"style": safe(style), "script": safe(script), "policy": policy}
    return environment


def _part(name: str) -> str:
    # A browser reads any line end as \n, and the hash is of what it reads.
    return files("pipeline.writers.page").joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _hash(source: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def _shown(value: Any) -> Any:
    # Markup, a kind of str, is ours already.
    return visible(value) if type(value) is str else value
