"""Nothing grows past what one reads at a sitting."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

import pytest

from registry.config import ROOT

MODULES = sorted(path for path in (ROOT / "registry").rglob("*.py") if "versions" not in path.parts)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path):
    tree = ast.parse(path.read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function):
    """Lines of the body, without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_no_longer_than_300_lines(path):
    assert len(path.read_text().splitlines()) <= 300


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_is_no_longer_than_120_lines(path):
    assert len(path.read_text().splitlines()) <= 120


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_function_is_no_longer_than_30_lines(path):
    assert not [f"{f.name}: {length(f)}" for f in functions(path) if length(f) > 30]


def test_half_of_the_functions_are_of_six_lines_or_fewer_and_nine_in_ten_of_fifteen():
    lengths = sorted(length(function) for path in MODULES for function in functions(path))
    assert median(lengths) <= 6
    assert lengths[len(lengths) * 9 // 10] <= 15


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_module_class_and_public_function_says_what_it_is_for(path):
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree)
    top = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    assert not [node.name for node in top if not node.name.startswith("_") and not ast.get_docstring(node)]


@pytest.mark.parametrize("path", [path for path in MODULES if path.name == "__init__.py"], ids=name)
def test_an_area_says_what_it_is_and_holds_no_code_there(path):
    (sentence,) = ast.parse(path.read_text()).body
    assert isinstance(sentence, ast.Expr)


def test_there_are_no_drawers_for_everything():
    assert not [name(path) for path in MODULES if path.stem in {"utils", "util", "helpers", "misc", "common"}]
