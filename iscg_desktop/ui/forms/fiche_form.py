"""The form of a fiche de liaison: recipient, what is asked, what this recipient may know, accord."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import Any

from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.fiche_liaison import FicheContent, Item
from iscg_desktop.domain.fiche_sections import Accord, Base, Canal, Reponse, TypeFiche, Urgence
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.forms.choices import coded
from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.text_area import TextArea

# Fields whose code is a closed list of the fiche.
_CODED: dict[str, type[StrEnum]] = {
    "type": TypeFiche,
    "urgence": Urgence,
    "destinataire.canal": Canal,
    "evaluation.grille_danger": Reponse,
    "information.accord": Accord,
    "information.parents_informes": Reponse,
    "base.base": Base,
}
_ITEM = "item:"


class FicheForm(Form):
    """Fields are named by their path in ``FicheContent``, so that a problem finds its own.

    Args:
        listes: What the closed lists offer.
        labels: Words of each item that may be ticked.
        today: The day dates are read on.
    """

    def __init__(
        self,
        listes: ListesService,
        labels: Mapping[Item, str],
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._content = FicheContent()
        self._today = today
        self.column.setSpacing(GAP)
        self._add_recipient(listes)
        self._add_request(listes)
        self._add_items(labels)
        self._add_contact()
        self._add_words(listes)
        self._minor = self._add_minor(listes)
        self._add_accord(listes)

    def show_content(self, content: FicheContent) -> None:
        """Show a fiche; what the form has no field for is kept as it is."""
        self._content = content
        for name in self.fields:
            if name.startswith(_ITEM):
                self.put(name, Item(name.removeprefix(_ITEM)) in content.items)
            else:
                value: object = reduce(getattr, name.split("."), content)
                self.put(name, str(value) if isinstance(value, StrEnum) else value)
        self._minor.setVisible(content.mineur)

    def read(self) -> FicheContent:
        """The fiche as the form stands."""
        content = self._content
        ticked = set()
        for name, value in self.values().items():
            if name.startswith(_ITEM):
                if value:
                    ticked.add(Item(name.removeprefix(_ITEM)))
                continue
            if name in _CODED:
                value = (
                    _CODED[name](value)
                    if value
                    else (Accord.NON_RECUEILLI if name == "information.accord" else None)
                )
            content = _with(content, name, value)
        return replace(content, items=frozenset(ticked))

    def _card(self, title: str) -> FormGrid:
        card, grid = Card(title), FormGrid()
        card.add(grid)
        self.column.addWidget(card)
        return grid

    def _row(self, listes: ListesService, liste: str, *, clearable: bool = True) -> ChoiceRow:
        return ChoiceRow(coded(listes[liste]), clearable=clearable)

    def _answers(self) -> ChoiceRow:
        return ChoiceRow([("oui", self.tr("oui")), ("non", self.tr("non")), ("inconnu", self.tr("inconnu"))])

    def _add_recipient(self, listes: ListesService) -> None:
        grid = self._card(self.tr("Destinataire"))
        self.add(grid, "destinataire.service", self.tr("&Service"), LineEdit(), 6)
        self.add(grid, "destinataire.personne", self.tr("&Personne"), LineEdit(), 6)
        self.add(grid, "destinataire.adresse", self.tr("A&dresse"), TextArea(rows=2, max_rows=4), 6)
        self.add(grid, "destinataire.courriel", self.tr("Courr&iel"), LineEdit(), 6)
        self.add(grid, "destinataire.canal", self.tr("&Remise"), self._row(listes, "canal_fiche"), 12)

    def _add_request(self, listes: ListesService) -> None:
        grid = self._card(self.tr("Demande"))
        self.add(grid, "type", self.tr("&Objet"), self._row(listes, "type_fiche"), 12)
        self.add(grid, "urgence", self.tr("&Urgence"), self._row(listes, "urgence"), 12)
        self.add(grid, "motif", self.tr("&Motif"), LineEdit(), 12)
        self.add(grid, "alerte", "", CheckBox(self.tr("A&lerte : à lire en premier")), 6)
        self.add(grid, "alerte_motif", self.tr("Motif de l’alerte"), LineEdit(), 6)

    def _add_items(self, labels: Mapping[Item, str]) -> None:
        grid = self._card(self.tr("Ce que ce destinataire doit savoir"))
        grid.add(Quiet(self.tr("Ce qui n’est pas coché n’est pas imprimé, ni gardé dans la fiche.")), 12)
        for item in Item:
            self.add(grid, _ITEM + item.value, "", CheckBox(labels[item]), 4)

    def _add_contact(self) -> None:
        grid = self._card(self.tr("Contact sûr"))
        self.add(grid, "contact_sur.numero", self.tr("&Numéro sûr"), LineEdit(), 6)
        self.add(grid, "contact_sur.adresse", self.tr("Adresse sûre"), LineEdit(), 6)
        self.add(grid, "contact_sur.jours", self.tr("Jours sûrs"), LineEdit(), 6)
        self.add(grid, "contact_sur.heures", self.tr("Heures sûres"), LineEdit(), 6)
        self.add(grid, "contact_sur.qui_vit_la", self.tr("Qui vit là"), LineEdit(), 6)
        self.add(
            grid,
            "contact_sur.ne_pas_laisser_de_message",
            "",
            CheckBox(self.tr("Ne pas laisser de message")),
            6,
        )

    def _add_words(self, listes: ListesService) -> None:
        grid = self._card(self.tr("Exposé et évaluation"))
        self.add(grid, "recit", self.tr("&Exposé des faits"), TextArea(rows=6), 12)
        self.add(grid, "evaluation.besoins", self.tr("&Besoins"), TextArea(rows=2), 12)
        self.add(grid, "evaluation.risques", self.tr("Ris&ques"), TextArea(rows=2), 12)
        self.add(grid, "evaluation.ressources", self.tr("Appuis de la personne"), TextArea(rows=2), 12)
        self.add(
            grid,
            "evaluation.grille_danger",
            self.tr("Grille de danger faite par les forces de l’ordre"),
            self._answers(),
            12,
            hint=self.tr("Jamais ses réponses."),
        )
        self.add(grid, "suivi.referent", self.tr("Référent social, s’il y en a un"), LineEdit(), 12)

    def _add_minor(self, listes: ListesService) -> Card:
        card, grid = Card(self.tr("Pour un mineur")), FormGrid()
        card.add(grid)
        self.column.addWidget(card)
        self.add(grid, "scolarite.etablissement", self.tr("Établissement scolaire"), LineEdit(), 6)
        self.add(grid, "scolarite.classe", self.tr("Classe"), LineEdit(), 6)
        return card

    def _add_accord(self, listes: ListesService) -> None:
        grid = self._card(self.tr("Information et accord"))
        self.add(grid, "information.informee_le", self.tr("In&formée le"), DateEdit(self._today), 6)
        self.add(grid, "information.comment", self.tr("Comment"), LineEdit(), 6)
        self.add(
            grid, "information.accord", self.tr("&Accord"), self._row(listes, "accord", clearable=False), 12
        )
        self.add(grid, "information.portee", self.tr("Portée de l’accord"), LineEdit(), 6)
        self.add(grid, "information.retrait_le", self.tr("Accord retiré le"), DateEdit(self._today), 6)
        self.add(grid, "base.base", self.tr("Base du parta&ge"), self._row(listes, "base_partage"), 12)
        self.add(grid, "base.precision", self.tr("Précision"), LineEdit(), 12)
        self.add(grid, "information.parents_informes", self.tr("Parents informés"), self._answers(), 12)
        self.add(grid, "information.parents_motif", self.tr("Sinon, pourquoi"), LineEdit(), 12)


def _with(content: FicheContent, path: str, value: Any) -> FicheContent:
    """The content with one value changed, at a path of one or two names."""
    section, _, name = path.rpartition(".")
    if not section:
        return replace(content, **{name: value})
    return replace(content, **{section: replace(getattr(content, section), **{name: value})})
