"""A fictitious year of a coffre: four quarters counted for three tiers of files, protected one file after another."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from iscg_desktop.disclosure.protected import ProtectedBilan
from iscg_desktop.disclosure.protection import protect
from iscg_desktop.disclosure.relations import Relation, at_most, sum_equals
from iscg_desktop.disclosure.system import TableSystem, Volet
from iscg_desktop.disclosure.tables import CellRef, Count, CountedTable, Dimension, Key, TableShape
from tests.disclosure.registers import count, counted, partition, several, shape

QUARTERS = ("T1", "T2", "T3", "T4")
PARTS: Mapping[str, tuple[str, ...]] = {"S1": ("T1", "T2"), "S2": ("T3", "T4"), "A": ("S1", "S2")}
LEAVES: Mapping[str, tuple[str, ...]] = {
    **{quarter: (quarter,) for quarter in QUARTERS},
    "S1": ("T1", "T2"),
    "S2": ("T3", "T4"),
    "A": QUARTERS,
}
USUAL_ORDER = ("T1", "T2", "S1", "T3", "T4", "S2", "A")
HALF = ("T1", "T2", "S1")
_T, _S, _A = "TSA"

Unit = dict[str, object]


@dataclass(frozen=True)
class Shares:
    """How the answers of a register are drawn."""

    sexe: Sequence[float] = (0.72, 0.26, 0.01, 0.01)
    age: Sequence[float] = (0.12, 0.1, 0.08, 0.2, 0.2, 0.13, 0.07, 0.05, 0.03, 0.02)
    statut: Sequence[float] = (0.66, 0.2, 0.11, 0.03)
    detail: Sequence[float] = (
        0.3,
        0.2,
        0.1,
        0.08,
        0.07,
        0.06,
        0.05,
        0.04,
        0.03,
        0.03,
        0.02,
        0.01,
        0.005,
        0.005,
    )
    connu: Sequence[float] = (0.42, 0.5, 0.08)
    suivi: Sequence[float] = (0.65, 0.3, 0.05)
    minima: Sequence[float] = (0.43, 0.4, 0.05, 0.12)
    origine: Sequence[float] = (0.62, 0.15, 0.1, 0.07, 0.06)
    unite: Sequence[float] = (0.3, 0.2, 0.15, 0.12, 0.1, 0.07, 0.04, 0.02)
    epci: Sequence[float] = (0.4, 0.3, 0.15, 0.1, 0.05)
    logement: Sequence[float] = (0.4, 0.3, 0.1, 0.08, 0.06, 0.04, 0.02)
    csp: Sequence[float] = (0.3, 0.25, 0.15, 0.1, 0.08, 0.07, 0.05)
    partenaire: Sequence[float] = (0.3, 0.16, 0.12, 0.12, 0.1, 0.12, 0.08)
    demande: Sequence[float] = (0.5, 0.3, 0.2, 0.1, 0.05)


AGE_GROUPS = {"moins_13": (0,), "de_13": (1,), "majeur": (2, 3, 4, 5, 6), "agee": (7, 8), "nr": (9,)}
FAMILLES = {"f0": (0, 1, 2), "f1": (3, 4, 5), "f2": (6, 7, 8), "f3": (9, 10), "f4": (11, 12, 13)}


@dataclass
class Year:
    """Registers of four quarters and the files made of them so far.

    Attributes:
        printed: What each file printed, by period.
        withheld: Cells masked whatever they count.
    """

    accueils: int = 400
    shares: Shares = field(default_factory=Shares)
    seed: int = 0
    rates: Sequence[float] = (1.0, 1.0, 1.0, 1.0)
    printed: dict[str, ProtectedBilan] = field(default_factory=dict)
    withheld: set[tuple[str, str, Key]] = field(default_factory=set)

    def __post_init__(self) -> None:
        chance = random.Random(self.seed)
        self.registers = {
            quarter: _register(chance, round(self.accueils / 4 * rate), self.shares, quarter)
            for quarter, rate in zip(QUARTERS, self.rates, strict=True)
        }
        self._volets: dict[str, tuple[tuple[CountedTable, ...], frozenset[str]]] = {}

    def volet(self, periode: str) -> Volet:
        if periode not in self._volets:
            menu = [
                (form, tiers)
                for form, tiers in tables(self.shares)
                if _tier(periode) <= max(map("TSA".index, tiers))
            ]
            found = []
            for form, _ in menu:
                units = [unit for leaf in LEAVES[periode] for unit in self.registers[leaf][form.univers]]
                found.append(count(form, units))
            prints = frozenset(form.code for form, tiers in menu if periode[0] in tiers)
            self._volets[periode] = (tuple(found), prints)
        listed, prints = self._volets[periode]
        done = self.printed.get(periode)
        return Volet(
            periode,
            listed,
            tuple(_relations(periode, {table.code for table in listed})),
            prints,
            PARTS.get(periode, ()),
            None if done is None else done.figures(),
            retenus=frozenset() if done is None else done.retenus,
        )

    def system(self, nouveau: str, closed: Sequence[str] = ()) -> TableSystem:
        """The system before one more file; quarters closed are those of the files asked for so far."""
        quarters = {leaf for periode in (*self.printed, nouveau, *closed) for leaf in LEAVES[periode]}
        whole = [periode for periode in LEAVES if set(LEAVES[periode]) <= quarters]
        return TableSystem.of_volets([self.volet(periode) for periode in whole], nouveau)

    def hand_over(self, periode: str, k: int = 5) -> ProtectedBilan:
        """Protect one more file; remembers which masks were drawn without looking at what they hide."""
        system = self.system(periode)
        made = self.printed[periode] = protect(system, k)
        self.withheld |= {(periode, cell.univers, cell.cle) for cell in made.retenus}
        return made


def _tier(periode: str) -> int:
    return "TSA".index(periode[0])


def tables(shares: Shares) -> list[tuple[TableShape, str]]:
    """Every table of the menu with the tiers that print it."""

    def one(name: str) -> Dimension:
        return partition(name, len(getattr(shares, name)))

    def table(
        code: str, tiers: str, *dimensions: Dimension, univers: str = "accueils"
    ) -> tuple[TableShape, str]:
        return shape(univers, *dimensions, code=code), tiers

    several_demande = several("demande", len(shares.demande))
    return [
        table("unite", "TSA", one("unite")),
        table("sexe", "TSA", one("sexe")),
        table("age_4", "T", partition("age_4", list(AGE_GROUPS))),
        table("age", "SA", one("age")),
        table("statut", "TSA", one("statut")),
        table("principale", "TS", partition("famille", list(FAMILLES)), univers="dossiers"),
        table("detail", "A", one("detail"), univers="dossiers"),
        table("connu", "TSA", one("connu")),
        table("suivi", "TSA", one("suivi")),
        table("minima", "TSA", one("minima")),
        table("origine", "TSA", one("origine")),
        table("epci", "TSA", one("epci")),
        table("logement", "SA", one("logement")),
        table("csp", "SA", one("csp")),
        table("demande", "SA", several_demande),
        table("unite_sexe", "SA", one("unite"), one("sexe")),
        table("unite_origine", "A", one("unite"), one("origine")),
        table("unite_connu", "A", one("unite"), one("connu")),
        table("sexe_age", "A", one("sexe"), one("age")),
        table("sexe_statut", "A", one("sexe"), one("statut")),
        table("orientations", "TSA", one("partenaire"), univers="orientations"),
        table("entretiens", "TSA", several("conjoint", ["oui"]), univers="entretiens"),
        table("saisines", "TSA", univers="saisines"),
        table("fiches", "TSA", univers="fiches"),
    ]


def _relations(periode: str, known: set[str]) -> list[Relation]:
    relations = [at_most("dossiers_accueils", CellRef("dossiers"), CellRef("accueils"))]
    if {"age_4", "age"} <= known:
        relations += _nested("accueils", "age_4", "age", AGE_GROUPS)
    if {"principale", "detail"} <= known:
        relations += _nested("dossiers", "famille", "detail", FAMILLES)
    return relations


def _nested(univers: str, coarse: str, fine: str, groups: Mapping[str, Sequence[int]]) -> list[Relation]:
    return [
        sum_equals(
            f"{coarse} {name}",
            CellRef(univers, ((coarse, name),)),
            [CellRef(univers, ((fine, f"{fine}{rank}"),)) for rank in ranks],
        )
        for name, ranks in groups.items()
    ]


def _register(chance: random.Random, accueils: int, shares: Shares, quarter: str) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = {
        univers: []
        for univers in ("accueils", "dossiers", "orientations", "entretiens", "saisines", "fiches")
    }

    def draw(name: str) -> str:
        share = getattr(shares, name)
        return f"{name}{chance.choices(range(len(share)), share)[0]}"

    facts = (
        "sexe",
        "age",
        "statut",
        "connu",
        "suivi",
        "minima",
        "origine",
        "unite",
        "epci",
        "logement",
        "csp",
    )
    for rank in range(accueils):
        foyer = f"{quarter}-{rank if chance.random() < 0.85 else max(0, rank - 1)}"
        unit: Unit = {name: draw(name) for name in facts} | {"foyer": foyer}
        age = int(str(unit["age"])[3:])
        unit["age_4"] = next(name for name, ranks in AGE_GROUPS.items() if age in ranks)
        unit["demande"] = frozenset(
            f"demande{rank}" for rank, share in enumerate(shares.demande) if chance.random() < share
        )
        found["accueils"].append(unit)
        if rank == 0 or chance.random() < 0.8:
            detail = draw("detail")
            famille = next(name for name, ranks in FAMILLES.items() if int(detail[6:]) in ranks)
            found["dossiers"].append({"detail": detail, "famille": famille, "foyer": foyer})
            found["saisines"].append({"foyer": foyer})
        for _ in range(chance.choice((1, 1, 2))):
            conjoint = frozenset({"oui"} if chance.random() < 0.08 else ())
            found["entretiens"].append({"conjoint": conjoint, "foyer": foyer})
        if chance.random() < 0.7:
            found["orientations"].append({"partenaire": draw("partenaire"), "foyer": foyer})
        if chance.random() < 0.4:
            found["fiches"].append({"foyer": foyer})
    return found


def of_numbers(univers: str, total: int) -> CountedTable:
    """A single total."""
    return counted(shape(univers), {(): Count(total, total)})
