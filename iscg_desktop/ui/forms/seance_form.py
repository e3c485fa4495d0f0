"""The entretien itself: when, how, how long, where, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.entretien import REALISE, EntretienDraft
from iscg_desktop.domain.partenaire import Partenaire
from iscg_desktop.services.journee import JourneeService
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.forms.choices import answered, code_of, coded, identifier, of_unites, shown
from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.duree_edit import DureeEdit
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.heure_edit import HeureEdit
from iscg_desktop.ui.widgets.type_ahead import TypeAhead

_WITH_PARTNER = ("conjoint", "avec_tiers")

# What an emptied field comes back to: these have no « non renseigné ».
_ALWAYS = {"issue": REALISE, "regime": "adulte_difficulte"}


class SeanceForm(Form):
    """When, how, how long, where.

    Args:
        listes: The lists of coded values.
        journee: Where she is today.
        today: Tells the day.
    """

    def __init__(
        self,
        listes: ListesService,
        journee: JourneeService,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._journee, self._today = journee, today
        grid = FormGrid()
        self.add(grid, "date", self.tr("Date"), DateEdit(today))
        self.add(grid, "heure", self.tr("&Heure"), HeureEdit())
        self.add(grid, "duree", self.tr("Durée"), DureeEdit())
        mode, issue, lieu = listes["mode"], listes["issue"], listes["lieu"]
        self.add(grid, "mode", self.tr("&Mode"), TypeAhead(coded(mode)), liste=mode)
        self.add(grid, "issue", self.tr("&Issue"), TypeAhead(coded(issue)), liste=issue)
        self.add(grid, "lieu", self.tr("Lieu"), TypeAhead(coded(lieu)), liste=lieu)
        self.add(grid, "unite_id", self.tr("Unité"), TypeAhead(of_unites(journee.unites())))
        self.add(grid, "partenaire_id", self.tr("Avec le partenaire"), TypeAhead())
        regime = listes["regime"]
        self.add(grid, "regime", self.tr("Régime du dossier"), TypeAhead(coded(regime)), liste=regime)
        self.column.addWidget(grid)
        self.fields["mode"].widget.committed.connect(self._on_mode_committed)
        for name in _ALWAYS:
            self.fields[name].widget.committed.connect(partial(self._on_always_committed, name))
        self._show_partner()

    def prefill(self) -> None:
        """Answer what is known before asking."""
        self.put("date", self._today())
        self.put("unite_id", code_of(self._journee.permanence()))
        for name, usual in _ALWAYS.items():
            self.put(name, usual)

    def show_draft(self, draft: EntretienDraft) -> None:
        """Show an entretien already recorded."""
        for name in ("date", "heure", "duree", "issue"):
            self.put(name, getattr(draft, name))
        for name in ("mode", "lieu"):
            self.put(name, shown(getattr(draft, name)))
        for name in ("unite_id", "partenaire_id"):
            self.put(name, code_of(getattr(draft, name)))

    def open_dossier(self, opens: bool) -> None:
        """Ask for the regime only when a dossier opens."""
        self.fields["regime"].setVisible(opens)

    def offer_partners(self, partners: tuple[Partenaire, ...]) -> None:
        """Offer the structures of the annuaire."""
        self.fields["partenaire_id"].widget.set_choices(
            Choice(str(partner.id), partner.nom, synonymes=partner.ville) for partner in partners
        )

    def put(self, name: str, value: Any) -> None:
        super().put(name, value)
        if name == "mode":
            self._show_partner()

    def read(self) -> dict[str, Any]:
        """Answers by their names in ``EntretienDraft``."""
        values = self.values()
        for name in ("mode", "lieu"):
            values[name] = answered(values[name])
        values["unite_id"] = identifier(values["unite_id"])
        partner = identifier(values["partenaire_id"])
        values["partenaire_id"] = partner if self._has_partner else None
        return values | {name: values[name] or usual for name, usual in _ALWAYS.items()}

    @property
    def _has_partner(self) -> bool:
        return self.value("mode") in _WITH_PARTNER

    def _show_partner(self) -> None:
        self.fields["partenaire_id"].setVisible(self._has_partner)

    @Slot(object)
    def _on_mode_committed(self, _mode: str | None) -> None:
        self._show_partner()

    def _on_always_committed(self, name: str, code: str | None) -> None:
        if code is None:
            self.put(name, _ALWAYS[name])
