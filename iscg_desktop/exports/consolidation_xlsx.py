"""The consolidation as a workbook, to be read by a person."""

from __future__ import annotations

from iscg_desktop.disclosure.consolidation import Encadrement, TableauReuni
from iscg_desktop.exports.bilan_file import NIVEAUX
from iscg_desktop.exports.bilan_notes import typographie
from iscg_desktop.exports.consolidation_file import ConsolidationFile
from iscg_desktop.exports.workbook import Sheet, Workbook


def render(consolidation: ConsolidationFile) -> bytes:
    """The workbook; the same bilans always give the same bytes."""
    issued = max(source.bilan.date_emission for source in consolidation.sources)
    book = Workbook("Consolidation de bilans", issued)
    _write_lisez_moi(book.sheet("Lisez-moi", (44, 100)), consolidation)
    _write_indicateurs(book.sheet("Indicateurs", (52, 22, 44, 22, 44, 22, 10)), consolidation)
    _write_tableaux(book.sheet("Tableaux", (60, 22, 12, 12, 10)), consolidation)
    if consolidation.collaborations:
        _write_collaborations(book.sheet("Collaborations", (44, 16, 16, 18, 12)), consolidation)
    _write_sources(book.sheet("Bilans réunis", (16, 40, 20, 12, 16, 68)), consolidation)
    return book.finish()


def _write_lisez_moi(sheet: Sheet, consolidation: ConsolidationFile) -> None:
    looks = sheet.formats
    sheet.title("Consolidation de bilans d’activité")
    sheet.over("Intervention sociale en commissariat et gendarmerie")
    sheet.skip()
    sheet.line("Période couverte", f"du {consolidation.debut:%d/%m/%Y} au {consolidation.fin:%d/%m/%Y}")
    sheet.count("Intervenants", consolidation.intervenants)
    sheet.count("Bilans réunis", len(consolidation.sources))
    sheet.count("Trimestres de travail (un intervenant sur un an en compte 4)", consolidation.trimestres)
    sheet.skip()
    sheet.head("Ce qui est compté", "Nombre")
    seen: set[str] = set()
    for table in consolidation.tables:
        if table.univers not in seen:
            seen.add(table.univers)
            words = table.denominateur[:1].upper() + table.denominateur[1:]
            counted = said(table.cellules[0].encadrement)
            if isinstance(counted, int):
                sheet.count(words, counted)
            else:
                sheet.line(words, counted)
    sheet.skip()
    sheet.line("Comment lire ces chiffres", look=looks.bold)
    for note in consolidation.notes:
        sheet.line("", note)


def _write_indicateurs(sheet: Sheet, consolidation: ConsolidationFile) -> None:
    sheet.head("Indicateur", "Part", "Numérateur", "", "Dénominateur", "", "Bilans", figures=(1, 3, 5, 6))
    sheet.freeze()
    for part in consolidation.indicateurs:
        one = part.indicateur
        flux = typographie(" (rapport de flux : peut dépasser 100 %)") if one.rapport_de_flux else ""
        sheet.line(
            one.libelle + flux,
            "",
            one.numerateur,
            said(part.haut),
            one.denominateur,
            said(part.bas),
            part.bilans,
        )
        if part.pour_mille.exact is not None:
            sheet.share(1, part.pour_mille.exact)
        else:
            sheet.word(1, _share_said(part.pour_mille))


def _write_tableaux(sheet: Sheet, consolidation: ConsolidationFile) -> None:
    for table in consolidation.tables:
        words = _words(table)
        sheet.over(f"{table.titre} ({table.bilans} bilans)", sheet.formats.bold_over)
        sheet.over(typographie(f"Chaque nombre compte : {table.numerateur}. Total : {table.denominateur}."))
        heads = ("", f"Effectif ({table.unite})", "Minimum", "Maximum", "Bilans")
        sheet.head(*heads, figures=(1, 2, 3, 4))
        for cell in table.cellules:
            libelle = " – ".join(words[pair] for pair in cell.cle) or "Total"
            between = cell.encadrement
            high = "" if between.maximum is None else between.maximum
            sheet.line(libelle, said(between), between.minimum, high, cell.bilans)
        sheet.skip()


def _write_collaborations(sheet: Sheet, consolidation: ConsolidationFile) -> None:
    sheet.over("Part des postes qui travaillent ainsi avec chaque famille de partenaires, dans l’année")
    sheet.skip()
    heads = ("", *(word[:1].upper() + word[1:] for word in NIVEAUX.values()), "Postes")
    sheet.head(*heads, figures=range(1, len(heads)))
    for one in consolidation.collaborations:
        sheet.line(one.libelle, *("" for _ in NIVEAUX), sum(one.postes))
        for place, share in enumerate(one.pour_mille, start=1):
            sheet.share(place, share)


def _write_sources(sheet: Sheet, consolidation: ConsolidationFile) -> None:
    sheet.head("Intervenant", "Employeur", "Coffre", "Période", "Émis le", "SHA-256")
    sheet.freeze()
    for source in consolidation.sources:
        bilan = source.bilan
        sheet.line(
            bilan.emetteur.id,
            bilan.emetteur.employeur,
            bilan.coffre,
            bilan.periode.code,
            f"{bilan.date_emission:%d/%m/%Y}",
            source.sha256,
        )


def said(between: Encadrement) -> int | str:
    """« 120 », « de 100 à 120 », « au moins 100 »."""
    if between.exact is not None:
        return between.exact
    if between.maximum is None:
        return f"au moins {between.minimum}"
    return f"de {between.minimum} à {between.maximum}"


def _share_said(between: Encadrement) -> str:
    low = f"{between.minimum // 10},{between.minimum % 10}"
    if between.maximum is None:
        return f"au moins {low}\u00a0%"
    return f"de {low} à {between.maximum // 10},{between.maximum % 10}\u00a0%"


def _words(table: TableauReuni) -> dict[tuple[str, str], str]:
    return {
        (dimension.code, category.code): category.libelle
        for dimension in table.dimensions
        for category in dimension.categories
    }
