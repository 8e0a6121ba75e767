"""Empty areas for those that are still to come."""

from __future__ import annotations

import importlib.util
import sys
import types

from flask import Blueprint

WANTED = {
    "members": {},
    "units": {"index": "/societies/<slug>/units/"},
    "branches": {"index": "/societies/<slug>/branches/"},
    "bodies": {"index": "/societies/<slug>/bodies/"},
    "exchange": {"index": "/societies/<slug>/imports/"},
    "profile": {"index": "/me"},
    "roster": {"index": "/societies/<slug>/members/"},
    "supervision": {"index": "/supervision/"},
    "overview": {},
}


def install() -> None:
    for area, addresses in WANTED.items():
        name = f"registry.{area}.views"
        if importlib.util.find_spec(name) is None:
            module = types.ModuleType(name)
            module.bp = Blueprint(area, name)
            for endpoint, url in addresses.items():
                module.bp.add_url_rule(url, endpoint, lambda **_: "")
            sys.modules[name] = module
            setattr(importlib.import_module(f"registry.{area}"), "views", module)
    if importlib.util.find_spec("registry.cli") is None:
        module = types.ModuleType("registry.cli")
        module.init_app = lambda app: None
        sys.modules["registry.cli"] = module
        importlib.import_module("registry").cli = module
