"""Every Chinese text that people read goes through Flask-Babel."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from jinja2 import nodes

from registry.app import create_app
from registry.config import ROOT, Config

FOLDER = ROOT / "templates"
TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html"))
SPEAKING = sorted(path for name in ("views", "forms") for path in (ROOT / "registry").rglob(f"{name}.py"))
TRANSLATE = {"_", "gettext", "ngettext", "lazy_gettext", "_l"}
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def environment():
    return create_app(Config(secret="of nobody", database_url="sqlite://", testing=True)).jinja_env


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_says_nothing_chinese_untranslated(template, environment):
    tree = environment.parse((FOLDER / template).read_text())
    translated = {
        id(const)
        for call in tree.find_all(nodes.Call)
        if getattr(call.node, "name", None) in TRANSLATE
        for const in call.find_all(nodes.Const)
    }
    plain = [text.data.strip() for text in tree.find_all(nodes.TemplateData) if CHINESE.search(text.data)]
    consts = [
        const.value
        for const in tree.find_all(nodes.Const)
        if id(const) not in translated and CHINESE.search(str(const.value))
    ]
    assert plain + consts == []


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_view_or_form_says_nothing_chinese_untranslated(path: Path):
    tree = ast.parse(path.read_text())
    kept = {id(const) for call in ast.walk(tree) if _translates(call) for const in ast.walk(call)}
    kept |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    said = [
        f"{node.lineno}: {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CHINESE.search(node.value)
        if id(node) not in kept
    ]
    assert said == []


def _translates(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in TRANSLATE
