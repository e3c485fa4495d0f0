"""What each column of a spreadsheet says: its name, some of what it holds, an answer for the one chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal, Slot

from iscg_desktop.domain.importation import CHAMPS, PAR_CODE, Correspondance, column_key, doubled
from iscg_desktop.services.importation import Fichier
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.type_ahead import TypeAhead

_SAMPLES = 3
_LOOKED_AT = 200  # lines in which samples are looked for
_SHORT = 30


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column as the table shows it; ``champ`` is the code of what it says, "" when it is left out."""

    entete: str
    exemples: str
    champ: str
    en_double: bool = False


class ColonnesCard(Card):
    """The columns; Enter on one goes to its answer.

    Signals:
        changed: A column says something else; carries what all of them say, by name.
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("Ce que dit chaque colonne"))
        self.table = DataTable(
            [
                Column(self.tr("Colonne du fichier"), lambda c: c.entete, tooltip=lambda c: c.entete),
                Column(self.tr("Exemples"), lambda c: c.exemples, stretch=True),
                Column(self.tr("Ce qu’elle dit"), self._said, role=self._role, stretch=True),
            ],
            fit_rows=8,
            name=self.tr("Colonnes du fichier"),
        )
        self.table.view.setSortingEnabled(False)
        self.champ = TypeAhead([(c.code, c.libelle) for c in CHAMPS] + [("", self.tr("Laissée de côté"))])
        self.field = Field(self.tr("La c&olonne choisie dit"), self.champ)
        self.twice = InlineMessage("warn", dismissible=False)
        for widget in (
            Quiet(
                self.tr(
                    "Les colonnes reconnues sont déjà remplies. Choisissez une ligne pour dire autre chose."
                )
            ),
            self.table,
            self.field,
            self.twice,
        ):
            self.add(widget)
        self._colonnes: dict[str, str] = {}
        self.table.selection_changed.connect(self._on_selection_changed)
        self.table.activated.connect(self._on_activated)
        self.champ.committed.connect(self._on_committed)

    def show_file(self, fichier: Fichier, said: Correspondance) -> None:
        """Show the columns of a file."""
        self._fichier = fichier
        self._samples = [self._samples_of(place) for place in range(len(fichier.tableur.entetes))]
        self._colonnes = {
            column_key(entete): champ.code if (champ := said.champ(entete)) else ""
            for entete in fichier.tableur.entetes
        }
        self._show()
        self.table.select(self.table.records()[0])

    def _show(self) -> None:
        entetes = self._fichier.tableur.entetes
        twice = doubled(entetes, Correspondance(self._colonnes))
        codes = {champ.code for champ in twice}
        chosen = self.table.selected()
        self.table.set_records(
            Colonne(entete, samples, champ := self._colonnes[column_key(entete)], champ in codes)
            for entete, samples in zip(entetes, self._samples, strict=True)
        )
        if chosen is not None:
            self._choose(chosen.entete)
        names = ", ".join(f"«\u00a0{champ.libelle}\u00a0»" for champ in twice)
        self.twice.show_message(
            "warn",
            self.tr("Dit par plusieurs colonnes\u00a0: {noms}. Laissez-en une seule.").format(noms=names)
            if twice
            else "",
        )

    def _choose(self, entete: str) -> None:
        found = next((each for each in self.table.records() if each.entete == entete), None)
        if found is not None:
            self.table.select(found)

    def _samples_of(self, place: int) -> str:
        lines = self._fichier.tableur.lignes[:_LOOKED_AT]
        cells = dict.fromkeys(" ".join(cells[place].split()) for _, cells in lines)
        seen = [cell for cell in cells if cell][:_SAMPLES]
        return " · ".join(cell if len(cell) <= _SHORT else cell[: _SHORT - 1] + "…" for cell in seen)

    def _said(self, colonne: Colonne) -> str:
        if not colonne.champ:
            return self.tr("laissée de côté")
        return PAR_CODE[colonne.champ].libelle

    def _role(self, colonne: Colonne) -> str:
        if colonne.en_double:
            return "warn"
        return "good" if colonne.champ else "quiet"

    @Slot(object)
    def _on_selection_changed(self, colonne: Colonne | None) -> None:
        if colonne is not None:
            self.champ.set_value(colonne.champ)
            self.field.clear_error()

    @Slot(object)
    def _on_activated(self, _colonne: object) -> None:
        self.champ.setFocus(Qt.FocusReason.OtherFocusReason)
        self.champ.selectAll()

    @Slot(object)
    def _on_committed(self, champ: str | None) -> None:
        colonne = self.table.selected()
        if colonne is None or colonne.champ == (champ or ""):
            return
        self._colonnes[column_key(colonne.entete)] = champ or ""
        self._show()
        self._on_selection_changed(replace(colonne, champ=champ or ""))
        self.changed.emit(dict(self._colonnes))
