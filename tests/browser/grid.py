"""How tests walk and read the roster as a spreadsheet."""

from __future__ import annotations

from tests.browser.test_roster import cell


def focused(page):
    """Where the focus is: the column and the member's number."""
    return page.evaluate(
        """() => {
          const cell = document.activeElement.closest("td");
          return cell ? [cell.classList[0].slice(4), cell.closest("tr").dataset.number] : null;
        }"""
    )


def offered(page):
    """What the open list offers."""
    return page.get_by_role("listbox").locator("li[role=option]")


def keys(page, *names):
    for name in names:
        page.keyboard.press(name)


def to(page, number, key):
    """Look at a cell as with a click beside its words."""
    found = cell(page, number, key)
    found.evaluate("cell => (cell.querySelector('a') ?? cell).focus()")
    return found
