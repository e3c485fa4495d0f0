"""The bilan file as a workbook: the same figures as the JSON, to be read by a person."""

from __future__ import annotations

from iscg_desktop.disclosure.protected import ProtectedTable
from iscg_desktop.disclosure.shares import Reference, pour_mille
from iscg_desktop.exports.bilan_comparaison import WIDTHS as COMPARAISON
from iscg_desktop.exports.bilan_comparaison import write_comparaison
from iscg_desktop.exports.bilan_file import NIVEAUX, BilanFile
from iscg_desktop.exports.bilan_lines import lines, words_of
from iscg_desktop.exports.bilan_lisez_moi import FLUX, write_lisez_moi
from iscg_desktop.exports.bilan_notes import typographie
from iscg_desktop.exports.workbook import Sheet, Workbook


def render(bilan: BilanFile, references: tuple[Reference, ...] = ()) -> bytes:
    """The workbook; the same values always give the same bytes.

    Sheets: « Lisez-moi », « Indicateurs », « Tableaux », « Graphiques », « Comparaison » when there is something to
    compare with, « Chiffres » (one line per figure).

    Args:
        bilan: What is handed over.
        references: Earlier bilans that this one is compared with.
    """
    book = Workbook(f"Bilan {bilan.periode.code}", bilan.date_emission)
    depth = max((len(table.dimensions) for table in bilan.bilan.tables), default=0)
    write_lisez_moi(book.sheet("Lisez-moi", (44, 100)), bilan, references)
    _write_indicateurs(book.sheet("Indicateurs", (52, 16, 48, 12, 48, 12)), bilan)
    _write_tableaux(book.sheet("Tableaux", (52, 24, 16)), bilan)
    _write_graphiques(book.sheet("Graphiques", (36, 12, 2, 58)), bilan)
    if references:
        write_comparaison(
            book.sheet("Comparaison", COMPARAISON[: 2 + 2 * len(references)]), bilan, references
        )
    _write_chiffres(book.sheet("Chiffres", (24, 16, 16, *(18, 24, 44) * depth, 10, 10)), bilan, depth)
    return book.finish()


def _write_indicateurs(sheet: Sheet, bilan: BilanFile) -> None:
    sheet.head("Indicateur", "Part", "Numérateur", "", "Dénominateur", "", figures=(1, 3, 5))
    sheet.freeze()
    for indicateur in bilan.indicateurs:
        haut, bas = bilan.somme(indicateur.haut), bilan.somme(indicateur.bas)
        flux = typographie(f" ({FLUX})") if indicateur.rapport_de_flux else ""
        sheet.line(indicateur.libelle + flux, "", indicateur.numerateur, haut, indicateur.denominateur, bas)
        sheet.share(1, bilan.pour_mille(indicateur))
    if bilan.collaborations:
        sheet.skip()
        sheet.head("Collaboration dans l’année", "Fréquence")
        for one in bilan.collaborations:
            sheet.line(one.libelle, NIVEAUX[one.niveau])


def _write_tableaux(sheet: Sheet, bilan: BilanFile) -> None:
    for table in bilan.bilan.tables:
        sheet.over(table.titre, sheet.formats.bold_over)
        counted = f"Chaque nombre compte : {table.numerateur}. Total : {table.denominateur}."
        sheet.over(typographie(counted))
        sheet.head("", f"Effectif ({table.unite})", "Part du total", figures=(1, 2))
        total = table.valeur()
        for cle, libelle, valeur in lines(table):
            sheet.line(libelle, valeur, look=None if cle else sheet.formats.bold)
            if cle:
                sheet.share(2, pour_mille(valeur, total))
        sheet.skip()


def _write_graphiques(sheet: Sheet, bilan: BilanFile) -> None:
    starts = []
    for table in bilan.bilan.tables:
        shown = [(libelle, valeur) for cle, libelle, valeur in lines(table) if cle and valeur is not None]
        if len(table.dimensions) != 1 or len(shown) < 2:
            continue
        top = sheet.row
        starts.append(top)
        sheet.head(table.titre, f"Effectif ({table.unite})", figures=(1,))
        for libelle, valeur in shown:
            sheet.line(libelle, valeur)
        title = _chart_title(table, masked=len(table.cellules) - 1 - len(shown))
        spoken = "; ".join(f"{libelle} {valeur}" for libelle, valeur in shown)
        covered = sheet.bars(title, top + 1, sheet.row - 1, f"{title}. {spoken}")
        sheet.row = max(sheet.row, top + covered) + 1
    sheet.keep_whole(starts)


def _write_chiffres(sheet: Sheet, bilan: BilanFile, depth: int) -> None:
    names = [f"{name} {rank}" for rank in range(1, depth + 1) for name in ("dimension", "valeur", "libellé")]
    heads = ("tableau", "univers", "unité", *names, "effectif", "masqué")
    sheet.head(*heads, figures=(len(heads) - 2,))
    sheet.freeze()
    for table in bilan.bilan.tables:
        words = words_of(table)
        for cell in table.cellules:
            pairs = [text for pair in cell.cle for text in (*pair, words[pair])]
            pairs += [""] * (3 * depth - len(pairs))
            masked = "oui" if cell.valeur is None else "non"
            sheet.line(table.code, table.univers, table.unite, *pairs, cell.valeur, masked)
    sheet.filter(len(heads))


def _chart_title(table: ProtectedTable, masked: int) -> str:
    if not masked:
        return table.titre
    words = "effectif non diffusé" if masked == 1 else "effectifs non diffusés"
    return f"{table.titre} ({masked} {words})"
