"""An orientation added from the page of a dossier, outside an entretien."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from iscg_desktop.domain.orientation import OrientationDraft
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.listes import ListesService
from iscg_desktop.services.orientations import OrientationsService
from iscg_desktop.ui.forms.form import enter
from iscg_desktop.ui.forms.orientation_form import OrientationForm
from iscg_desktop.ui.messages import settle_all, show_error, show_problems
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.choice import Choice


class OrientationPanel(Card):
    """The form of one orientation with its two buttons; hidden until it is opened.

    Signals:
        recorded: The ``Changes`` of a new orientation, or of a new partner.
        closed: She gave up, or it was done.
    """

    recorded = Signal(object)
    closed = Signal()

    def __init__(self, orientations: OrientationsService, listes: ListesService) -> None:
        super().__init__(self.tr("Nouvelle orientation"), icon="send")
        self._orientations, self._listes = orientations, listes
        self._dossier_id: int | None = None
        self.form: OrientationForm | None = None
        self._keep = Button(self.tr("Ajouter l’orientat&ion"), icon="check")
        cancel = Button(self.tr("Annuler"), kind="quiet")
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self._keep)
        self._buttons.addWidget(cancel)
        self._buttons.addStretch()
        self.add(self._buttons)
        self._keep.clicked.connect(self.submit)
        cancel.clicked.connect(self.close_form)
        self.hide()

    def open(self, dossier_id: int, persons: Sequence[Choice]) -> None:
        """Begin an orientation in a dossier; the form is made then."""
        self._forget()
        self._dossier_id = dossier_id
        form = self.form = OrientationForm(self._listes, self._orientations)
        homes = {str(each): identite.commune for each, identite in self._orientations.persons(dossier_id)}
        form.set_home(homes.get)
        form.offer_persons(persons)
        form.offer_partners(self._orientations.partenaires())
        form.partner_accepted.connect(self._on_partner_accepted)
        self.body.insertWidget(0, form)
        self.show()
        enter(form.fields["type" if len(persons) == 1 else "personne"].widget)

    @Slot()
    def close_form(self) -> None:
        """Put it away; what was typed is forgotten."""
        self._forget()
        self.hide()
        self.closed.emit()

    @Slot()
    def submit(self) -> None:
        """Record it, or say what is wrong."""
        form, dossier_id = self.form, self._dossier_id
        if form is None or dossier_id is None or not settle_all(form.all_fields().values()):
            return
        values = form.read()
        person = values["personne"]
        draft = OrientationDraft(
            0, values["type"], values["partenaire_id"], values["accord"] or "non_recueilli", values["motif"]
        )
        try:
            _, changes = self._orientations.add(dossier_id, int(person) if person else None, draft)
        except InvalidInput as error:
            show_problems(form.fields, error.problems, form.message)
        except UserError as error:
            show_error(form.message, error)
        else:
            self.close_form()
            self.recorded.emit(changes)

    def set_discreet(self, discreet: bool) -> None:
        """Hide what she typed, or show it again."""
        if self.form is not None:
            self.form.set_discreet(discreet)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        else:
            super().keyPressEvent(event)

    def _forget(self) -> None:
        if self.form is not None:
            self.body.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    @Slot()
    def _on_partner_accepted(self) -> None:
        """Add the new partner to the annuaire and take it."""
        form = self.form
        partner = form.partner if form is not None else None
        if form is None or partner is None:
            return
        try:
            partner_id, changes = self._orientations.add_partenaire(partner.read())
        except InvalidInput as error:
            show_problems(partner.fields, error.problems, form.message)
        except UserError as error:
            show_error(form.message, error)
        else:
            partners = self._orientations.partenaires()
            form.offer_partners(partners)
            form.take_partner(next(each for each in partners if each.id == partner_id))
            self.recorded.emit(changes)
