"""The page of proofs: what ran is told, what did not run is kept, every requirement is proved by something."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from preparation.commands import PROOFS, campaign

from tests.exigences import EXIGENCES, PREUVES, ROOT, Preuve, parse, render

_TESTS = """
import pytest


@pytest.mark.exigence("S1", "S2")
@pytest.mark.parametrize("case", [1, 2])
def test_small_or_whole(ampleur, chiffre, case):
    chiffre(f"{ampleur(3, 500)} morts")


@pytest.mark.exigence("S3")
def test_red(chiffre):
    chiffre("une perte")
    assert False


@pytest.mark.exigence("S4")
def test_left_out():
    pytest.skip("no such disk here")


@pytest.mark.campagne
@pytest.mark.exigence("S5")
def test_long():
    pass


def test_of_nothing_in_particular():
    pass
"""


def _run(folder: Path, *arguments: str) -> tuple[int, str]:
    """Run the tests above as a campaign does."""
    (folder / "test_essai.py").write_text(_TESTS, "utf-8")
    page = folder / "preuves.md"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT),
         "-p", "tests.exigences", "-p", "no:cacheprovider", "--preuves", str(page), *arguments, "--", str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, page.read_text("utf-8") if page.is_file() else done.stdout + done.stderr


def _lines(page: str, number: str) -> str:
    return page.partition(f"## {number} ·")[2].partition("## ")[0]


def test_a_campaign_tells_what_each_test_found(tmp_path: Path) -> None:
    code, page = _run(tmp_path, "-m", "exigence", "--en-entier")
    assert code == 1
    for number in ("S1", "S2"):
        assert "::test_small_or_whole` | 500 morts |" in _lines(page, number)
    assert "::test_red` | **rouge** (1 sur 1) : une perte |" in _lines(page, "S3")
    assert "::test_left_out` | laissé de côté : no such disk here |" in _lines(page, "S4")
    assert "::test_long` | passé |" in _lines(page, "S5")
    assert "nothing_in_particular" not in page


def test_the_suite_does_less_and_some_requirements_can_be_chosen(tmp_path: Path) -> None:
    code, page = _run(tmp_path, "--exigence", "S2")
    assert code == 0
    assert "3 morts" in _lines(page, "S1")
    assert "rouge" not in page


def test_a_number_that_promises_nothing_is_refused(tmp_path: Path) -> None:
    code, told = _run(tmp_path, "--exigence", "S999")
    assert code == 4
    assert "S999" in told


def test_what_was_not_run_again_keeps_its_figure_unless_its_test_is_gone() -> None:
    file = Path(__file__).relative_to(ROOT).as_posix()
    here = f"{file}::{test_a_campaign_tells_what_each_test_found.__name__}"
    kept = {"S1": {here: Preuve(here, "500 morts", "2026-11-27")}}
    gone = {"S2": {"tests/absent.py::test_y": Preuve("tests/absent.py::test_y", "1", "2026-11-27")}}
    renamed = {"S3": {f"{file}::test_absent": Preuve(f"{file}::test_absent", "1", "2026-11-27")}}
    assert parse(render(kept | gone | renamed)) == kept


def test_one_command_proves_everything_or_what_is_named() -> None:
    assert campaign([])[:3] == ["-m", "exigence", "--en-entier"]
    assert campaign(["S1", "S12"])[-2:] == ["--exigence", "S1,S12"]
    assert PROOFS == PREUVES


def test_the_command_finds_its_tests_though_its_page_is_there() -> None:
    """An existing file after a switch of ours would be taken for the place of the tests."""
    assert PREUVES.is_file()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *campaign(["S20"]), "--collect-only", "-q", "-o", "testpaths=tests/storage"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "test_unlock.py::" in done.stdout


def test_every_requirement_has_its_line_in_the_page() -> None:
    page = PREUVES.read_text("utf-8")
    assert [number for number in EXIGENCES if f"## {number} · {EXIGENCES[number]}\n" not in page] == []
    proofs = parse(page)
    assert [number for number in EXIGENCES if not proofs.get(number)] == []
