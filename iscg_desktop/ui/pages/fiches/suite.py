"""What became of an orientation: the suites already known, and one more."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop.domain.dates import format_date, format_date_courte
from iscg_desktop.domain.orientation import Suite, SuiteDraft
from iscg_desktop.errors import UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.drafted_page import DraftedPage
from iscg_desktop.ui.forms.suite_form import SuiteForm
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.plain import tooltip
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.delete_button import DeleteButton
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line import Line


class SuitePage(DraftedPage):
    """Notes a suite of one orientation, or amends one.

    Signals:
        dossier_requested: Id of the dossier of the orientation.
        orientation_opened: Id of the orientation, to be amended.
    """

    form_name = "suite"
    dossier_requested = Signal(int)
    orientation_opened = Signal(int)

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__(services, hub, self.tr("Suite d’une orientation"))
        self._orientation_id = 0
        self._suite_id: int | None = None
        self._discreet = False
        self._form = SuiteForm(services.listes, services.clock.today)
        self._entry = Card()
        self._entry.add(self._form)
        self._known = Card(self.tr("Ce qui est déjà connu"))
        self._about = Card(action=self.tr("Ouvrir le dossier"))
        self._about.action_triggered.connect(self._on_dossier_triggered)
        self.lay_out(self._about, self._entry, self._known)

    @property
    def form(self) -> SuiteForm:
        """The form of the page."""
        return self._form

    def start(self, orientation_id: int) -> None:
        """Begin a suite, learnt today."""
        draft = SuiteDraft(None, self._services.clock.today())
        self.open(f"{self.form_name}:{orientation_id}", partial(self._show, orientation_id, None, draft))

    def amend(self, suite: Suite) -> None:
        """Amend a suite; one that a bilan counted says so when it is recorded."""
        fill = partial(self._show, suite.orientation_id, suite.id, suite.draft())
        self.open(f"{self.form_name}:{suite.orientation_id}:{suite.id}", fill)

    def set_discreet(self, discreet: bool) -> None:
        """Show initials in place of names and nothing of what was typed, or all again."""
        self._discreet = discreet
        for name in ("motif", "referent"):
            self._form.fields[name].setVisible(not discreet)
        if self._orientation_id:
            self._fill()

    def context(self) -> dict[str, Any]:
        return {"orientation": self._orientation_id, "suite": self._suite_id}

    def take_context(self, context: Mapping[str, Any]) -> None:
        self._show(context["orientation"], context["suite"], SuiteDraft(None, None))

    def dossier_id(self) -> int | None:
        return self._services.orientations.get(self._orientation_id).dossier_id

    def record(self) -> tuple[Changes, str]:
        draft, orientations = self._form.read(), self._services.orientations
        if self._suite_id is None:
            return orientations.add_suite(self._orientation_id, draft), self.tr("Suite notée")
        return orientations.change_suite(self._suite_id, draft), self.tr("Suite modifiée")

    def _show(self, orientation_id: int, suite_id: int | None, draft: SuiteDraft) -> None:
        self._orientation_id, self._suite_id = orientation_id, suite_id
        self._form.show_draft(draft)
        self._fill()

    def _fill(self) -> None:
        services = self._services
        orientation = services.orientations.get(self._orientation_id)
        kind = services.listes.libelle("type_partenaire", orientation.type)
        self._entry.set_title(
            self.tr("Modifier cette suite") if self._suite_id else self.tr("Nouvelle suite")
        )
        self._about.set_title(orientation.partenaire or kind)
        self._about.clear()
        person = dict(services.orientations.persons(orientation.dossier_id)).get(orientation.personne_id)
        name = "" if person is None else person.initiales if self._discreet else person.nom_court
        words = [kind if orientation.partenaire else "", name, format_date(orientation.date)]
        self._about.add(Quiet(" · ".join(filter(None, words))))
        if orientation.motif and not self._discreet:
            self._about.add(Line(orientation.motif))
        if services.orientations.may_change(orientation):
            amend = Button(self.tr("Modifier l’orientation"), kind="quiet", icon="pencil")
            amend.clicked.connect(self._on_amend_clicked)
            self._about.add(amend)
        self._known.clear()
        suites = services.orientations.suites(self._orientation_id)
        self._known.setVisible(bool(suites))
        for rank, suite in enumerate(suites):
            self._known.add(self._line(suite, current=rank == 0))

    def _line(self, suite: Suite, *, current: bool) -> QWidget:
        label = self._services.listes.libelle("suite", suite.suite)
        words = [format_date(suite.date)]
        if suite.rendez_vous_le is not None:
            day = format_date_courte(suite.rendez_vous_le)
            words.append(self.tr("rendez-vous le {date}").replace("{date}", day))
        if not self._discreet:
            words += [suite.referent, suite.motif]
        chip = Chip("accent", self.tr("actuelle")) if current else None
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Line(label, " · ".join(filter(None, words)), chip=chip, icon="corner-down-left"), 1)
        if self._services.orientations.may_change_suite(suite):
            amend = Button("", kind="quiet", icon="pencil")
            delete = DeleteButton("")
            amend.clicked.connect(self._on_suite_amended)
            delete.confirmed.connect(self._on_suite_deleted)
            for button, told in (
                (amend, self.tr("Modifier\u00a0: {suite}")),
                (delete, self.tr("Supprimer\u00a0: {suite}")),
            ):
                button.setAccessibleName(told.replace("{suite}", label))
                button.setToolTip(tooltip(told.replace("{suite}", label)))
                button.setProperty("suite", suite.id)
                row.addWidget(button)
        return holder

    @Slot()
    def _on_suite_amended(self) -> None:
        wanted = self.sender().property("suite")
        suites = self._services.orientations.suites(self._orientation_id)
        self.amend(next(suite for suite in suites if suite.id == wanted))
        self.activated()

    @Slot()
    def _on_suite_deleted(self) -> None:
        suite_id = self.sender().property("suite")
        try:
            changes = self._services.orientations.delete_suite(suite_id)
        except UserError as error:
            show_error(self.message, error)
            return
        self._hub.announce(changes)
        if suite_id == self._suite_id:
            self.start(self._orientation_id)
        else:
            self._fill()

    @Slot()
    def _on_dossier_triggered(self) -> None:
        self.dossier_requested.emit(self.dossier_id())

    @Slot()
    def _on_amend_clicked(self) -> None:
        self.orientation_opened.emit(self._orientation_id)
