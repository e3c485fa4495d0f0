"""The bilan file as a workbook: the same figures as the JSON, to be read by a person."""

from __future__ import annotations

from collections.abc import Iterator

from iscg_desktop.disclosure.protected import ProtectedTable
from iscg_desktop.disclosure.tables import Key
from iscg_desktop.exports.bilan_file import BilanFile
from iscg_desktop.exports.bilan_notes import typographie
from iscg_desktop.exports.workbook import Sheet, Workbook


def render(bilan: BilanFile) -> bytes:
    """The workbook; the same value always gives the same bytes.

    Sheets: « Lisez-moi », « Indicateurs », « Tableaux », « Graphiques », « Chiffres » (one line per figure).
    """
    book = Workbook(f"Bilan {bilan.periode.code}", bilan.date_emission)
    depth = max((len(table.dimensions) for table in bilan.bilan.tables), default=0)
    _write_lisez_moi(book.sheet("Lisez-moi", (44, 100)), bilan)
    _write_indicateurs(book.sheet("Indicateurs", (52, 12, 48, 12, 48, 12)), bilan)
    _write_tableaux(book.sheet("Tableaux", (52, 20, 16)), bilan)
    _write_graphiques(book.sheet("Graphiques", (44, 20, 3)), bilan)
    _write_chiffres(book.sheet("Chiffres", (24, 16, 16, *(18, 24, 44) * depth, 10, 10)), bilan, depth)
    return book.finish()


def _write_lisez_moi(sheet: Sheet, bilan: BilanFile) -> None:
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
    for table in _first_of_each_univers(bilan):
        sheet.count(_capital(table.denominateur), table.valeur())
    sheet.skip()
    sheet.line("Comment lire ces chiffres", look=looks.bold)
    for note in bilan.notes:
        sheet.line("", note)
    sheet.skip()
    sheet.line("Les feuilles", look=looks.bold)
    for name, value in (
        ("Indicateurs", "Les parts, avec ce qui est divisé et par quoi."),
        ("Tableaux", "Tous les tableaux, et la part de chaque effectif dans le total imprimé."),
        ("Graphiques", "Les mêmes effectifs en barres, sans ceux qui ne sont pas diffusés."),
        ("Chiffres", "Une ligne par chiffre, pour un tableur ou un autre logiciel."),
    ):
        sheet.line(name, value)
    sheet.skip()
    sheet.line("Identité du fichier", look=looks.bold)
    earlier = "\n".join(bilan.predecesseurs) or "aucun"
    for name, value in (
        ("Coffre", bilan.coffre),
        ("Menu des tableaux", f"version {bilan.menu}"),
        ("Nomenclatures", f"version {bilan.nomenclatures}"),
        ("Protection", f"méthode {bilan.bilan.methode}, seuil k = {bilan.bilan.seuil}"),
        ("Bilans antérieurs pris en compte (SHA-256)", earlier),
    ):
        sheet.line(name, value)


def _write_indicateurs(sheet: Sheet, bilan: BilanFile) -> None:
    sheet.head("Indicateur", "Part", "Numérateur", "", "Dénominateur", "", figures=(1, 3, 5))
    sheet.freeze()
    for indicateur in bilan.indicateurs:
        haut, bas = bilan.somme(indicateur.haut), bilan.somme(indicateur.bas)
        flux = typographie(" (rapport de flux : peut dépasser 100 %)") if indicateur.rapport_de_flux else ""
        sheet.line(indicateur.libelle + flux, "", indicateur.numerateur, haut, indicateur.denominateur, bas)
        sheet.share(1, bilan.pour_mille(indicateur))


def _write_tableaux(sheet: Sheet, bilan: BilanFile) -> None:
    for table in bilan.bilan.tables:
        sheet.over(table.titre, sheet.formats.bold_over)
        counted = f"Chaque nombre compte : {table.numerateur}. Total : {table.denominateur}."
        sheet.over(typographie(counted))
        sheet.head("", f"Effectif ({table.unite})", "Part du total", figures=(1, 2))
        total = table.valeur()
        for cle, libelle, valeur in _lines(table):
            sheet.line(libelle, valeur, look=None if cle else sheet.formats.bold)
            if cle:
                sheet.share(2, _share(valeur, total))
        sheet.skip()


def _write_graphiques(sheet: Sheet, bilan: BilanFile) -> None:
    for table in bilan.bilan.tables:
        shown = [(libelle, valeur) for cle, libelle, valeur in _lines(table) if cle and valeur is not None]
        if len(table.dimensions) != 1 or len(shown) < 2:
            continue
        top = sheet.row
        sheet.head(table.titre, f"Effectif ({table.unite})", figures=(1,))
        for libelle, valeur in shown:
            sheet.line(libelle, valeur)
        title = _chart_title(table, masked=len(table.cellules) - 1 - len(shown))
        spoken = "; ".join(f"{libelle} {valeur}" for libelle, valeur in shown)
        covered = sheet.bars(title, top + 1, sheet.row - 1, f"{title}. {spoken}")
        sheet.row = max(sheet.row, top + covered) + 1


def _write_chiffres(sheet: Sheet, bilan: BilanFile, depth: int) -> None:
    names = [f"{name} {rank}" for rank in range(1, depth + 1) for name in ("dimension", "valeur", "libellé")]
    heads = ("tableau", "univers", "unité", *names, "effectif", "masqué")
    sheet.head(*heads, figures=(len(heads) - 2,))
    sheet.freeze()
    for table in bilan.bilan.tables:
        words = _words(table)
        for cell in table.cellules:
            pairs = [text for pair in cell.cle for text in (*pair, words[pair])]
            pairs += [""] * (3 * depth - len(pairs))
            masked = "oui" if cell.valeur is None else "non"
            sheet.line(table.code, table.univers, table.unite, *pairs, cell.valeur, masked)
    sheet.filter(len(heads))


def _words(table: ProtectedTable) -> dict[tuple[str, str], str]:
    return {
        (dimension.code, category.code): category.libelle
        for dimension in table.dimensions
        for category in dimension.categories
    }


def _lines(table: ProtectedTable) -> Iterator[tuple[Key, str, int | None]]:
    """Key, words and figure of each cell."""
    words = _words(table)
    for cell in table.cellules:
        yield cell.cle, " – ".join(words[pair] for pair in cell.cle) or "Total", cell.valeur


def _share(valeur: int | None, total: int | None) -> int | None:
    """Share per thousand of two printed figures, rounded half up."""
    return None if valeur is None or not total else (2000 * valeur + total) // (2 * total)


def _first_of_each_univers(bilan: BilanFile) -> Iterator[ProtectedTable]:
    seen: set[str] = set()
    for table in bilan.bilan.tables:
        if table.univers not in seen:
            seen.add(table.univers)
            yield table


def _chart_title(table: ProtectedTable, masked: int) -> str:
    if not masked:
        return table.titre
    words = "effectif non diffusé" if masked == 1 else "effectifs non diffusés"
    return f"{table.titre} ({masked} {words})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
