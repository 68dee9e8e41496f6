"""What every state of the pages looked like: kept only when a run is asked for ``--pictures``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDTHS = (390, 768, 1280)
SCHEMES = ("light", "dark")
HEIGHT = 844
PHONE = WIDTHS[0]
"""The width at which the screen is kept as well, as it stands before a parent."""
LENGTH = "document.documentElement.scrollHeight"
TO_THE_TOP = "(() => { const at = scrollY; scrollTo(0, 0); return at; })()"
DRAWN = "[...document.images].every((each) => each.complete)"
GROWS = 2
"""How often the screen is made as long as the page: what is a part of the screen grows with it."""
TRIES, PAUSE = 40, 50
"""How often, and after how many milliseconds, one looks whether the images of a width are there."""


@dataclass
class Pictures:
    """The folder that takes them, or None; ``states.txt`` in it lists what axe found in each."""

    folder: Path | None = None

    def take(self, page: Page, name: str, found: dict[str, Any]) -> None:
        """Keep the state at each width in each scheme, what a screen reader hears, and axe's count.

        The page is left as it was, but for what depends on its width.
        """
        if self.folder is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        with (self.folder / "states.txt").open("a", encoding="utf-8") as states:
            passed, wrong = len(found["passes"]), len(found["violations"])
            states.write(f"{name}: {wrong} violations, {passed} rules passed\n")
        heard = page.locator("body").aria_snapshot()
        (self.folder / f"{stem}.aria.yml").write_text(heard, encoding="utf-8")
        self._shoot(page, stem)

    def _shoot(self, page: Page, stem: str) -> None:
        before = page.viewport_size
        dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        for width in WIDTHS:
            for look in SCHEMES:
                page.emulate_media(color_scheme=look)  # type: ignore[arg-type]
                path = f"{self.folder}/{stem}-{width}-{look}"
                page.set_viewport_size({"width": width, "height": HEIGHT})
                self._await_images(page)
                if width == PHONE:
                    page.screenshot(path=f"{path}-screen.png")
                # From its top, on a screen as long, nothing that sticks to it lies over the rest.
                for _ in range(GROWS):
                    whole = {"width": width, "height": max(HEIGHT, page.evaluate(LENGTH))}
                    page.set_viewport_size(whole)  # type: ignore[arg-type]
                at = page.evaluate(TO_THE_TOP)
                page.screenshot(path=f"{path}.png", full_page=True)
                page.evaluate("at => scrollTo(0, at)", at)
        page.emulate_media(color_scheme="dark" if dark else "light")
        if before:
            page.set_viewport_size(before)

    def _await_images(self, page: Page) -> None:
        for _ in range(TRIES):
            page.wait_for_timeout(PAUSE)
            if page.evaluate(DRAWN):
                return


PICTURES = Pictures()
