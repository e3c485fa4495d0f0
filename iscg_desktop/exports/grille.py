"""A recipient's grid filled from the printed figures of one bilan: what is masked there stays masked here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from iscg_desktop.disclosure.protected import ProtectedTable
from iscg_desktop.disclosure.shares import pour_mille
from iscg_desktop.disclosure.tables import Key
from iscg_desktop.domain.grille import TOTAL, Cible, Grille, parse_cible
from iscg_desktop.exports.bilan_file import BilanFile
from iscg_desktop.exports.bilan_lines import words_of
from iscg_desktop.exports.bilan_notes import typographie
from iscg_desktop.exports.workbook import Workbook

Genre = Literal["nombre", "part", "absent", "titre"]

_ABSENT = "–"
_PAS_COMPTE = "– = chiffre qui n’est pas compté à ce rythme : il est dans le bilan du semestre ou de l’année."


@dataclass(frozen=True, slots=True)
class Valeur:
    """What stands beside a line.

    Attributes:
        genre: A number, a share per thousand, a figure that this bilan does not hold, nothing for a title.
        nombre: None when it is masked.
    """

    genre: Genre
    nombre: int | None = None


def value_of(bilan: BilanFile, cible: Cible) -> Valeur:
    """The printed figure that a code asks for; ``absent`` when this bilan has none of that name."""
    table = next((one for one in bilan.bilan.tables if one.code == cible.nom), None)
    cle = None if table is None else _key(table, cible)
    if table is not None and cle is not None:
        valeur = table.valeur(cle)
        return Valeur("part", pour_mille(valeur, table.valeur())) if cible.part else Valeur("nombre", valeur)
    for indicateur in bilan.indicateurs:
        if indicateur.code == cible.nom and not cible.reponses:
            return Valeur("part", bilan.pour_mille(indicateur))
    return Valeur("absent")


def catalogue(bilan: BilanFile) -> Iterator[tuple[str, str]]:
    """Code and words of every figure of a bilan that a grid may ask for."""
    for indicateur in bilan.indicateurs:
        yield Cible(indicateur.code, part=True).code, f"{indicateur.libelle} (part)"
    for table in bilan.bilan.tables:
        words = words_of(table)
        for cell in table.cellules:
            said = " – ".join(words[pair] for pair in cell.cle) or "total"
            yield _code_of(table, cell.cle), f"{table.titre} : {said}"


def render(bilan: BilanFile, grille: Grille) -> bytes:
    """The grid as a workbook, in its order and words; the same values always give the same bytes."""
    book = Workbook(f"{grille.nom} {bilan.periode.code}", bilan.date_emission)
    sheet = book.sheet("Grille", (90, 16))
    sheet.title(grille.nom)
    sheet.over(f"Bilan du {bilan.periode.libelle}, émis le {bilan.date_emission:%d/%m/%Y}")
    sheet.over(bilan.emetteur.employeur)
    sheet.skip()
    sheet.head("", "Valeur", figures=(1,))
    values = [
        (ligne.libelle, value_of(bilan, parse_cible(ligne.code)) if ligne.code else Valeur("titre"))
        for ligne in grille.lignes
    ]
    for libelle, valeur in values:
        sheet.line(libelle, look=sheet.formats.bold if valeur.genre == "titre" else None)
        if valeur.genre == "part":
            sheet.share(1, valeur.nombre)
        elif valeur.genre == "nombre":
            sheet.number(1, valeur.nombre)
        elif valeur.genre == "absent":
            sheet.mark(1, _ABSENT)
    sheet.skip()
    for note in bilan.notes[:2]:
        sheet.line(note)
    if any(valeur.genre == "absent" for _, valeur in values):
        sheet.line(typographie(_PAS_COMPTE))
    return book.finish()


def _key(table: ProtectedTable, cible: Cible) -> Key | None:
    """Key of the cell asked for; None when the table has no such cell."""
    if not cible.reponses:
        return ()
    if len(cible.reponses) != len(table.dimensions):
        return None
    pairs = zip(table.dimensions, cible.reponses, strict=True)
    cle = tuple((dimension.code, answer) for dimension, answer in pairs if answer != TOTAL)
    known = words_of(table)
    return cle if all(pair in known for pair in cle) else None


def _code_of(table: ProtectedTable, cle: Key) -> str:
    answers = dict(cle)
    asked = tuple(answers.get(dimension.code, TOTAL) for dimension in table.dimensions) if cle else ()
    return Cible(table.code, asked).code
