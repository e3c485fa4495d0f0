"""Every error that is shown leads to the guide: reads the code, so that a new one without a link is seen.

Words of an error are made by ``sentence``, ``joined``, ``explained`` or ``within``, and are given whole to a widget
that shows their link. What is joined by hand, or shown in a bare label or cell, has lost its link.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from iscg_desktop.services import aide

UI = Path("iscg_desktop/ui")

MAKERS = {"sentence", "joined", "explained", "within"}
SHOWN = {"set_error", "show_message", "refuse", "refuse_weak", "_refuse", "say", "_say", "ask"}
"""Methods that show the words they are given with their link, or hand them on to one that does."""
TAKERS = {"Line", "joined", "within"}
"""What keeps the link of the words it is made of."""

ELSEWHERE = {
    ("ui/messages.py", "show_problems"): "gathers by field what it then joins and shows",
    ("ui/program.py", "run_window"): "no window yet: the terminal",
    ("ui/forms/fiche_gate.py", "_show_missing"): "names of fields, each a link to it: nothing is wrong",
    ("ui/forms/fiche_gate.py", "_show_problems"): "each on a line of its own; walked in test_fiche",
}
"""Function and why its sentences may go another way."""

NO_ERROR = {
    ("ui/pages/saisines/suivi.py", "_show_beware"): "a contact to be careful with",
    ("ui/forms/saisine_steps.py", "beware"): "a contact to be careful with",
    ("ui/veil.py", "_on_compared"): "under the veil nothing opens",
}
"""Function and why words in the tone of an alert lead nowhere."""


@cache
def _trees() -> dict[str, ast.Module]:
    return {
        str(path.relative_to("iscg_desktop")): ast.parse(path.read_text("utf-8"))
        for path in sorted(UI.rglob("*.py"))
    }


def _functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path, tree in _trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                yield path, node


def _name(call: ast.expr) -> str:
    func = call.func if isinstance(call, ast.Call) else call
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def _parents(function: ast.FunctionDef) -> dict[ast.AST, ast.AST]:
    return {child: node for node in ast.walk(function) for child in ast.iter_child_nodes(node)}


def _kept(node: ast.AST, function: ast.FunctionDef, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether the words that a node holds reach, whole, what shows their link."""
    parent = parents[node]
    if isinstance(parent, ast.Call):
        if node is parent.func:
            return _kept(parent, function, parents)
        name = _name(parent)
        if name == "emit":
            return _name(parent.func.value) == "refused"  # type: ignore[attr-defined]
        return name in SHOWN | TAKERS or (name == "map" and _kept(parent, function, parents))
    if isinstance(parent, ast.Attribute):
        return parent.attr == "within" and _kept(parent, function, parents)
    if isinstance(parent, ast.IfExp):
        return node is parent.test or _kept(parent, function, parents)
    if isinstance(parent, ast.Lambda):
        holder = parents[parent]
        return isinstance(holder, ast.keyword) and holder.arg == "said"  # of an ExplainedTable
    if isinstance(parent, (ast.GeneratorExp, ast.ListComp)):
        return _kept(parent, function, parents)
    if isinstance(parent, (ast.Assign, ast.NamedExpr)):
        return all(
            _kept(each, function, parents)
            for target in (parent.targets if isinstance(parent, ast.Assign) else [parent.target])
            for each in ast.walk(function)
            if isinstance(target, ast.Name)
            and isinstance(each, ast.Name)
            and each.id == target.id
            and isinstance(each.ctx, ast.Load)
        )
    return isinstance(parent, (ast.If, ast.BoolOp, ast.UnaryOp)) and not isinstance(parent, ast.BinOp)


def test_no_sentence_of_an_error_loses_its_link() -> None:
    lost = []
    for path, function in _functions():
        parents = _parents(function)
        for node in ast.walk(function):
            made = (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sentence"
            )
            mapped = isinstance(node, ast.Name) and node.id == "sentence" and _name(parents[node]) == "map"
            if (made or mapped) and not _kept(node, function, parents):
                lost.append((path, function.name))
    assert {place for place in lost if place not in ELSEWHERE} == set()
    assert set(ELSEWHERE) - set(lost) == set(), "an exception that nothing needs any more"


def _leads(words: ast.expr, function: ast.FunctionDef) -> bool:
    """Whether words shown as an error lead to the guide, or are "" or what the function was given."""
    if isinstance(words, ast.Constant):
        return words.value == ""
    if isinstance(words, ast.IfExp):
        return _leads(words.body, function) and _leads(words.orelse, function)
    if isinstance(words, ast.Call):
        return _name(words) in MAKERS or (_name(words) == "get" and _leads(words.func.value, function))  # type: ignore[attr-defined]
    if not isinstance(words, ast.Name):
        return False
    given = words.id in {arg.arg for arg in function.args.args}
    if given:
        return function.name in SHOWN | {"_on_widget_refused"}
    values = [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        and any(_holds(target, words.id) for target in node.targets)
        and not isinstance(node.value, ast.Dict)
    ]
    # Words may be put together first: what is shown is what was given the name last.
    return bool(values) and _leads(values[-1] if isinstance(words.ctx, ast.Load) else words, function)


def _holds(target: ast.expr, name: str) -> bool:
    held = target.value if isinstance(target, ast.Subscript) else target
    return isinstance(held, ast.Name) and held.id == name


def test_no_page_says_what_is_wrong_without_a_link() -> None:
    bare = []
    for path, function in _functions():
        for node in ast.walk(function):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name, words = _name(node), node.args[-1]
            if (
                name == "show_message"
                and isinstance(node.args[0], ast.Constant)
                and node.args[0].value == "alert"
            ):
                words = node.args[1]
            elif name not in {"set_error", "refuse", "refuse_weak", "_refuse"} or _is_error(words):
                continue
            if not _leads(words, function):
                bare.append((path, function.name))
    assert {place for place in bare if place not in NO_ERROR} == set()
    assert set(NO_ERROR) - set(bare) == set(), "an exception that nothing needs any more"


def _is_error(words: ast.expr) -> bool:
    """What is handed on as an error is made a sentence by who receives it."""
    return _name(words) in {"error", "problems"}


def test_every_reference_written_in_a_page_leads_somewhere() -> None:
    written = {
        each
        for path in UI.rglob("*.py")
        for each in re.findall(r'"([a-zà-ÿ-]+#[a-zà-ÿ0-9-]+)"', path.read_text("utf-8"))
    }
    assert len(written) > 30
    assert [each for each in sorted(written) if not aide.existe(each)] == []
