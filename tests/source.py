"""The source as the architecture's tests read it."""

from __future__ import annotations

import ast
import configparser
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "tequio"


@lru_cache(maxsize=1)
def modules() -> dict[str, tuple[Path, ast.Module]]:
    """Dotted name → (file, syntax tree) of every module of the house, migrations left out."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
            name = ".".join(part for part in parts if part != "__init__")
            found[name] = (path, ast.parse(path.read_text(encoding="utf-8")))
    return found


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node


def name_of_call(call: ast.Call) -> str:
    """`later` of `later(…)` and of `jobs.later(…)`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def contract() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    return parser


def layers(section: str) -> dict[str, int]:
    """Package below the contract's container → its floor, 0 the lowest."""
    lines = [line for line in contract()[section]["layers"].splitlines() if line.strip()]
    return {
        name.strip(" ()"): floor for floor, line in enumerate(reversed(lines)) for name in line.split("|")
    }
