"""The grids of recipients: read from their own list or typed, mapped once, filled from bilans handed over."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from iscg_desktop.domain.grille import Grille, LigneGrille, parse_cible
from iscg_desktop.domain.noms import folded
from iscg_desktop.domain.period import Periode
from iscg_desktop.errors import InvalidInput, Problem, UserError
from iscg_desktop.exports import bilan_json
from iscg_desktop.exports.bilan_file import BilanFile
from iscg_desktop.exports.grille import catalogue, render, value_of
from iscg_desktop.exports.tableur import BYTES_MAX, Tableur, read_tableur
from iscg_desktop.files import write_atomic
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.session import Session

__all__ = ["CibleProposee", "Grille", "GrillesService", "LigneGrille"]

_KEY = "grilles"
_TYPED_CODE = re.compile(r"(?:%\w+|%?\w+(?:\.[\w*]+)+|)\Z", re.ASCII)
_LIKELY = 82
_HEADS = frozenset(
    {"ligne", "lignes", "libelle", "libelles", "intitule", "indicateur", "indicateurs", "rubrique"}
)


@dataclass(frozen=True, slots=True)
class CibleProposee:
    """A figure that a line may ask for."""

    code: str
    libelle: str


class GrillesService:
    """Use cases of the grids."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._offered: dict[
            bytes, tuple[tuple[str, str], ...]
        ] = {}  # by file: reading one takes tenths of a second

    @staticmethod
    def cle(nom: str) -> str:
        """Name of the draft of a grid; that of a new one has no name yet."""
        return f"grille:{nom}"

    def all(self) -> tuple[Grille, ...]:
        """Every grid, by name."""
        kept = self._session.read.settings.get(_KEY)
        grids = kept if isinstance(kept, dict) else {}
        return tuple(_grille(nom, lines) for nom, lines in sorted(grids.items()))

    @staticmethod
    def read_file(path: Path) -> tuple[LigneGrille, ...]:
        """Lines of an employer's own list (CSV, XLSX, XLS, ODS): words first, codes in the second column if any.

        Raises:
            UserError: ``tableur_illisible``, ``tableur_vide``, and what else a spreadsheet may be refused for.
        """
        try:
            with path.open("rb") as file:
                data = file.read(BYTES_MAX + 1)
        except OSError:
            raise UserError("tableur_illisible") from None
        return tuple(_lines_of(read_tableur(data)))

    @staticmethod
    def read_text(typed: str) -> tuple[LigneGrille, ...]:
        """Lines as she types them, one each: « leurs mots ; code », the code being left out or not.

        What follows the last « ; » is words like the others unless it looks like a code.
        """
        return tuple(_typed(line) for line in typed.splitlines() if line.strip(" ;"))

    def catalogue(self) -> tuple[CibleProposee, ...]:
        """Every figure that a grid may ask for: those of the last bilan handed over for each length of period.

        Raises:
            UserError: ``grille_sans_bilan`` when none was handed over yet.
        """
        found: dict[str, str] = {}
        for octets in self._latest_files():
            sha256 = hashlib.sha256(octets).digest()
            if sha256 not in self._offered:
                self._offered[sha256] = tuple(catalogue(bilan_json.read(octets)))
            for code, libelle in self._offered[sha256]:
                found.setdefault(code, libelle)
        if not found:
            raise UserError("grille_sans_bilan")
        return tuple(CibleProposee(code, libelle) for code, libelle in found.items())

    def propose(self, lignes: Iterable[LigneGrille]) -> tuple[LigneGrille, ...]:
        """The lines, those without a code given the likeliest one by their words; left as they are when none is."""
        choices = {cible.code: folded(cible.libelle) for cible in self.catalogue()}
        return tuple(
            ligne if ligne.code else replace(ligne, code=_likely(ligne, choices)) for ligne in lignes
        )

    def keep(self, grille: Grille, *, ancien: str = "") -> Changes:
        """Keep a grid, in the place of one that bore this name or another; its draft is dropped.

        Args:
            grille: As it is to be kept.
            ancien: Name of the one it replaces, "" for a new one.

        Raises:
            InvalidInput: With every problem; ``grille_indicateur_inconnu`` names the line and the code,
                ``grille_nom_pris`` the name that another grid bears.
            UserError: ``grille_sans_bilan``.
        """
        nom, grids = grille.nom.strip(), {one.nom: one for one in self.all()}
        taken = [Problem("nom", "grille_nom_pris", {"nom": nom})] if nom in grids and nom != ancien else []
        if problems := (*grille.check(), *taken, *self._unknown(grille)):
            raise InvalidInput(problems)
        grids.pop(ancien, None)
        with self._session.transaction() as tx:
            tx.settings.put(_KEY, {nom: _values(one) for nom, one in {**grids, nom: grille}.items()})
            tx.drafts.drop(self.cle(ancien))
            tx.journal.append("modification", "reglages", "grille", self._session.clock.now())
            tx.commit()
        return changes("reglages")

    def remove(self, nom: str) -> Changes:
        """Forget a grid, and what was half-typed of it."""
        with self._session.transaction() as tx:
            tx.settings.put(_KEY, {one.nom: _values(one) for one in self.all() if one.nom != nom})
            tx.drafts.drop(self.cle(nom))
            tx.journal.append("suppression", "reglages", "grille", self._session.clock.now())
            tx.commit()
        return changes("reglages")

    def fill(self, nom: str, periode: Periode) -> bytes:
        """A grid filled from the bilan of a period arrêtée, as a workbook; the same bytes each time.

        Raises:
            UserError: ``grille_inconnue``, ``bilan_pas_arrete``.
        """
        grille = next((one for one in self.all() if one.nom == nom), None)
        if grille is None:
            raise UserError("grille_inconnue", nom=nom)
        bilan = self._bilan(periode)
        if bilan is None:
            raise UserError("bilan_pas_arrete", periode=periode.libelle)
        return render(bilan, grille)

    def export(self, nom: str, periode: Periode, path: Path) -> None:
        """Write a filled grid where she chose.

        Raises:
            UserError: As ``fill``; the disk's refusals.
        """
        write_atomic(path, self.fill(nom, periode))
        with self._session.transaction() as tx:
            tx.journal.append("export", "grille", periode.code, self._session.clock.now())
            tx.commit()

    def _unknown(self, grille: Grille) -> Iterator[Problem]:
        """Lines that ask for a figure that no bilan holds."""
        if not any(ligne.code for ligne in grille.lignes):
            return
        latest = tuple(self._latest())
        if not latest:
            raise UserError("grille_sans_bilan")
        for rank, ligne in enumerate(grille.lignes, start=1):
            cible = parse_cible(ligne.code)
            if ligne.code and all(value_of(bilan, cible).genre == "absent" for bilan in latest):
                yield Problem("lignes", "grille_indicateur_inconnu", {"ligne": rank, "code": ligne.code})

    def _latest(self) -> Iterator[BilanFile]:
        return map(bilan_json.read, self._latest_files())

    def _latest_files(self) -> Iterator[bytes]:
        """The last bilan handed over of each length of period, the shortest first."""
        last = {row.periode.palier: row.periode for row in self._session.read.bilans.arretes()}
        for palier in ("trimestre", "semestre", "annee"):
            octets = self._file(last[palier]) if palier in last else None
            if octets is not None:
                yield octets

    def _bilan(self, periode: Periode) -> BilanFile | None:
        octets = self._file(periode)
        return None if octets is None else bilan_json.read(octets)

    def _file(self, periode: Periode) -> bytes | None:
        exports = self._session.read.bilans.exports(periode.code)
        return exports["json"][1] if "json" in exports else None


def _likely(ligne: LigneGrille, choices: dict[str, str]) -> str:
    from rapidfuzz import fuzz, process

    found = process.extractOne(
        folded(ligne.libelle), choices, scorer=fuzz.token_set_ratio, score_cutoff=_LIKELY
    )
    return "" if found is None else found[2]


def _typed(line: str) -> LigneGrille:
    words, mark, code = line.rpartition(";")
    if not mark or not _TYPED_CODE.match(code.strip()):
        words, code = line, ""
    return LigneGrille(words.strip(), code.strip())


def _lines_of(tableur: Tableur) -> Iterator[LigneGrille]:
    """Lines of a spreadsheet; its first one too when it is no head of columns."""
    first = tableur.entetes[0]
    if folded(first).strip() not in _HEADS:
        code = tableur.entetes[1] if len(tableur.entetes) > 1 else ""
        yield LigneGrille(first, "" if code.startswith("Colonne ") else code)
    for _, cells in tableur.lignes:
        if cells[0]:
            yield LigneGrille(cells[0], cells[1] if len(cells) > 1 else "")


def _values(grille: Grille) -> list[list[str]]:
    return [[ligne.libelle, ligne.code] for ligne in grille.lignes]


def _grille(nom: str, lines: Iterable[Iterable[str]]) -> Grille:
    return Grille(nom, tuple(LigneGrille(*line) for line in lines))
