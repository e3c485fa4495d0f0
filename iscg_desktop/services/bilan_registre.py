"""The memory of the bilans: what was frozen and what was printed, as the protection of one more file needs them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from iscg_desktop.disclosure.system import Volet
from iscg_desktop.domain.bilan import Ligne, TableauCompte
from iscg_desktop.domain.period import Periode, period_of
from iscg_desktop.exports import bilan_json
from iscg_desktop.services.bilan_regroupement import Regroupement, regrouped_volet
from iscg_desktop.services.bilan_volets import PALIERS, Grille, Remis, cell_refs, counted, volet
from iscg_desktop.storage.bilans import BilanRow, Bilans


class Registre:
    """The registry as it is at one moment: values only, safe in a worker thread.

    Args:
        bilans: Where it is kept.
        annee: The year whose counts and files are needed, None for the list alone.
    """

    def __init__(self, bilans: Bilans, annee: int | None = None) -> None:
        self._rows = {row.periode: row for row in bilans.arretes()}
        last = max(self._rows.values(), key=lambda row: row.rang, default=None)
        needed = {periode for periode in self._rows if periode.debut.year == annee}
        if last is not None:
            needed.add(last.periode)
        self._octets = {periode: bilans.exports(periode.code)["json"][1] for periode in needed}
        self._cells = {
            periode.code: bilans.cellules(periode.code)
            for periode in needed
            if periode.palier == "trimestre" and periode.debut.year == annee
        }
        self._last = last

    def row(self, periode: Periode) -> BilanRow | None:
        """The line of a period arrêtée."""
        return self._rows.get(periode)

    def is_whole(self, periode: Periode) -> bool:
        """Whether the exact counts of all its quarters are frozen."""
        rows = [self._rows.get(quarter) for quarter in periode.quarters()]
        return all(row is not None and not row.repris for row in rows)

    def seuil(self, year: int) -> int | None:
        """Threshold of the bilans of a year, None before the first."""
        rows = [row for row in self._rows.values() if row.periode.debut.year == year]
        return min(rows, key=lambda row: row.rang).seuil if rows else None

    def precedent(self) -> str:
        """SHA-256 of the last file made: each names the one before, so that one fixes the whole series."""
        return "" if self._last is None else _sha256(self._octets[self._last.periode])

    def remis(self, periode: Periode) -> Remis:
        """What the file of a period arrêtée of the year printed."""
        octets = self._octets[periode]
        return Remis(
            bilan_json.read(octets).bilan, _sha256(octets), frozenset(cell_refs(self._rows[periode].retenus))
        )

    def counted(
        self, periode: Periode, grille: Grille, live: Iterable[TableauCompte] = ()
    ) -> dict[str, TableauCompte]:
        """Exact counts of a period: of its rows for a quarter still open, else of its frozen quarters."""
        if (periode.palier == "trimestre") and periode not in self._rows:
            known = grille.known(periode.palier)
            found: dict[str, TableauCompte] = {}
            for compte in live:
                found.setdefault(compte.tableau.code, compte)
            return {code: found[code] for code in known}
        return counted(periode, grille, self._cells)

    def volets(
        self,
        periode: Periode,
        grille: Grille,
        comptes: Mapping[str, TableauCompte],
        regroupements: Sequence[Regroupement],
        lignes: Sequence[Ligne],
    ) -> list[Volet]:
        """The new file, and every period of its year whose counts are all frozen."""
        new = regrouped_volet(
            volet(periode, grille, comptes, None, self._parts(periode)), regroupements, comptes, lignes
        )
        year = period_of(periode.debut, "annee")
        others = {period_of(quarter.debut, palier) for quarter in year.quarters() for palier in PALIERS}
        return [new] + [
            volet(
                other,
                grille,
                self.counted(other, grille),
                self.remis(other) if other in self._rows else None,
                self._parts(other),
            )
            for other in sorted(others - {periode})
            if self.is_whole(other)
        ]

    @staticmethod
    def _parts(periode: Periode) -> tuple[str, ...]:
        """Codes of the periods of the tier below that add up to a period."""
        if periode.palier == "trimestre":
            return ()
        below = PALIERS[PALIERS.index(periode.palier) - 1]
        return tuple(dict.fromkeys(period_of(one.debut, below).code for one in periode.quarters()))


def _sha256(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()
