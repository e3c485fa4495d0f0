"""The attack breaks every protection that forgets one thing; the gate is taken away so that its files get out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

import pytest

from iscg_desktop.disclosure import demonstration, moves, protected, protection, shares, suppression
from iscg_desktop.disclosure.blocks import Reader
from iscg_desktop.disclosure.goals import Aim, Goal
from iscg_desktop.disclosure.imagination import Imagined
from iscg_desktop.disclosure.protected import ProtectedBilan
from iscg_desktop.disclosure.relations import Relation, Sens, at_least_one
from iscg_desktop.disclosure.solver import Values
from iscg_desktop.disclosure.system import TableSystem
from iscg_desktop.disclosure.tables import CellRef, Count, Key, non
from tests.bilans import Ligne
from tests.disclosure.attack import Attack, Known
from tests.disclosure.published import publish, publish_system
from tests.disclosure.reader import leaks, tightest
from tests.disclosure.registers import from_numbers, line, partition, several, shape
from tests.disclosure.years import HALF, Shares, Year


@contextmanager
def _no_gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(protection, "refuse_leaks", lambda *_: None)
        patch.setattr(protection, "prove", lambda *_: None)
        patch.setattr(protected, "_is_sound", lambda *_: True)
        yield


def _each_file_alone(patch: pytest.MonkeyPatch) -> None:
    def alone(year: Year, nouveau: str) -> TableSystem:
        return TableSystem.of_volets([replace(year.volet(nouveau), parties=())], nouveau)

    patch.setattr(Year, "system", alone)


def _forget_complements(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(suppression._Suppression, "reach", lambda *_: None)
    patch.setattr(suppression._Suppression, "widen", lambda *_: None)
    patch.setattr(suppression._Suppression, "begin", lambda *_: None)


def _broken(
    ligne: Ligne, forgotten: str, told: list[str], what: str = "petits effectifs trop bien connus"
) -> None:
    """Tell what the attack finds once a protection is forgotten; it must find something."""
    ligne("mutants", forgotten, f"{what} : {len(told)}", "percé" if told else "**tient**")
    assert told != []


@pytest.mark.parametrize(
    ("mutate", "forgotten"),
    [
        (_each_file_alone, "chaque fichier protégé seul"),
        (_forget_complements, "aucun masque complémentaire"),
    ],
)
def test_the_attack_breaks_what_forgets(
    mutate: Callable[[pytest.MonkeyPatch], None],
    forgotten: str,
    monkeypatch: pytest.MonkeyPatch,
    ligne: Ligne,
) -> None:
    with _no_gate(monkeypatch), monkeypatch.context() as patch:
        mutate(patch)
        year = Year(280, seed=3)
        for periode in HALF:
            year.hand_over(periode)
    _broken(ligne, forgotten, leaks(year))


@pytest.mark.parametrize(
    ("forgotten", "name"),
    [
        pytest.param(lambda count: count.effectif == 0, "les zéros", id="zeros"),
        pytest.param(lambda count: count.foyers < 5 <= count.effectif, "le compte des foyers", id="foyers"),
    ],
)
def test_the_attack_breaks_a_rule_that_lets_small_cells_out(
    forgotten: Callable[[Count], bool], name: str, monkeypatch: pytest.MonkeyPatch, ligne: Ligne
) -> None:
    """A rule that forgets zeros, or families of several persons, prints what it forgets."""
    with _no_gate(monkeypatch), monkeypatch.context() as patch:
        year = Year(80, seed=7)
        spared = {
            cell.at("") for cell, count in zip(*_cells(year.system("T1")), strict=True) if forgotten(count)
        }
        true_seal = protection.seal
        exact = {cell.at(""): count.effectif for cell, count in zip(*_cells(year.system("T1")), strict=True)}

        def seal(tables: object, figures: Mapping[CellRef, int | None], *rest: object) -> object:
            told = {cell: exact[cell] if cell in spared else valeur for cell, valeur in figures.items()}
            return true_seal(tables, told, *rest)  # type: ignore[arg-type]

        patch.setattr(protection, "seal", seal)
        year.hand_over("T1")
    _broken(ligne, name, [leak for leak in leaks(year) if "is printed" in leak])


def _cells(made: TableSystem) -> tuple[tuple[CellRef, ...], tuple[Count, ...]]:
    return made.cells, made.counts


@pytest.mark.campagne
@pytest.mark.timeout(1800)
def test_the_attack_breaks_a_year_that_forgets_its_half_years(
    monkeypatch: pytest.MonkeyPatch, ligne: Ligne
) -> None:
    """Two half-years handed over, then a year protected as if they had not been."""
    thin = Shares(unite=(0.6, 0.4), csp=(0.7, 0.3), logement=(0.7, 0.3), demande=(0.4,), epci=(0.5, 0.5))
    with _no_gate(monkeypatch):
        year = Year(120, thin, seed=4)
        for periode in ("T1", "T2", "S1", "T3", "T4", "S2"):
            year.hand_over(periode)
        halves = {periode: year.printed.pop(periode) for periode in ("S1", "S2")}
        year.hand_over("A")
        year.printed |= halves
    _broken(ligne, "les semestres, au moment de l’année", leaks(year))


def test_the_attack_breaks_fractions(monkeypatch: pytest.MonkeyPatch, ligne: Ligne) -> None:
    """3x + 5y = 78: a fraction would let x be 0, no register does."""
    tables = [from_numbers(shape("x"), {(): 1}), from_numbers(shape("y"), {(): 15})]
    relation = Relation("odd", ((3, CellRef("x")), (5, CellRef("y"))), Sens.EGAL, 78)
    known: Known = ("=", 78, ((3, "x", {}), (5, "y", {})))
    made = TableSystem(tables, [relation])

    def whole(_: Values) -> bool:
        return True

    with _no_gate(monkeypatch), monkeypatch.context() as patch:
        patch.setattr(moves, "is_whole", whole)
        patch.setattr(suppression, "imagine", lambda _, goals, *__, **___: Imagined((), frozenset(goals)))
        files = [publish_system(made)]
    _, told = tightest(Attack(files, [known]), [("", "x", ())], 5)
    _broken(ligne, "les nombres entiers : des fractions suffisent", told)


def test_the_attack_breaks_a_relation_forgotten(ligne: Ligne) -> None:
    """Each accueil has a problématique: with 20 and 8 of 30 printed, the third cannot be 0."""
    numbers: dict[Key, int] = {
        (): 30,
        (("p", "p0"),): 20,
        (("p", non("p0")),): 10,
        (("p", "p1"),): 4,
        (("p", non("p1")),): 26,
        (("p", "p2"),): 8,
        (("p", non("p2")),): 22,
    }
    table = from_numbers(shape("accueils", several("p", 3)), numbers)
    known: Known = (
        "<=",
        0,
        ((1, "accueils", {}), *((-1, "accueils", {"p": f"p{rank}"}) for rank in range(3))),
    )
    small = [("", "accueils", (("p", "p1"),))]
    forgets = publish_system(TableSystem([table]))
    knows = publish_system(TableSystem([table], at_least_one("p", table, "p")))
    assert tightest(Attack([knows], [known]), small, 5)[1] == []
    _, told = tightest(Attack([forgets], [known]), small, 5)
    _broken(ligne, "la relation « au moins une problématique »", told)


def test_the_attack_breaks_a_share_of_exact_counts(monkeypatch: pytest.MonkeyPatch, ligne: Ligne) -> None:
    """A share of a masked count and a printed total gives the count back."""
    table = line(shape("accueils", partition("a", 6)), [3, 9, 12, 20, 20, 20])
    made = protection.protect(TableSystem([table]))
    small, total = table.cell((("a", "a0"),)), CellRef("accueils")
    indicateur = shares.Indicateur("a0", "A0", "haut", "bas", (small,), (total,))
    assert shares.part(made, indicateur) is None
    exact = {table.cell(cle): count.effectif for cle, count in table.counts.items()}
    with monkeypatch.context() as patch:
        patch.setattr(shares, "somme", lambda _, cells: sum(exact[cell] for cell in cells))
        told = shares.part(made, indicateur)
    bas = made.valeur(total)
    assert told is not None
    assert bas is not None
    # The reader's own arithmetic: what number of the printed total makes this share.
    possible = [number for number in range(bas + 1) if abs(1000 * number - told * bas) * 2 <= bas]
    _broken(
        ligne, "les parts calculées sur les seuls chiffres imprimés", ["pinned"] if possible == [3] else []
    )


# Many printed figures leave the complementary mask enough room to be nobody, for whoever does not know what it is.
_LINE = [3, 9, 12, 20, 20, 20]


def test_no_imaginary_table_betrays_which_masks_are_small() -> None:
    """Every mask that can be zero is shown at zero, complementary or not."""
    assert (
        _betrayed(protection.protect(TableSystem([line(shape("accueils", partition("a", 6)), _LINE)]))) == []
    )


def test_imaginary_tables_of_the_authors_knowledge_betray_it(
    monkeypatch: pytest.MonkeyPatch, ligne: Ligne
) -> None:
    """Tables that keep complementary masks at k or more tell which masks these are."""
    table = line(shape("accueils", partition("a", 6)), _LINE)
    true_imagine = demonstration.imagine

    def imagine(reader: Reader, goals: list[Goal], k: int, *rest: object) -> Imagined:
        large = {cell for cell in range(reader.size) if cell not in reader.printed and not _is_small(cell)}
        knowing = replace(reader, floors=dict.fromkeys(large, k))
        asked = [goal for goal in goals if goal.cell not in large or goal.aim is not Aim.ZERO]
        return true_imagine(knowing, asked, k, *rest)  # type: ignore[arg-type]

    cells = sorted(table.cell(cle) for cle in table.counts)

    def _is_small(cell: int) -> bool:
        return table.counts[cells[cell].cle].effectif < 5

    monkeypatch.setattr(demonstration, "imagine", imagine)
    _broken(
        ligne,
        "des tableaux fictifs faits sans savoir quels masques sont petits",
        _betrayed(protection.protect(TableSystem([table]))),
        "masques que l’on sait complémentaires",
    )


def _betrayed(made: ProtectedBilan) -> list[str]:
    """The masks that could be nobody, and that no imaginary table shows so."""
    assert made.preuve is not None
    attack = Attack([publish("", made)])
    unknown = [cell for cell, etat in made.preuve.cellules if not isinstance(etat, int)]
    assert len(unknown) >= 2
    return [
        str(cell)
        for rank, cell in enumerate(unknown)
        if attack.can(("", cell.univers, cell.cle), 0, 0)
        and min(fictif[rank] for fictif in made.preuve.fictifs) > 0
    ]
