"""A half-year of a few small tables, written as numbers, with what everyone knows between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from iscg_desktop.disclosure.protected import ProtectedBilan
from iscg_desktop.disclosure.protection import protect
from iscg_desktop.disclosure.relations import Relation
from iscg_desktop.disclosure.system import TableSystem, Volet
from iscg_desktop.disclosure.tables import Count, CountedTable, Key, TableShape, non
from tests.disclosure.registers import counted

PARTS = ("2026-T1", "2026-T2")


@dataclass
class SmallYear:
    """Two quarters of small tables: sexe in three, two demandes of several answers, places, totals.

    Attributes:
        forms: Sexe, demande, EPCI and commune (two of each), then the totals: fiches, dossiers, saisines.
        numbers: For each quarter, the three sexes and the fiches.
        relations: What everyone knows between their cells.
    """

    forms: Sequence[TableShape]
    numbers: Mapping[str, tuple[int, int, int, int]]
    relations: Sequence[Relation] = ()
    printed: dict[str, tuple[ProtectedBilan, str]] = field(default_factory=dict)

    def hand_over(self, code: str, digests: Mapping[str, str]) -> ProtectedBilan:
        volets = []
        for periode in PARTS if code in PARTS else (*PARTS, code):
            if code in PARTS and periode != code:
                continue
            volet = self._volet(periode)
            if periode in self.printed and periode != code:
                volet = replace(volet, figures=self.printed[periode][0].figures(), empreinte=digests[periode])
            volets.append(volet)
        made = protect(TableSystem.of_volets(volets, code))
        self.printed[code] = (made, "")
        return made

    def _volet(self, periode: str) -> Volet:
        quarters = [periode] if periode in PARTS else list(PARTS)
        a, b, c, fiches = (sum(self.numbers[q][rank] for q in quarters) for rank in range(4))
        total = a + b + c
        cells: list[dict[Key, int]] = [
            {(): total, (("sexe", "sexe0"),): a, (("sexe", "sexe1"),): b, (("sexe", "sexe2"),): c},
            {
                (): total,
                (("demande", "demande0"),): a,
                (("demande", non("demande0")),): total - a,
                (("demande", "demande1"),): b,
                (("demande", non("demande1")),): total - b,
            },
            {(): total, (("epci", "e0"),): a, (("epci", "e1"),): b + c},
            {(): total, (("commune", "c0"),): a, (("commune", "c1"),): b + c},
            {(): fiches},
            {(): a + b},
            {(): total + fiches},
        ]
        return Volet(
            periode,
            tuple(_table(form, numbers) for form, numbers in zip(self.forms, cells, strict=True)),
            tuple(self.relations),
            imprimes=frozenset(form.code for form in self.forms),
            parties=() if periode in PARTS else PARTS,
        )


def _table(form: TableShape, numbers: Mapping[Key, int]) -> CountedTable:
    return counted(form, {cle: Count(number, number) for cle, number in numbers.items()})
