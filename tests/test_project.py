"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import importlib
import re
import shutil
import string
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from iscg_desktop.messages import SENTENCES
from tests.test_checks import CHECKS

ROOT = Path(__file__).resolve().parents[1]
TEXT = {
    ".py",
    ".toml",
    ".md",
    ".yaml",
    ".yml",
    ".json",
    ".sql",
    ".ts",
    ".in",
    ".lock",
    ".spec",
    ".txt",
    ".svg",
    "",
}

# Spelled apart, or this file would break its own rules.
UNFINISHED = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X:"]))
MACHINE_PATH = re.compile(r"(?<![\w.~}])/(?:home|root|Users|work|mnt|media)/[a-z]\w*")
SOMEWHERE_ELSE = re.compile(r"https?://|file:|--(?:extra-)?index-url|--find-links|--trusted-host")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def project_files() -> list[Path]:
    """What belongs to the project: known to git or about to be; in an archive without git, everything."""
    if shutil.which("git") and (ROOT / ".git").exists():
        command = [
            "git",
            "-c",
            f"safe.directory={ROOT}",
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
        ]
        names = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.splitlines()
        return [path for name in names if (path := ROOT / name).is_file()]
    made = re.compile(r"(build|dist|demonstration.*|__pycache__|\.(?!ci|pre-commit|gitignore).*)(/.*)?")
    return [p for p in sorted(ROOT.rglob("*")) if p.is_file() and not made.match(named(p))]


FILES = project_files()
PYTHON = [path for path in FILES if path.suffix == ".py"]


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    """Every line that a pattern matches, as `file:line text`."""
    return [
        f"{named(path)}:{number} {line.strip()[:100]}"
        for path in paths
        if path.suffix in TEXT
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_every_module_says_first_what_it_is_for() -> None:
    silent = [named(path) for path in PYTHON if not (ast.get_docstring(ast.parse(path.read_text("utf-8"))))]
    late = [
        named(path)
        for path in PYTHON
        if not re.match(r'(#!.*\n|# -\*-.*\n)*r?"""\S', path.read_text("utf-8")) and named(path) not in silent
    ]
    assert silent + late == []


def test_nothing_is_left_for_later() -> None:
    assert lines_with(UNFINISHED, FILES) == []


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    assert lines_with(MACHINE_PATH, FILES) == []


def test_the_locks_name_no_place_and_have_a_hash_for_each_package() -> None:
    locks = sorted((ROOT / "packaging").glob("*.lock"))
    assert [path.name for path in locks] == ["requirements-dev.lock", "requirements.lock"]
    assert lines_with(SOMEWHERE_ELSE, locks) == []
    for lock in locks:
        packages = re.findall(
            r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", lock.read_text("utf-8"), re.MULTILINE | re.DOTALL
        )
        assert len(packages) > 10
        assert [p.split()[0] for p in packages if "==" not in p or "--hash=sha256:" not in p] == []


def test_the_tests_run_on_the_locked_program() -> None:
    """What is tested is what is installed: same packages, same versions, same files."""
    runtime, development = (
        set(re.findall(r"^([a-z0-9][^ ;]*)", (ROOT / "packaging" / name).read_text("utf-8"), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert runtime <= development


def test_the_commit_hooks_run_the_checks_of_the_suite() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert [repo["repo"] for repo in hooks] == ["local"]
    entries = [hook["entry"] for hook in hooks[0]["hooks"]]
    for check in CHECKS:
        assert any(f"tests/test_checks.py -k {check}" in entry for entry in entries)
    assert any("tests/test_architecture.py" in entry for entry in entries)


def test_tests_neither_sleep_nor_replace_our_code() -> None:
    pattern = re.compile(
        r"\btime\.sleep\(|\bfrom time import .*sleep|unittest\.mock|\bMagicMock\b|QTest\.qSleep"
    )
    tests = [path for path in PYTHON if named(path).startswith("tests/") and path != Path(__file__)]
    assert lines_with(pattern, tests) == []


# --- error codes and their sentences ---------------------------------------------------------------------


class Codes(ast.NodeVisitor):
    """The error codes of one module: those raised by name, and every word that may be one.

    Attributes:
        raised: Code -> the names of the values given with it, and the line; values None when unknown.
        words: Every string of the module.
        prefixes: What the module's f-strings start with.
        tables: Columns of strings in the module's constants, for codes picked from a table.
        indirect: Lines where an error takes its code from elsewhere.
    """

    def __init__(self, kinds: dict[str, int]) -> None:
        self.kinds = kinds
        self.raised: list[tuple[str, set[str] | None, int]] = []
        self.words: set[str] = set()
        self.prefixes: set[str] = set()
        self.tables: list[set[str]] = []
        self.indirect: list[int] = []

    def visit_Call(self, node: ast.Call) -> None:
        position = self.kinds.get(node.func.id) if isinstance(node.func, ast.Name) else None
        if position is not None and len(node.args) > position:
            code = node.args[position]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                self.raised.append((code.value, self._values(node, position), node.lineno))
            else:
                self.indirect.append(node.lineno)
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.words.add(node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        if isinstance(node.values[0], ast.Constant):
            self.prefixes.add(str(node.values[0].value))
        self.generic_visit(node)

    def visit_Dict(self, node: ast.Dict) -> None:
        self.tables.append(set(_strings(node.values)))
        self.generic_visit(node)

    def visit_Tuple(self, node: ast.Tuple) -> None:
        rows = [row.elts for row in node.elts if isinstance(row, ast.Tuple)]
        if rows and len(rows) == len(node.elts):
            self.tables += [set(_strings(list(column))) for column in zip(*rows, strict=False)]
        self.generic_visit(node)

    def _values(self, node: ast.Call, position: int) -> set[str] | None:
        """Names of the values: keywords of a UserError, keys of the third argument of a Problem."""
        if position == 0:
            names = {keyword.arg for keyword in node.keywords}
            return None if None in names else {name for name in names if name is not None}
        given = [k.value for k in node.keywords if k.arg == "values"] or node.args[position + 1 :]
        if not given:
            return set()
        if isinstance(given[0], ast.Dict) and None not in given[0].keys:
            return set(_strings([key for key in given[0].keys if key is not None]))
        return None


def _strings(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def error_classes(trees: list[ast.Module]) -> dict[str, int]:
    """Name of each class of errors or problems -> position of its code among the arguments."""
    kinds = {"UserError": 0, "Problem": 1}
    while True:
        found = {
            node.name: kinds[base.id]
            for tree in trees
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef) and node.name not in kinds
            for base in node.bases
            if isinstance(base, ast.Name) and base.id in kinds and node.name != "InvalidInput"
        }
        if not found:
            return kinds
        kinds |= found


def code_faults(sources: dict[str, str], sentences: dict[str, str]) -> list[str]:
    """What is wrong between the codes of a package and the table of sentences.

    Args:
        sources: Name of each module -> its text; the table itself left out.
        sentences: Code -> French sentence.
    """
    trees = {name: ast.parse(text) for name, text in sources.items()}
    kinds = error_classes(list(trees.values()))
    faults, words, prefixes = [], set[str](), set[str]()
    for name, tree in trees.items():
        codes = Codes(kinds)
        codes.visit(tree)
        words |= codes.words
        prefixes |= {prefix for prefix in codes.prefixes if prefix.endswith("_")}
        for code, values, line in codes.raised:
            if code not in sentences:
                faults.append(f"{name}:{line} {code}: no sentence")
            elif values is not None and values != placeholders(sentences[code]):
                faults.append(
                    f"{name}:{line} {code}: gives {values}, sentence has {placeholders(sentences[code])}"
                )
        for table in codes.tables if codes.indirect else ():
            if table & sentences.keys():
                faults += [
                    f"{name}: {code} of a table of codes: no sentence"
                    for code in sorted(table - sentences.keys())
                ]
    unused = [c for c in sentences if c not in words and not any(c.startswith(prefix) for prefix in prefixes)]
    return faults + [f"{code}: sentence nobody uses" for code in unused]


def placeholders(sentence: str) -> set[str]:
    """Names between braces."""
    return {field for _, field, _, _ in string.Formatter().parse(sentence) if field}


def test_every_error_code_has_its_sentence_and_every_sentence_its_error() -> None:
    sources = {
        named(path): path.read_text("utf-8")
        for path in sorted((ROOT / "iscg_desktop").rglob("*.py"))
        if "messages" not in path.relative_to(ROOT / "iscg_desktop").parts[:-1]
    }
    assert code_faults(sources, SENTENCES) == []


def test_no_room_takes_the_code_of_another() -> None:
    names = {path.stem for path in (ROOT / "iscg_desktop" / "messages").glob("[!_]*.py")} - {"renvois"}
    rooms = [importlib.import_module(f"iscg_desktop.messages.{name}").SENTENCES for name in names]
    assert sum(map(len, rooms)) == len(SENTENCES)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ('raise UserError("absent")', "a.py:1 absent: no sentence"),
        ('raise UserError("plein")', "plein: gives set(), sentence has {'place'}"),
        ('raise UserError("plein", lieu=1)', "plein: gives {'lieu'}, sentence has {'place'}"),
        ('Problem("date", "plein", {"lieu": 1})', "plein: gives {'lieu'}, sentence has {'place'}"),
        ('class Own(Problem): pass\nOwn("date", "absent")', "a.py:2 absent: no sentence"),
        ('C = {1: "vide", 2: "absent"}\nUserError(C[1])', "absent of a table of codes: no sentence"),
        ('T = (("x", "vide"), ("y", "absent"))\nProblem(*T)\nProblem("a", c)', "absent of a table of codes"),
        ("", "vide: sentence nobody uses"),
    ],
)
def test_a_code_without_its_sentence_is_found(source: str, fault: str) -> None:
    faults = code_faults({"a.py": source}, {"vide": "Vide.", "plein": "Plein {place}."})
    assert any(fault in line for line in faults), faults


@pytest.mark.parametrize(
    "source",
    [
        'UserError("vide")\nUserError("plein", place=1)',
        'Problem("x", "vide")\nProblem("x", "plein", {"place": 1})',
        'Problem("x", "vide")\nProblem("x", "plein", values={"place": 1})',
        'C = {1: "vide", 2: "plein"}\nUserError(C[1])\nD = {"other": "words"}',
        'UserError("vide")\nUserError("plein", **values)',
    ],
)
def test_codes_that_match_are_left_alone(source: str) -> None:
    assert code_faults({"a.py": source}, {"vide": "Vide.", "plein": "Plein {place}."}) == []


# --- French typography -----------------------------------------------------------------------------------

UNBROKEN = "[^\u00a0\u202f]"
BAD_FRENCH = re.compile(rf"{UNBROKEN}[:;?!»](?!\d)|«{UNBROKEN}|'|!|\.\.\.")


@pytest.mark.parametrize("code", SENTENCES)
def test_sentences_are_calm_and_well_set(code: str) -> None:
    """A space that does not break before : ; ? and inside « », ’ for an apostrophe, nothing shouted."""
    text = SENTENCES[code]
    assert not BAD_FRENCH.search(text), text
    assert text == text.strip()
    assert "  " not in text


@pytest.mark.parametrize(
    "text", ["Quoi ?", "Quoi?", "« Oui\u00a0»", "l'heure", "Attention\u00a0!", "Voici : non"]
)
def test_bad_typography_is_found(text: str) -> None:
    assert BAD_FRENCH.search(text)


@pytest.mark.parametrize(
    "text", ["Quoi\u00a0?", "«\u00a0Oui\u00a0»", "à 9:30", "l’heure", "Voici\u202f: oui."]
)
def test_good_typography_is_left_alone(text: str) -> None:
    assert not BAD_FRENCH.search(text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (UNFINISHED, "# TO" + "DO later"),
        (MACHINE_PATH, 'open("/ho' + 'me/anne/notes")'),
        (MACHINE_PATH, "cd /ro" + "ot/project"),
        (SOMEWHERE_ELSE, "--index-url https://example.org/simple"),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)
