"""No reader of the file, told everything but the counts, comes near a small one."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable
from dataclasses import replace

import pytest

from iscg_desktop.disclosure import protection
from iscg_desktop.disclosure.preuve import Preuve
from iscg_desktop.disclosure.relations import at_least_one
from iscg_desktop.disclosure.shares import Indicateur, pour_mille
from iscg_desktop.disclosure.suppression import Masks
from iscg_desktop.disclosure.system import TableSystem, Volet
from iscg_desktop.disclosure.tables import CellRef, Key, non
from iscg_desktop.exports import bilan_json
from iscg_desktop.exports.bilan_file import BilanFile
from tests.disclosure.registers import from_numbers, line, partition, quarter, several, shape
from tests.exports.attacker import Attacker, Name, name
from tests.exports.bilans import bilan_of

SHAPES = {
    "none": quarter(0),
    "one": quarter(1),
    "tiny": quarter(12, seed=3),
    "usual": quarter(100, seed=4),
    "large": quarter(110, unites=20, epci=15, seed=5),
    "lopsided": quarter(90, lopsided=True, seed=6),
}


def named(cell: CellRef) -> Name:
    """One of our cells in the attacker's words."""
    return name(cell.univers, {code: answer.replace(non(""), "~") for code, answer in cell.cle})


def truth(system: TableSystem) -> dict[Name, tuple[int, bool]]:
    """Count of each cell and whether it must be deniable; written anew, not asked of the protection."""
    return {
        named(cell): (count.effectif, count.effectif < 5 or count.foyers < 5)
        for cell, count in zip(system.cells, system.counts, strict=True)
    }


def assert_holds(attacker: Attacker, system: TableSystem) -> None:
    """Small cells can be 0 and 5 or more; other masks can take values 5 apart; what is printed is true."""
    counts = truth(system)
    assert attacker.cells.keys() == counts.keys()
    for cell, value in attacker.printed.items():
        assert value == counts[cell][0]
        assert not counts[cell][1]
    hidden_answers = {cell for cell in attacker.cells if any(answer.startswith("~") for _, answer in cell[1])}
    for cell, (low, high) in attacker.bounds().items():
        if counts[cell][1]:
            assert low == 0, cell
            assert high >= 5, cell
        elif cell not in hidden_answers:
            assert high - low >= 5, cell


@pytest.mark.parametrize(
    "knows_status", [False, True], ids=["knows the method", "knows which masks are small"]
)
@pytest.mark.parametrize("form", SHAPES)
def test_a_quarter_resists(form: str, knows_status: bool) -> None:
    system = SHAPES[form]
    attacker = Attacker()
    attacker.read(bilan_json.render(bilan_of(system)))
    attacker.at_most(name("dossiers"), name("accueils"))
    if knows_status:
        attacker.lowest = {cell: 5 for cell, (_, small) in truth(system).items() if not small}
    assert_holds(attacker, system)


@pytest.mark.parametrize("knows_status", [False, True])
def test_answers_that_everyone_has_resist(knows_status: bool) -> None:
    numbers: dict[Key, int] = {(): 30}
    for rank, oui in enumerate((20, 4, 8)):
        numbers[(("p", f"p{rank}"),)] = oui
        numbers[(("p", non(f"p{rank}")),)] = 30 - oui
    table = from_numbers(shape("accueils", several("p", 3), code="abordees"), numbers)
    system = TableSystem([table], at_least_one("p", table, "p"))
    attacker = Attacker()
    attacker.read(bilan_json.render(bilan_of(system)))
    attacker.fact(
        [(name("accueils"), 1), *((name("accueils", {"p": f"p{rank}"}), -1) for rank in range(3))], -9999, 0
    )
    if knows_status:
        attacker.lowest = {cell: 5 for cell, (_, small) in truth(system).items() if not small}
    assert_holds(attacker, system)


def test_the_attacker_is_no_straw_man() -> None:
    """It finds what a careless file gives away: by a sum, by a relation, by a share, by whole numbers."""
    system = SHAPES["usual"]
    document = json.loads(bilan_json.render(bilan_of(system)))
    table = next(one for one in document["tableaux"] if one["code"] == "sexe")
    counts = truth(system)
    for cell in table["cellules"][:-1]:
        cell.pop("masque", None)
        cell["valeur"] = counts[name("accueils", cell["cle"])][0]
    table["cellules"][-1] = {"cle": table["cellules"][-1]["cle"], "masque": True}
    attacker = Attacker()
    attacker.read(json.dumps(document).encode())
    last = name("accueils", table["cellules"][-1]["cle"])
    assert attacker.bounds()[last] == (counts[last][0],) * 2

    small = next(cell for cell, (count, is_small) in counts.items() if is_small and cell[0] == "accueils")
    attacker = Attacker()
    document = json.loads(bilan_json.render(bilan_of(system)))
    share = next(one for one in document["indicateurs"] if name("accueils", one["haut"][0]["cle"]) == small)
    del share["masque"]
    share["pour_mille"] = round(1000 * counts[small][0] / counts[name("accueils")][0])
    attacker.read(json.dumps(document).encode())
    assert attacker.bounds()[small] == (counts[small][0],) * 2

    attacker = Attacker()
    attacker.fact([(name("x"), 3), (name("y"), 5)], 18, 18)
    assert attacker.bounds() == {name("x"): (1, 6), name("y"): (0, 3)}
    attacker.at_most(name("y"), name("x"))
    assert attacker.bounds() == {name("x"): (6, 6), name("y"): (0, 0)}


# Mutants: each leaks one thing, and the attack finds it


def test_the_attack_breaks_shares_of_exact_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A share computed before the masks gives the masked counts away."""
    system = SHAPES["usual"]
    exact = {cell: count.effectif for cell, count in zip(system.cells, system.counts, strict=True)}

    def leaking(_: BilanFile, indicateur: Indicateur) -> int | None:
        return pour_mille(
            *(sum(exact[cell] for cell in cells) for cells in (indicateur.haut, indicateur.bas))
        )

    monkeypatch.setattr(BilanFile, "pour_mille", leaking)
    attacker = Attacker()
    attacker.read(bilan_json.render(bilan_of(system)))
    with pytest.raises(AssertionError):
        assert_holds(attacker, system)


def test_the_attack_breaks_masks_drawn_as_if_their_status_were_unknown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """2 and 5 hide each other from whoever does not know which one is small, and from nobody else."""
    system = TableSystem([line(shape("accueils", partition("a", 4)), [2, 5, 20, 30])])
    true_suppress = protection.suppress

    def unaware(given: TableSystem, *rest: object) -> Masks:
        blind = copy.copy(given)
        blind.shown = frozenset()
        return true_suppress(blind, *rest)  # type: ignore[arg-type]

    def attacked() -> None:
        attacker = Attacker()
        attacker.read(bilan_json.render(bilan_of(system)))
        attacker.lowest = {cell: 5 for cell, (_, small) in truth(system).items() if not small}
        assert_holds(attacker, system)

    attacked()
    monkeypatch.setattr(protection, "suppress", unaware)
    monkeypatch.setattr(protection, "refuse_leaks", lambda *_: None)
    with pytest.raises(AssertionError):
        attacked()


@pytest.mark.parametrize("leak", [None, "the truth among the imaginary tables"])
def test_a_file_does_not_tell_which_mask_is_small(leak: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """3 and 8, or 8 and 3, behind the same two masks: the same file, to the byte."""
    true_prove = protection.prove

    def leaking(volets: Iterable[Volet], nouveau: str, *rest: object) -> Preuve:
        volets = tuple(volets)
        preuve = true_prove(volets, nouveau, *rest)  # type: ignore[arg-type]
        counts = {
            t.cell(cle).at(v.periode): n for v in volets for t in v.tables for cle, n in t.counts.items()
        }
        masks = tuple(counts[cell].effectif for cell, etat in preuve.cellules if etat is None)
        return replace(preuve, fictifs=(*preuve.fictifs, masks))

    if leak:
        monkeypatch.setattr(protection, "prove", leaking)
    form = shape("accueils", partition("a", 3))
    files = {
        bilan_json.render(bilan_of(TableSystem([line(form, numbers)])))
        for numbers in ([3, 8, 40], [8, 3, 40])
    }
    assert len(files) == (2 if leak else 1)
