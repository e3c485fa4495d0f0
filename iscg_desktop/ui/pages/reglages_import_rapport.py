"""What an import would do: how much, and line by line what is refused or taken otherwise than written."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Slot

from iscg_desktop.domain.importation import PAR_CODE, Rapport
from iscg_desktop.errors import Problem
from iscg_desktop.messages import sentence
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Text


@dataclass(frozen=True, slots=True)
class Remarque:
    """Something said of a line."""

    numero: int
    problem: Problem
    refusee: bool


class RapportCard(Card):
    """The report, and « Importer » when no line is refused."""

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("Vérification"))
        self.verdict = InlineMessage("good", dismissible=False)
        self.counts = Text()
        self.table = DataTable(
            [
                Column(self.tr("Ligne"), lambda r: str(r.numero), align="right"),
                Column(self.tr("Colonne"), self._champ),
                Column(
                    self.tr("Ce qui est à savoir"),
                    lambda r: sentence(r.problem),
                    stretch=True,
                    tooltip=lambda r: sentence(r.problem),
                ),
                Column(self.tr("État"), self._state, role=lambda r: "alert" if r.refusee else "warn"),
            ],
            fit_rows=10,
            name=self.tr("Lignes à regarder"),
        )
        self.table.view.setSortingEnabled(False)
        self.whole = Text()
        self.table.selection_changed.connect(self._on_selection_changed)
        self.check = Button(self.tr("Vérifie&r"), icon="search")
        self.run = Button(self.tr("&Importer"), kind="primary", icon="download")
        for widget in (self.check, self.verdict, self.counts, self.table, self.whole, self.run):
            self.add(widget)
        self.forget()

    def forget(self) -> None:
        """Nothing is checked: something changed."""
        self.verdict.clear()
        for widget in (self.counts, self.table, self.whole, self.run):
            widget.hide()

    def show_report(self, rapport: Rapport) -> None:
        """Show what was found; refused lines first."""
        refused = rapport.refusees
        remarks = [
            *(Remarque(line.numero, problem, True) for line in refused for problem in line.problems),
            *(Remarque(line.numero, said, False) for line in rapport.remarquees for said in line.remarques),
        ]
        self.table.set_records(remarks)
        self.table.setVisible(bool(remarks))
        if remarks:
            self.table.select(remarks[0])
        self.counts.setText(self._counted(rapport))
        self.counts.show()
        self.run.setVisible(not refused)
        if refused:
            words = self.tr("%n ligne(s) ne peut (peuvent) pas entrer.", "", len(refused))
            self.verdict.show_message(
                "alert",
                words
                + self.tr(
                    " Corrigez le fichier, ou les réponses ci-dessus, puis vérifiez de nouveau. Rien n’a changé."
                ),
            )
        else:
            self.verdict.show_message(
                "good", self.tr("Toutes les lignes peuvent entrer. Rien n’est encore importé.")
            )

    @Slot(object)
    def _on_selection_changed(self, remarque: Remarque | None) -> None:
        """The row has room for the beginning of the sentence only."""
        self.whole.setText(sentence(remarque.problem) if remarque is not None else "")
        self.whole.setVisible(remarque is not None)

    def _counted(self, rapport: Rapport) -> str:
        counted = [
            self.tr("%n dossier(s)", "", rapport.dossiers),
            self.tr("%n entretien(s)", "", rapport.entretiens),
            self.tr("%n personne(s)", "", rapport.personnes),
        ]
        if rapport.hors_bilan:
            counted.append(self.tr("dont %n entretien(s) hors des bilans", "", rapport.hors_bilan))
        return " · ".join(counted)

    def _champ(self, remarque: Remarque) -> str:
        champ = PAR_CODE.get(remarque.problem.field or "")
        return champ.libelle if champ else "–"

    def _state(self, remarque: Remarque) -> str:
        return self.tr("refusée") if remarque.refusee else self.tr("remarque")
