"""A template and its values → an HTML page with style, script and a policy that lets no other run.

The parts stand beside this file: page.css, the scripts, and the templates. They are read once a process.
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

STYLE = "page.css"


def page(template: str, script: str = "page.js", **values: Any) -> bytes:
    """The bytes of a page. Whatever is not marked `safe` is escaped, and what cannot be seen is named."""
    parts = {"style": safe(_part(STYLE)), "script": safe(_part(script)), "policy": meta_policy(script)}
    return _environment().get_template(template).render(**parts, **values).encode("utf-8")


def policy(*scripts: str, connect: str = "'none'") -> str:
    """The Content-Security-Policy that lets only our style and these scripts act, and them reach only `connect`."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {_hash(STYLE)}",
            f"script-src {' '.join(map(_hash, scripts))}",
            "img-src data:",
            f"connect-src {connect}",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def meta_policy(script: str) -> Markup:
    """The element by which a page that is opened from disk brings its policy."""
    from markupsafe import Markup

    return Markup('<meta http-equiv="Content-Security-Policy" content="{}">').format(policy(script))


def safe(html: str) -> Markup:
    """HTML that we made, as it is."""
    from markupsafe import Markup

    return Markup(html)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(_part),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _part(name: str) -> str:
    # A browser reads any line end as \n, and the hash is of what it reads.
    return files("pipeline.writers.page").joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _hash(name: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(_part(name).encode()).digest()).decode()}'"


def _shown(value: Any) -> Any:
    # Markup, a kind of str, is ours already.
    return visible(value) if type(value) is str else value
