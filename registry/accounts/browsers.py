"""What a browser says of itself, in two words by which its user knows it again."""

from __future__ import annotations

from flask_babel import gettext as _

# In this order: each also says that it is one of those after it.
_BROWSERS = {
    "MicroMessenger/": "微信",
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "Chrome/": "Chrome",
    "CriOS/": "Chrome",
    "Safari/": "Safari",
}
_SYSTEMS = {
    "HarmonyOS": "鸿蒙",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


def browser(said: str) -> str:
    """“Chrome · Windows”; what is not known is left out."""
    found = (
        next((word for mark, word in marks.items() if mark in said), "") for marks in (_BROWSERS, _SYSTEMS)
    )
    return " · ".join(word for word in found if word) or str(_("不明的浏览器"))
