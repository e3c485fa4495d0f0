"""The sheet that sets a bilan beside earlier ones: printed figures of files already handed over, nothing else."""

from __future__ import annotations

from iscg_desktop.disclosure.shares import Reference, ecart, part
from iscg_desktop.disclosure.tables import CellRef
from iscg_desktop.exports.bilan_file import BilanFile
from iscg_desktop.exports.bilan_lines import lines
from iscg_desktop.exports.bilan_notes import typographie
from iscg_desktop.exports.workbook import Sheet

WIDTHS = (52, 24, 22, 12, 22, 12)
_PAS_COMPTE = "–"
_RULE = (
    "Les chiffres comparés sont ceux des bilans remis. Un écart n’est donné qu’entre deux chiffres imprimés ;"
    " – veut dire que le chiffre n’était pas compté alors."
)


def write_comparaison(sheet: Sheet, bilan: BilanFile, references: tuple[Reference, ...]) -> None:
    """Write each figure, what it was in each earlier bilan, and what it gained or lost."""
    sheet.over(typographie(_RULE))
    sheet.skip()
    heads = [name for reference in references for name in (reference.libelle, "Écart")]
    _write_parts(sheet, bilan, references, heads)
    for table in bilan.bilan.tables:
        sheet.over(table.titre, sheet.formats.bold_over)
        figures = range(1, 2 + len(heads))
        sheet.head("", f"Effectif ({table.unite})", *heads, figures=figures)
        for cle, libelle, valeur in lines(table):
            cell = table.cell(cle)
            sheet.line(libelle, valeur, look=None if cle else sheet.formats.bold)
            for place, reference in enumerate(references):
                _write_effectif(sheet, 2 + 2 * place, reference, cell, valeur)
        sheet.skip()


def _write_parts(sheet: Sheet, bilan: BilanFile, references: tuple[Reference, ...], heads: list[str]) -> None:
    if not bilan.indicateurs:
        return
    sheet.over("Indicateurs (écarts en points)", sheet.formats.bold_over)
    sheet.head("", "Part", *heads, figures=range(1, 2 + len(heads)))
    for indicateur in bilan.indicateurs:
        now = bilan.pour_mille(indicateur)
        sheet.line(indicateur.libelle)
        sheet.share(1, now)
        for place, reference in enumerate(references):
            if not reference.counts((*indicateur.haut, *indicateur.bas)):
                sheet.mark(2 + 2 * place, _PAS_COMPTE)
                sheet.mark(3 + 2 * place, _PAS_COMPTE)
                continue
            before = part(reference.bilan, indicateur)
            sheet.share(2 + 2 * place, before)
            sheet.ecart(3 + 2 * place, ecart(now, before), points=True)
    sheet.skip()


def _write_effectif(
    sheet: Sheet, column: int, reference: Reference, cell: CellRef, valeur: int | None
) -> None:
    if not reference.counts((cell,)):
        sheet.mark(column, _PAS_COMPTE)
        sheet.mark(column + 1, _PAS_COMPTE)
        return
    before = reference.somme((cell,))
    sheet.number(column, before)
    sheet.ecart(column + 1, ecart(valeur, before))
