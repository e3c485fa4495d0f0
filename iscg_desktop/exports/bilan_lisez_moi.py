"""The first sheet of the workbook: all that a reader needs to know, in words, without any other paper."""

from __future__ import annotations

from collections.abc import Iterator

from iscg_desktop.disclosure.protected import ProtectedTable
from iscg_desktop.disclosure.shares import Indicateur, Reference
from iscg_desktop.disclosure.tables import CellRef
from iscg_desktop.exports.bilan_file import BilanFile
from iscg_desktop.exports.bilan_notes import MASQUE, typographie
from iscg_desktop.exports.workbook import Sheet

FLUX = "rapport de flux : peut dépasser 100 %"

_FEUILLES = (
    ("Indicateurs", "Les parts, avec ce qui est divisé et par quoi."),
    ("Tableaux", "Tous les tableaux, et la part de chaque effectif dans le total imprimé."),
    ("Graphiques", "Les mêmes effectifs en barres, sans ceux qui ne sont pas diffusés."),
    (
        "Comparaison",
        "Les mêmes chiffres à la période précédente et un an plus tôt, tels qu’ils ont été remis.",
    ),
    ("Chiffres", "Une ligne par chiffre, pour un tableur ou un autre logiciel."),
)


def write_lisez_moi(sheet: Sheet, bilan: BilanFile, references: tuple[Reference, ...]) -> None:
    """Write it: what it is, what is counted, how to read it, why it is anonymous, where it comes from."""
    looks, periode = sheet.formats, bilan.periode
    sheet.title(f"Bilan d’activité – {periode.libelle}")
    sheet.over("Intervention sociale en commissariat et gendarmerie")
    sheet.skip()
    for name, value in (
        ("Période", f"du {periode.debut:%d/%m/%Y} au {periode.fin:%d/%m/%Y} ({periode.code})"),
        ("Date d’émission", f"{bilan.date_emission:%d/%m/%Y}"),
        ("Employeur", bilan.emetteur.employeur),
        ("Intervenant (identifiant)", bilan.emetteur.id),
    ):
        sheet.line(name, value)
    sheet.skip()
    sheet.head("Ce qui est compté", "Nombre")
    for table in first_of_each_univers(bilan):
        sheet.count(_capital(table.denominateur), table.valeur())
    sheet.skip()
    _write_indicateurs(sheet, bilan)
    sheet.line("Comment lire ces chiffres", look=looks.bold)
    for note in bilan.notes:
        sheet.line("", note)
    sheet.skip()
    sheet.line("Les feuilles", look=looks.bold)
    for name, value in _FEUILLES:
        if references or name != "Comparaison":
            sheet.line(name, value)
    sheet.skip()
    _write_identite(sheet, bilan, references)


def first_of_each_univers(bilan: BilanFile) -> Iterator[ProtectedTable]:
    """One table of each kind of unit: its total is the number of these units."""
    seen: set[str] = set()
    for table in bilan.bilan.tables:
        if table.univers not in seen:
            seen.add(table.univers)
            yield table


def unite_of(bilan: BilanFile, cells: tuple[CellRef, ...]) -> str:
    """Unit that some cells count, in words."""
    return next(table.unite for table in bilan.bilan.tables if table.univers == cells[0].univers)


def _write_indicateurs(sheet: Sheet, bilan: BilanFile) -> None:
    if not bilan.indicateurs:
        return
    sheet.head("Indicateurs", "Part = numérateur ÷ dénominateur (• : non diffusé, voir plus bas)")
    for indicateur in bilan.indicateurs:
        sheet.line(indicateur.libelle, _in_words(bilan, indicateur))
    sheet.skip()


def _in_words(bilan: BilanFile, indicateur: Indicateur) -> str:
    """« 71,4 % = 30 (femmes accueillies) ÷ 42 (personnes accueillies de la période). Unité : accueil. »."""
    share = bilan.pour_mille(indicateur)
    said = MASQUE if share is None else f"{share // 10},{share % 10} %"
    haut = f"{_said(bilan.somme(indicateur.haut))} ({indicateur.numerateur})"
    bas = f"{_said(bilan.somme(indicateur.bas))} ({indicateur.denominateur})"
    high, low = unite_of(bilan, indicateur.haut), unite_of(bilan, indicateur.bas)
    unites = high if high == low else f"{high} ÷ {low}"
    flux = f" {_capital(FLUX)}." if indicateur.rapport_de_flux else ""
    return typographie(f"{said} = {haut} ÷ {bas}. Unité : {unites}.{flux}")


def _said(valeur: int | None) -> str:
    return MASQUE if valeur is None else str(valeur)


def _write_identite(sheet: Sheet, bilan: BilanFile, references: tuple[Reference, ...]) -> None:
    sheet.line("Identité du fichier", look=sheet.formats.bold)
    compared = (
        "\n".join(reference.libelle for reference in references) or "rien : aucun bilan antérieur comparable"
    )
    earlier = "\n".join(bilan.predecesseurs) or "aucun"
    for name, value in (
        ("Coffre", bilan.coffre),
        ("Menu des tableaux", f"version {bilan.menu}"),
        ("Nomenclatures", f"version {bilan.nomenclatures}"),
        ("Protection", f"méthode {bilan.bilan.methode}, seuil k = {bilan.bilan.seuil}"),
        ("Preuve", bilan.preuve_en_mots or "aucune"),
        ("Comparé à", typographie(compared)),
        ("Bilans antérieurs pris en compte (SHA-256)", earlier),
    ):
        sheet.line(name, value)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
