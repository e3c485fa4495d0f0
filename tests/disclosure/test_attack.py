"""The attack computes nothing of what is small from whole series of files, and breaks every protection that forgets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

import pytest

from iscg_desktop.disclosure import moves, protected, protection, suppression, system
from iscg_desktop.disclosure.imagination import Imagined
from iscg_desktop.disclosure.relations import Relation, Sens, at_least_one
from iscg_desktop.disclosure.sensitivity import is_sensitive
from iscg_desktop.disclosure.solver import Values
from iscg_desktop.disclosure.system import TableSystem, Volet
from iscg_desktop.disclosure.tables import CellRef, Count, Key, non
from tests.disclosure.attack import Attack, Cell, Known
from tests.disclosure.published import publish, publish_system
from tests.disclosure.registers import from_numbers, line, partition, several, shape
from tests.disclosure.years import AGE_GROUPS, FAMILLES, PARTS, USUAL_ORDER, Shares, Year

HALF = ("T1", "T2", "S1")
LOPSIDED = Shares(unite=(0.9, 0.04, 0.03, 0.02, 0.01))
RENAMED = ("sexe", "statut", "connu", "suivi", "minima", "origine", "unite", "epci", "logement", "csp")
UNIFORM = Shares(sexe=(1.0, 0.0), statut=(1.0, 0.0), connu=(0.97, 0.02, 0.01))


def _inside(univers: str, coarse: str, fine: str, groups: Mapping[str, Iterable[int]]) -> Iterator[Known]:
    for name, ranks in groups.items():
        parts = ((1, univers, {fine: f"{fine}{rank}"}) for rank in ranks)
        yield "=", 0, ((-1, univers, {coarse: name}), *parts)


KNOWLEDGE: tuple[Known, ...] = (
    ("<=", 0, ((1, "dossiers", {}), (-1, "accueils", {}))),
    *_inside("accueils", "age_4", "age", AGE_GROUPS),
    *_inside("dossiers", "famille", "detail", FAMILLES),
)


def leaks(year: Year, k: int = 5) -> list[str]:
    """What the strongest reader of all the files of a year computes too closely of a small cell."""
    done = year.system("A" if "A" in year.printed else next(reversed(year.printed)))
    small = {
        (cell.periode, cell.univers, cell.cle)
        for cell, count in zip(done.cells, done.counts, strict=True)
        if is_sensitive(count, k)
    }
    masks = {
        (periode, cell.univers, cell.cle)
        for periode, bilan in year.printed.items()
        for cell, valeur in bilan.figures().items()
        if valeur is None
    }
    floors = dict.fromkeys(masks - small - year.withheld, k)
    files = [publish(periode, bilan) for periode, bilan in year.printed.items()]
    return _found(Attack(files, KNOWLEDGE, PARTS, floors), small, k)


def _found(attack: Attack, small: Iterable[Cell], k: int) -> list[str]:
    found = []
    for cell in sorted(small):
        if cell not in attack.cells:
            continue
        if cell in attack.printed:
            found.append(f"{cell} is printed")
        elif not attack.can(cell, 0, 0):
            found.append(f"{cell} is not zero")
        elif not attack.can(cell, k, 10_000):
            found.append(f"{cell} is under {k}")
    return found


@pytest.mark.parametrize("shape_of", ["tiny", "lopsided", "usual"])
def test_a_half_year_tells_nothing_small(shape_of: str) -> None:
    year = {
        "tiny": Year(48, seed=1),
        "lopsided": Year(200, LOPSIDED, seed=2),
        "usual": Year(280, seed=3),
    }[shape_of]
    for periode in HALF:
        year.hand_over(periode)
    assert leaks(year) == []


_SHAPES = [
    *(Year(48, seed=seed) for seed in range(5)),
    *(Year(160, LOPSIDED, seed=seed) for seed in range(4)),
    *(Year(120, UNIFORM, seed=seed) for seed in range(3)),
    *(Year(400, seed=seed) for seed in range(4)),
    *(Year(400, rates=(0.05, 2.0, 0.1, 1.8), seed=seed) for seed in range(2)),
    Year(700, seed=9),
    Year(240, Shares(unite=tuple([0.05] * 20)), seed=10),
]


@pytest.mark.campagne
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("rank", range(20))
def test_a_whole_year_tells_nothing_small(rank: int) -> None:
    year = _SHAPES[rank]
    order = USUAL_ORDER if rank % 2 else ("T1", "T2", "T3", "T4", "A", "S2", "S1")
    for periode in order:
        year.hand_over(periode)
    assert leaks(year) == []


# Mutants: each forgets one thing, and the gate is taken away so that its files get out


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


@pytest.mark.parametrize("mutate", [_each_file_alone, _forget_complements])
def test_the_attack_breaks_what_forgets(
    mutate: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with _no_gate(monkeypatch), monkeypatch.context() as patch:
        mutate(patch)
        year = Year(280, seed=3)
        for periode in HALF:
            year.hand_over(periode)
    assert leaks(year) != []


@pytest.mark.parametrize(
    "forgotten",
    [
        pytest.param(lambda count: count.effectif == 0, id="zeros"),
        pytest.param(lambda count: count.foyers < 5 <= count.effectif, id="foyers"),
    ],
)
def test_the_attack_breaks_a_rule_that_lets_small_cells_out(
    forgotten: Callable[[Count], bool], monkeypatch: pytest.MonkeyPatch
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
    assert any("is printed" in leak for leak in leaks(year))


def _cells(made: TableSystem) -> tuple[tuple[CellRef, ...], tuple[Count, ...]]:
    return made.cells, made.counts


@pytest.mark.campagne
@pytest.mark.timeout(1800)
def test_the_attack_breaks_a_year_that_forgets_its_half_years(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two half-years handed over, then a year protected as if they had not been."""
    thin = Shares(unite=(0.6, 0.4), csp=(0.7, 0.3), logement=(0.7, 0.3), demande=(0.4,), epci=(0.5, 0.5))
    with _no_gate(monkeypatch):
        year = Year(120, thin, seed=4)
        for periode in ("T1", "T2", "S1", "T3", "T4", "S2"):
            year.hand_over(periode)
        halves = {periode: year.printed.pop(periode) for periode in ("S1", "S2")}
        year.hand_over("A")
        year.printed |= halves
    assert leaks(year) != []


def test_the_attack_breaks_fractions(monkeypatch: pytest.MonkeyPatch) -> None:
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
    assert _found(Attack(files, [known]), [("", "x", ())], 5)


def test_the_attack_breaks_a_relation_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
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
    assert _found(Attack([forgets], [known]), small, 5)
    assert not _found(Attack([knows], [known]), small, 5)


def test_no_imaginary_table_betrays_which_masks_are_small() -> None:
    """Every mask that can be zero is shown at zero, complementary or not."""
    table = line(shape("accueils", partition("a", 6)), [3, 9, 12, 20, 20, 20])
    made = protection.protect(TableSystem([table]))
    assert made.preuve is not None
    attack = Attack([publish("", made)])
    unknown = [cell for cell, etat in made.preuve.cellules if not isinstance(etat, int)]
    assert len(unknown) >= 2
    for rank, cell in enumerate(unknown):
        shown = min(fictif[rank] for fictif in made.preuve.fictifs)
        assert (shown == 0) == attack.can(("", cell.univers, cell.cle), 0, 0)


def test_order_and_names_change_nothing_to_what_is_protected() -> None:
    """The same year with its categories renamed and its records in another order holds as well."""
    year = Year(200, seed=5)
    others = {
        name: {f"{name}{rank}": f"{name}{size - 1 - rank}" for rank in range(size)}
        for name, size in ((one, len(getattr(year.shares, one))) for one in RENAMED)
    }
    for register in year.registers.values():
        for units in register.values():
            units.reverse()
        for unit in register["accueils"]:
            unit |= {name: codes[str(unit[name])] for name, codes in others.items()}
    for periode in HALF:
        year.hand_over(periode)
    assert leaks(year) == []


def test_a_volet_keeps_what_it_printed() -> None:
    """What an earlier file printed is printed, what it masked is masked: the new file is made around it."""
    year = Year(200, seed=6)
    first = year.hand_over("T1")
    made = year.system("S1", closed=("T2",))
    figures = first.figures()
    assert {made.cells[cell].at("") for cell in made.printed} == {
        c for c, v in figures.items() if v is not None
    }
    assert {made.cells[cell].at("") for cell in made.masked} == {c for c, v in figures.items() if v is None}
    other = replace(year.volet("T1"), figures={CellRef("accueils"): 1})
    assert isinstance(other, Volet)
    with pytest.raises(system.BugError, match="another figure"):
        TableSystem.of_volets([other, year.volet("T2"), year.volet("S1")], "S1")
