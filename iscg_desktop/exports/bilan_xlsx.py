"""The bilan file as a workbook: the same figures as the JSON, to be read by a person."""

from __future__ import annotations

import io
import math
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, time
from typing import Any, TypeAlias

import xlsxwriter

from iscg_desktop.disclosure.protected import ProtectedTable
from iscg_desktop.disclosure.tables import Key
from iscg_desktop.exports.bilan_file import BilanFile
from iscg_desktop.exports.bilan_notes import MASQUE, typographie

_ENCRE = "#1F2933"
_TRAIT = "#8A97A5"
_FOND = "#E8EEF2"
_ACCENT = "#2F6F73"
# Height of one line of text, in points.
_LINE = 15.0
# Widest sheet, in characters, that stays readable on a page held upright.
_PORTRAIT = 150

Format: TypeAlias = Any  # XlsxWriter has no types


def render(bilan: BilanFile) -> bytes:
    """The workbook; the same value always gives the same bytes, and nothing tells who made it or when.

    Sheets: « Lisez-moi », « Indicateurs », « Tableaux », « Graphiques », « Chiffres » (one line per figure).
    """
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(buffer, options)
    issued = datetime.combine(bilan.date_emission, time())
    book.set_properties({"title": f"Bilan {bilan.periode.code}", "author": "", "created": issued})
    formats = _Formats(book)
    _write_lisez_moi(_Sheet(book, "Lisez-moi", formats, (44, 100)), bilan)
    _write_indicateurs(_Sheet(book, "Indicateurs", formats, (52, 12, 48, 12, 48, 12)), bilan)
    _write_tableaux(_Sheet(book, "Tableaux", formats, (52, 20, 16)), bilan)
    _write_graphiques(_Sheet(book, "Graphiques", formats, (44, 20, 3)), bilan)
    depth = max((len(table.dimensions) for table in bilan.bilan.tables), default=0)
    _write_chiffres(
        _Sheet(book, "Chiffres", formats, (24, 16, 16, *(18, 24, 44) * depth, 10, 10)), bilan, depth
    )
    book.close()
    return buffer.getvalue()


class _Formats:
    """The few looks of a cell."""

    def __init__(self, book: Any) -> None:
        # A text that begins like a formula stays a text, even after a passage through another program.
        text = {
            "font_name": "Calibri",
            "font_size": 11,
            "font_color": _ENCRE,
            "quote_prefix": True,
            "indent": 1,
        }
        wrapped = {**text, "text_wrap": True, "valign": "top"}
        self.text: Format = book.add_format(wrapped)
        self.bold: Format = book.add_format({**wrapped, "bold": True})
        self.bold_over: Format = book.add_format({**text, "bold": True})
        self.aside: Format = book.add_format(text)
        self.title: Format = book.add_format({**text, "bold": True, "font_size": 16})
        head = {**wrapped, "bold": True, "bg_color": _FOND, "bottom": 1, "bottom_color": _TRAIT}
        self.head: Format = book.add_format(head)
        self.figure_head: Format = book.add_format({**head, "align": "right", "indent": 0})
        mask = {**text, "font_color": _TRAIT, "indent": 0, "valign": "top"}
        self.mask: Format = book.add_format({**mask, "align": "right"})
        self.mask_left: Format = book.add_format({**mask, "align": "left", "indent": 1})
        number = {**text, "quote_prefix": False, "indent": 0, "valign": "top"}
        self.number: Format = book.add_format({**number, "num_format": "#,##0", "align": "right"})
        self.number_left: Format = book.add_format(
            {**number, "num_format": "#,##0", "align": "left", "indent": 1}
        )
        self.share: Format = book.add_format({**number, "num_format": "0.0\u00a0%", "align": "right"})


class _Sheet:
    """A sheet written from top to bottom."""

    def __init__(self, book: Any, name: str, formats: _Formats, widths: Sequence[int]) -> None:
        self.book = book
        self.name = name
        self.formats = formats
        self.row = 0
        self._widths = widths
        self._sheet = book.add_worksheet(name)
        self._sheet.hide_gridlines(2)
        self._sheet.set_paper(9)
        if sum(widths) > _PORTRAIT:
            self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)

    def line(self, *values: str | int | None, look: Format = None) -> None:
        """Write a line; None is a masked figure, an empty text an empty cell."""
        height = _LINE * max(map(self._lines_of, range(len(values)), values), default=1)
        self._sheet.set_row(self.row, height)
        for column, value in enumerate(values):
            if value is None:
                self._sheet.write_string(self.row, column, MASQUE, self.formats.mask)
            elif isinstance(value, int):
                self._sheet.write_number(self.row, column, value, self.formats.number)
            elif value:
                self._sheet.write_string(self.row, column, value, look or self.formats.text)
        self.row += 1

    def head(self, *names: str, figures: Collection[int] = ()) -> None:
        """Write the heads of columns, those of figures to the right."""
        for column, name in enumerate(names):
            look = self.formats.figure_head if column in figures else self.formats.head
            self._sheet.write_string(self.row, column, name, look)
        self.row += 1

    def count(self, name: str, valeur: int | None) -> None:
        """Write a name and its figure beside it."""
        self.line(name)
        if valeur is None:
            self._sheet.write_string(self.row - 1, 1, MASQUE, self.formats.mask_left)
        else:
            self._sheet.write_number(self.row - 1, 1, valeur, self.formats.number_left)

    def over(self, text: str, look: Format, height: float = _LINE) -> None:
        """Write a line that runs over the next columns."""
        self._sheet.write_string(self.row, 0, text, look)
        self._sheet.set_row(self.row, height)
        self.row += 1

    def share(self, column: int, pour_mille: int | None) -> None:
        """Write a share into the line just written."""
        if pour_mille is None:
            self._sheet.write_string(self.row - 1, column, MASQUE, self.formats.mask)
        else:
            self._sheet.write_number(self.row - 1, column, pour_mille / 1000, self.formats.share)

    def freeze(self) -> None:
        """Keep the lines written so far in sight."""
        self._sheet.freeze_panes(self.row, 0)

    def filter(self, columns: int) -> None:
        """Offer a filter on the first line."""
        self._sheet.autofilter(0, 0, self.row - 1, columns - 1)

    def _lines_of(self, column: int, value: str | int | None) -> int:
        """Lines that a text takes in its column: not every program works that out when it opens a file."""
        paragraphs = value.split("\n") if isinstance(value, str) else [""]
        return sum(max(1, math.ceil(1.05 * len(one) / self._widths[column])) for one in paragraphs)

    def chart(self, chart: Any, row: int, description: str) -> None:
        """Place a chart beside its figures, with its figures in words for a screen reader."""
        self._sheet.insert_chart(row, 3, chart, {"description": description})


def _write_lisez_moi(sheet: _Sheet, bilan: BilanFile) -> None:
    looks, periode = sheet.formats, bilan.periode
    sheet.over(f"Bilan d’activité – {periode.libelle}", looks.title, 1.6 * _LINE)
    sheet.over("Intervention sociale en commissariat et gendarmerie", looks.aside)
    sheet.row += 1
    for name, value in (
        ("Période", f"du {periode.debut:%d/%m/%Y} au {periode.fin:%d/%m/%Y} ({periode.code})"),
        ("Date d’émission", f"{bilan.date_emission:%d/%m/%Y}"),
        ("Employeur", bilan.emetteur.employeur),
        ("Intervenant (identifiant)", bilan.emetteur.id),
    ):
        sheet.line(name, value)
    sheet.row += 1
    sheet.head("Ce qui est compté", "Nombre")
    for table in _first_of_each_univers(bilan):
        sheet.count(_capital(table.denominateur), table.valeur())
    sheet.row += 1
    sheet.line("Comment lire ces chiffres", look=looks.bold)
    for note in bilan.notes:
        sheet.line("", note)
    sheet.row += 1
    sheet.line("Les feuilles", look=looks.bold)
    for name, value in (
        ("Indicateurs", "Les parts, avec ce qui est divisé et par quoi."),
        ("Tableaux", "Tous les tableaux, et la part de chaque effectif dans le total imprimé."),
        ("Graphiques", "Les mêmes effectifs en barres, sans ceux qui ne sont pas diffusés."),
        ("Chiffres", "Une ligne par chiffre, pour un tableur ou un autre logiciel."),
    ):
        sheet.line(name, value)
    sheet.row += 1
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


def _write_indicateurs(sheet: _Sheet, bilan: BilanFile) -> None:
    sheet.head("Indicateur", "Part", "Numérateur", "", "Dénominateur", "", figures=(1, 3, 5))
    sheet.freeze()
    for indicateur in bilan.indicateurs:
        haut, bas = bilan.somme(indicateur.haut), bilan.somme(indicateur.bas)
        flux = typographie(" (rapport de flux : peut dépasser 100 %)") if indicateur.rapport_de_flux else ""
        sheet.line(indicateur.libelle + flux, "", indicateur.numerateur, haut, indicateur.denominateur, bas)
        sheet.share(1, bilan.pour_mille(indicateur))


def _write_tableaux(sheet: _Sheet, bilan: BilanFile) -> None:
    for table in bilan.bilan.tables:
        sheet.over(table.titre, sheet.formats.bold_over)
        counted = f"Chaque nombre compte : {table.numerateur}. Total : {table.denominateur}."
        sheet.over(typographie(counted), sheet.formats.aside)
        sheet.head("", f"Effectif ({table.unite})", "Part du total", figures=(1, 2))
        total = table.valeur()
        for cle, libelle, valeur in _lines(table):
            sheet.line(libelle, valeur, look=None if cle else sheet.formats.bold)
            if cle:
                sheet.share(2, _share(valeur, total))
        sheet.row += 1


def _write_graphiques(sheet: _Sheet, bilan: BilanFile) -> None:
    for table in bilan.bilan.tables:
        shown = [(libelle, valeur) for cle, libelle, valeur in _lines(table) if cle and valeur is not None]
        if len(table.dimensions) != 1 or len(shown) < 2:
            continue
        top = sheet.row
        sheet.head(table.titre, f"Effectif ({table.unite})", figures=(1,))
        for libelle, valeur in shown:
            sheet.line(libelle, valeur)
        absent = len(table.cellules) - 1 - len(shown)
        chart = _bars(sheet, _chart_title(table, absent), top + 1, len(shown))
        spoken = "; ".join(f"{libelle} {valeur}" for libelle, valeur in shown)
        sheet.chart(chart, top, f"{_chart_title(table, absent)}. {spoken}")
        sheet.row = max(sheet.row, top + _chart_rows(len(shown))) + 1


def _write_chiffres(sheet: _Sheet, bilan: BilanFile, depth: int) -> None:
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


def _bars(sheet: _Sheet, title: str, first: int, count: int) -> Any:
    """Horizontal bars, first category on top, every bar with its figure."""
    chart = sheet.book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "categories": [sheet.name, first, 0, first + count - 1, 0],
            "values": [sheet.name, first, 1, first + count - 1, 1],
            "fill": {"color": _ACCENT},
            "gap": 40,
            "border": {"none": True},
            "data_labels": {"value": True, "position": "outside_end", "font": {"size": 10, "color": _ENCRE}},
        }
    )
    chart.set_title({"name": title, "name_font": {"size": 12, "color": _ENCRE}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"color": _FOND}})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 10, "color": _ENCRE}, "line": {"color": _TRAIT}})
    chart.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 640, "height": 20 * _chart_rows(count)})
    return chart


def _chart_title(table: ProtectedTable, absent: int) -> str:
    if not absent:
        return table.titre
    return (
        f"{table.titre} ({absent} effectif{'s' if absent > 1 else ''} non diffusé{'s' if absent > 1 else ''})"
    )


def _chart_rows(count: int) -> int:
    return 5 + 2 * count


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
