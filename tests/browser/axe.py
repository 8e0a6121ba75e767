"""What axe-core says of a page."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RUN = """async (options) => {
  const found = await axe.run(document, {resultTypes: ["violations"], preload: false, ...options});
  const why = (node) => `${node.target} ${node.any.map((reason) => reason.message)}`;
  const line = (fault) => `${fault.id} ×${fault.nodes.length}: ${fault.nodes.slice(0, 3).map(why)}`;
  return found.violations.map(line);
}"""
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
"""All that changes in the dark."""


def faults_as_shown(page: Page, options: dict[str, list[str]] | None = None) -> list[str]:
    """What axe says of the page as it stands."""
    if page.evaluate("() => !window.axe"):
        page.evaluate(AXE_SCRIPT)
    return list(page.evaluate(RUN, options or {}))


def faults_of(page: Page) -> list[str]:
    """What axe says of the page in the light and in the dark."""
    page.emulate_media(color_scheme="light")
    light = faults_as_shown(page)
    page.emulate_media(color_scheme="dark")
    return light + [f"dark: {line}" for line in faults_as_shown(page, COLOURS)]
