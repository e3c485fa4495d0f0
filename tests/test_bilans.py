"""The page of attacks keeps what did not run, in order; the command asks for what the page says."""

from __future__ import annotations

from pathlib import Path

import pytest
from preparation.commands import ATTACKS, REGISTERS, attacks
from preparation.refusal import Refusal

from tests.bilans import PAGE, read, text, write
from tests.disclosure import test_attack

_ROW = ("12", "uniforme", "T1, T2", "7", "200", "300", "900", "0 à 5", "tient", "2026-11-27")


def test_a_row_takes_the_place_of_its_name_and_leaves_the_others(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    for name in ("12", "3", "2"):
        write(page, "registres", (name, *_ROW[1:]))
    write(page, "mutants", ("les zéros", "14", "percé", "2026-11-27"))
    write(page, "registres", ("3", *_ROW[1:8], "**fuit** : 1", "2026-11-28"))
    rows = read(page.read_text("utf-8"))
    assert list(rows["registres"]) == ["2", "3", "12"]
    assert rows["registres"]["3"][-2:] == ("**fuit** : 1", "2026-11-28")
    assert rows["registres"]["12"] == _ROW
    assert list(rows["mutants"]) == ["les zéros"]


def test_the_page_of_the_project_has_every_register_and_no_leak() -> None:
    page = PAGE.read_text("utf-8")
    rows = read(page)
    assert text(rows) == page
    assert list(rows["registres"]) == [str(number) for number in range(1, REGISTERS + 1)]
    assert {row[-2] for row in rows["registres"].values()} == {"tient"}
    assert {row[-2] for row in rows["mutants"].values()} == {"percé"}
    assert len(rows["mutants"]) == 9


def test_the_command_attacks_all_or_the_registers_named() -> None:
    assert ATTACKS == PAGE
    assert len(test_attack.YEARS) == REGISTERS
    assert attacks([])[-1] == "tests/disclosure/test_mutants.py"
    name = test_attack.test_a_whole_year_tells_nothing_small.__name__
    assert attacks(["3", "12"])[-2:] == [f"tests/disclosure/test_attack.py::{name}[{n}]" for n in (3, 12)]
    with pytest.raises(Refusal):
        attacks(["21"])
