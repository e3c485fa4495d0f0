"""The cards of the bilan: key figures, what is missing, one counted table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.disclosure.protected import ProtectedTable
from iscg_desktop.domain.bilan import TableauCompte
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.labels import Figure, Quiet
from iscg_desktop.ui.widgets.line import Line

MASK = "•"

# Totals looked at first: table of the menu that carries each.
_KEY_TABLES = ("principale", "sexe", "entretiens_conjoints", "orientations", "saisines", "fiches", "retours")


@dataclass(frozen=True, slots=True)
class Cellule:
    """One line of a table on screen.

    Attributes:
        effectif: Exact count, inside the coffre.
        part: Share of the total, 0 to 1; None without a total.
        remis: What is printed outside: the figure or the mask; empty before it is known.
    """

    libelle: str
    effectif: int
    part: float | None
    remis: str


class KeyFigures(QWidget):
    """The totals, in large."""

    def __init__(self, comptes: Sequence[TableauCompte]) -> None:
        super().__init__()
        names = {
            "principale": self.tr("dossiers"),
            "sexe": self.tr("personnes accueillies"),
            "entretiens_conjoints": self.tr("entretiens réalisés"),
            "orientations": self.tr("orientations"),
            "saisines": self.tr("saisines"),
            "fiches": self.tr("fiches de liaison"),
            "retours": self.tr("retours"),
        }
        totals = {compte.tableau.code: compte.total for compte in comptes}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for code in _KEY_TABLES:
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(Figure(str(totals.get(code, 0))))
            column.addWidget(Quiet(names[code]))
            row.addLayout(column, 1)


class MissingCard(Card):
    """What counts as non renseigné, where it can still be mended."""

    def __init__(self, missing: Sequence[tuple[TableauCompte, int]]) -> None:
        super().__init__(self.tr("Ce qui n’est pas renseigné"))
        for compte, number in missing:
            share = number / compte.total
            self.add(
                Line(
                    compte.tableau.titre,
                    self.tr("%n sur {total}", "", number).replace("{total}", str(compte.total))
                    + f" · {share:.0%}".replace("%", " %"),
                )
            )
        self.add(Quiet(self.tr("Un renseignement se complète au prochain entretien de la personne.")))


class TableCard(Card):
    """One table of one dimension: exact counts beside what leaves the coffre."""

    def __init__(self, compte: TableauCompte, protected: ProtectedTable | None) -> None:
        super().__init__(compte.tableau.titre)
        tableau = compte.tableau
        self.add(
            Quiet(
                self.tr("{numerateur} ÷ {denominateur}")
                .replace("{numerateur}", tableau.numerateur)
                .replace("{denominateur}", tableau.denominateur)
            )
        )
        columns: list[Column[Cellule]] = [
            Column("", lambda cell: cell.libelle, stretch=True),
            Column(
                self.tr("Effectif"),
                lambda cell: str(cell.effectif),
                sort=lambda cell: cell.effectif,
                align="right",
            ),
            Column(
                self.tr("Part"),
                lambda cell: (
                    "–" if cell.part is None else f"{cell.part:.1%}".replace(".", ",").replace("%", " %")
                ),
                sort=lambda cell: cell.part,
                align="right",
                share=lambda cell: cell.part,
            ),
        ]
        if protected is not None:
            columns.append(Column(self.tr("Remis"), lambda cell: cell.remis, align="right"))
        table = DataTable(columns, fit_rows=14, name=tableau.titre)
        table.set_records(_cells(compte, protected, self.tr("Total")))
        self.add(table)


def _cells(compte: TableauCompte, protected: ProtectedTable | None, total: str) -> tuple[Cellule, ...]:
    found = []
    for dimension in compte.tableau.dimensions:
        for categorie in dimension.categories:
            cle = ((dimension.code, categorie.code),)
            unites = compte.effectifs[cle].unites
            part = unites / compte.total if compte.total else None
            found.append(Cellule(categorie.libelle, unites, part, _printed(protected, cle)))
    found.append(Cellule(total, compte.total, None, _printed(protected, ())))
    return tuple(found)


def _printed(protected: ProtectedTable | None, cle: tuple[tuple[str, str], ...]) -> str:
    if protected is None:
        return ""
    value = protected.valeur(cle)
    return MASK if value is None else str(value)
