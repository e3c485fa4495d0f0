"""A person of the entretien: who she is, how to reach her without danger, her situation, her accord."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.dates import format_date, format_date_courte
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.forms.candidates_panel import CandidatesPanel
from iscg_desktop.ui.forms.choices import coded
from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.forms.personne_values import FACTS
from iscg_desktop.ui.tokens import CONTROL
from iscg_desktop.ui.widgets.button import LinkButton
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.commune_field import CommuneField
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.labels import Heading, Quiet
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.multi_type_ahead import MultiTypeAhead
from iscg_desktop.ui.widgets.naissance_edit import NaissanceEdit
from iscg_desktop.ui.widgets.type_ahead import TypeAhead


class PersonneForm(Form):
    """All that is asked of a person; nothing is mandatory, not even a name.

    Args:
        listes: The lists of coded values.
        today: Tells the day.
        keep: Answers recorded earlier, offered even when they were deactivated since.

    Attributes:
        candidates: Persons of the coffre who may be her, under the names.

    Signals:
        confirmed: She said that facts taken from the last entretien still hold.
    """

    confirmed = Signal()

    def __init__(
        self,
        listes: ListesService,
        today: Callable[[], date],
        keep: Mapping[str, Any],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._listes_service = listes
        self._keep = keep
        self._rows: dict[str, set[str]] = {}
        self._to_confirm: dict[str, date | None] = {}
        self._grid = FormGrid()
        self._add_identite(today)
        self._add_contact()
        self._add_situation()
        self._add_accord(today)
        self.column.addWidget(self._grid)
        self.settled.connect(self._say_contact)

    def can_show(self, values: Mapping[str, Any]) -> bool:
        """Whether every answer has its button."""
        return all(values[name] is None or values[name] in self._rows[name] for name in self._rows)

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show answers by name."""
        for name, value in values.items():
            self.put(name, value)
        self._say_participation()
        self._say_contact()

    def ask_to_confirm(self, facts: Mapping[str, date | None]) -> None:
        """Mark facts taken from an earlier entretien, each with its day, until they are confirmed or changed."""
        self._to_confirm = dict(facts)
        last = max((day for day in facts.values() if day), default=None)
        for name in FACTS:
            day = facts.get(name)
            older = self.tr("à confirmer, noté le {0}").format(format_date_courte(day)) if day else ""
            mark = older if older and day != last else self.tr("à confirmer")
            self.fields[name].set_hint(mark if name in facts else "")
        self._confirmation.say_day(last)
        self._confirmation.ask(bool(self._to_confirm))

    def to_confirm(self) -> dict[str, date | None]:
        """The facts that are still to be confirmed, each with the day it comes from."""
        return dict(self._to_confirm)

    def confirm(self) -> None:
        """Take every fact as it is shown."""
        for name in self._to_confirm:
            self.fields[name].set_hint("")
        self._to_confirm.clear()
        self._confirmation.ask(bool(self._to_confirm))
        self.confirmed.emit()

    def _add_identite(self, today: Callable[[], date]) -> None:
        grid = self._grid
        self.add(grid, "nom_usage", self.tr("&Nom d’usage"), LineEdit())
        self.add(grid, "nom_naissance", self.tr("Nom de naissance"), LineEdit())
        self.add(grid, "prenom", self.tr("Prénom"), LineEdit())
        self.add(grid, "surnom", self.tr("Surnom"), LineEdit())
        self.candidates = CandidatesPanel()
        grid.add(self.candidates, 12)
        self._row("sexe", self.tr("Se&xe"))
        self.add(grid, "naissance", self.tr("Naissan&ce"), NaissanceEdit(today))
        self._list("statut", self.tr("&Statut"))
        description = LineEdit(self.tr("Femme, environ 30 ans"))
        self.add(grid, "description", self.tr("Désignation, sans nom connu"), description)
        participation = ChoiceRow(
            (
                ("presente", self.tr("Présente")),
                ("accueillie", self.tr("Accueillie sans être vue")),
                ("mentionnee", self.tr("Seulement mentionnée")),
            ),
            clearable=False,
        )
        self.add(grid, "participation", self.tr("Dans cet &entretien"), participation, 6)
        participation.edited.connect(self._say_participation)
        commune = CommuneField(self._listes_service.search_communes, self._listes_service.commune)
        self.add(grid, "commune", self.tr("Commune"), commune)
        self.add(grid, "telephone", self.tr("Téléphone"), LineEdit())
        self.add(grid, "adresse", self.tr("Adresse"), LineEdit(), 6)
        self.add(grid, "courriel", self.tr("Courriel"), LineEdit(), 6)

    def _add_contact(self) -> None:
        grid = self._grid
        grid.add(Heading(self.tr("Contact sûr")), 12)
        self.add(grid, "contact_sur", self.tr("Numéro ou adresse"), LineEdit())
        hours = LineEdit(self.tr("Matin, sauf mercredi"))
        self.add(grid, "contact_sur_horaires", self.tr("Jours et heures"), hours)
        self.add(grid, "vit_avec", self.tr("&Qui vit là"), LineEdit())
        silence = CheckBox(self.tr("Ne pas en laisser"))
        silence.setMinimumHeight(CONTROL)
        self.add(grid, "sans_message", self.tr("Message"), silence)

    def _add_situation(self) -> None:
        grid = self._grid
        self._confirmation = _Confirmation(self.tr("Situation ce jour-là"))
        self._confirmation.confirmed.connect(self.confirm)
        grid.add(self._confirmation, 12)
        self._list("situation_conjugale", self.tr("Situation conjugale"))
        self._list("type_menage", self.tr("Ménage"))
        self._list("activite", self.tr("&Activité"))
        self._list("csp", self.tr("Catégorie (CSP)"))
        self._list("logement", self.tr("Logement"))
        self._list("ressources", self.tr("Ressources"), 6)
        self._list("vulnerabilite", self.tr("Vulnérabilités"))
        self._row("connu_services_sociaux", self.tr("Connu des services sociaux"))
        self._list("suivi_en_cours", self.tr("Suivi en cours"))
        for name in FACTS:
            self.fields[name].widget.edited.connect(partial(self._on_fact_edited, name))

    def _add_accord(self, today: Callable[[], date]) -> None:
        accord = ChoiceRow(coded(self._listes_service["accord"]), clearable=False)
        self.add(self._grid, "accord", self.tr("Accord pour transmettre"), accord)
        informee = DateEdit(today)
        self.add(self._grid, "informee_le", self.tr("Information donnée le"), informee)

    @Slot()
    def _say_participation(self) -> None:
        """Say what the bilan makes of it."""
        words = {
            "accueillie": self.tr(
                "Comptée dans le bilan\u00a0: un enfant, un proche aidé sans avoir été reçu."
            ),
            "mentionnee": self.tr("Nommée ici, non comptée dans le bilan."),
        }
        self.fields["participation"].set_hint(words.get(self.value("participation"), ""))

    @Slot()
    def _say_contact(self) -> None:
        """Say of a number that nobody called it safe, where it may be dialled."""
        number, safe = self.value("telephone"), self.value("contact_sur")
        unknown = self.tr("Personne n’a dit que ce numéro est sûr.") if number and number != safe else ""
        if self.value("sans_message"):
            unknown = " ".join(filter(None, (self.tr("Ne pas laisser de message."), unknown)))
        self.fields["telephone"].set_hint(unknown)

    def _row(self, name: str, label: str, span: int = 3) -> None:
        given = self._keep.get(name)
        choices = coded(self._listes_service[name], keep=(given,) if given else ())
        self._rows[name] = {choice.code for choice in choices}
        self.add(self._grid, name, label, ChoiceRow(choices), span)

    def _list(self, name: str, label: str, span: int = 3) -> None:
        liste = self._listes_service[name]
        widget = (MultiTypeAhead if liste.multiple else TypeAhead)(coded(liste))
        self.add(self._grid, name, label, widget, span, liste=liste)

    def _on_fact_edited(self, name: str) -> None:
        if name in self._to_confirm:
            self.fields[name].set_hint("")
            del self._to_confirm[name]
            self._confirmation.ask(bool(self._to_confirm))


class _Confirmation(QWidget):
    """Head of the facts; says when they were taken from the last entretien."""

    confirmed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self._words = Quiet(wrap=False)
        self._confirm = LinkButton(self.tr("Tout con&firmer"))
        self._confirm.setToolTip(self.tr("F8, pour toutes les personnes"))
        self._confirm.clicked.connect(self.confirmed)
        row = FlowLayout(self, spacing=12)
        row.addWidget(Heading(title, wrap=False))
        row.addWidget(self._words)
        row.addWidget(self._confirm)
        self.ask(False)

    def say_day(self, day: date | None) -> None:
        """Say which entretien they come from."""
        words = self.tr("reprise de l’entretien du {0}, à confirmer")
        self._words.setText(
            words.format(format_date(day)) if day else self.tr("reprise du dernier entretien, à confirmer")
        )

    def ask(self, asked: bool) -> None:
        """Ask to confirm, or no more."""
        self._words.setVisible(asked)
        self._confirm.setVisible(asked)
