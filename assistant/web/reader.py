"""How somebody reads a page: its language and the size of its text, carried by its address.

So nothing is stored for it, and it works where cookies and scripts do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from jinja2 import pass_context

from assistant.casework.kinds import Labelled
from assistant.web.languages import ENGLISH, Language, translatable

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Context
    from sanic import Request

LANGUAGE, SIZE = "lang", "text"


class TextSize(Labelled):
    """How large the text is; the value stands in addresses and names the style."""

    USUAL = "usual", translatable("Usual text")
    LARGE = "large", translatable("Large text")
    LARGEST = "largest", translatable("Largest text")


@dataclass(frozen=True)
class Reader:
    """What the address of a page says of the person who reads it."""

    language: Language = ENGLISH
    size: TextSize = TextSize.USUAL

    def address(self, path: str, **query: str) -> str:
        """Return the path as an address that is read in the same way."""
        kept = {} if self.size is TextSize.USUAL else {SIZE: self.size.value}
        if not self.language.is_english:
            kept[LANGUAGE] = self.language.code
        return f"{path}?{urlencode(query | kept)}" if query or kept else path


def reader_of(request: Request, *, english: bool = False) -> Reader:
    """Return how the page is asked for; what is not on offer is as if nothing was asked.

    ``english``: the page is written in English alone.
    """
    languages: dict[str, Language] = request.app.ctx.languages
    named = "" if english else request.args.get(LANGUAGE) or ""
    sizes = {size.value: size for size in TextSize}
    size = sizes.get(request.args.get(SIZE) or "", TextSize.USUAL)
    return Reader(languages.get(named, ENGLISH), size)


def install(templates: Environment) -> None:
    """Let templates say ``keep(path)``: the address that is read as the page itself is."""
    templates.globals["keep"] = _keep


@pass_context
def _keep(context: Context, path: str, **query: str) -> str:
    reader: Reader = context["reader"]
    return reader.address(path, **query)
