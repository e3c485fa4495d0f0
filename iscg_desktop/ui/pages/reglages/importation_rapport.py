"""What an import would do: how much, and line by line what is refused or taken otherwise than written."""

from __future__ import annotations

from dataclasses import dataclass

from iscg_desktop.domain.importation import PAR_CODE, Rapport
from iscg_desktop.errors import Problem
from iscg_desktop.messages import explained, sentence
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.explained_table import ExplainedTable
from iscg_desktop.ui.widgets.inline_message import InlineMessage, Tone
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
        self.remarks = ExplainedTable(
            [
                Column(self.tr("Ligne"), lambda r: str(r.numero), align="right"),
                Column(self.tr("Colonne"), self._champ),
            ],
            self.tr("Ce qui est à savoir"),
            said=lambda r: sentence(r.problem),
            tone=self._role,
            after=[Column(self.tr("État"), self._state, role=self._role)],
            fit_rows=10,
            name=self.tr("Lignes à regarder"),
        )
        self.table = self.remarks.table
        self.table.view.setSortingEnabled(False)
        self.check = Button(self.tr("Vérifie&r"), icon="search")
        self.run = Button(self.tr("&Importer"), kind="primary", icon="download")
        for widget in (self.check, self.verdict, self.counts, self.remarks, self.run):
            self.add(widget)
        self.forget()

    def forget(self) -> None:
        """Nothing is checked: something changed."""
        self.verdict.clear()
        for widget in (self.counts, self.remarks, self.run):
            widget.hide()

    def show_report(self, rapport: Rapport) -> None:
        """Show what was found; refused lines first."""
        refused = rapport.refusees
        remarks = [
            *(Remarque(line.numero, problem, True) for line in refused for problem in line.problems),
            *(Remarque(line.numero, said, False) for line in rapport.remarquees for said in line.remarques),
        ]
        self.remarks.set_records(remarks)
        self.remarks.setVisible(bool(remarks))
        self.counts.setText(self._counted(rapport))
        self.counts.show()
        self.run.setVisible(not refused)
        if refused:
            words = self.tr("%n ligne(s) ne peut (peuvent) pas entrer.", "", len(refused))
            words += self.tr(
                " Corrigez le fichier, ou les réponses ci-dessus, puis vérifiez de nouveau. Rien n’a changé."
            )
            self.verdict.show_message("alert", explained(words, "import#vérifier-avant-dimporter"))
        else:
            self.verdict.show_message(
                "good", self.tr("Toutes les lignes peuvent entrer. Rien n’est encore importé.")
            )

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

    def _role(self, remarque: Remarque) -> Tone:
        return "alert" if remarque.refusee else "warn"

    def _state(self, remarque: Remarque) -> str:
        return self.tr("refusée") if remarque.refusee else self.tr("remarque")
