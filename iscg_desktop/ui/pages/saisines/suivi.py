"""The selected saisine: what nobody must overlook before calling, what was done, and what can be done next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.domain.agenda import RendezVousDraft
from iscg_desktop.domain.dates import format_heure
from iscg_desktop.domain.saisine import (
    DOSSIER_OUVERT,
    RENDEZ_VOUS_FIXE,
    SANS_SUITE,
    SaisineSuivie,
    Tentative,
    TentativeDraft,
)
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.doublons import Doublon
from iscg_desktop.services.services import Services
from iscg_desktop.ui import saisine_words as words
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.saisine_steps import (
    RattachementForm,
    RendezVousForm,
    SaisineStep,
    SansSuiteForm,
    TentativeForm,
)
from iscg_desktop.ui.forms.short_draft import ShortDraft
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.pages.saisines.suivi_lignes import AppelsBox, KnownBox, ToldBox
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.inline_message import InlineMessage

PAGE = "saisines"
"""Key of the page in the window: a draft named after it comes back there."""


class SuiviCard(Card):
    """One saisine at a time, and one short form at a time under it.

    Args:
        services: The use cases over the open coffre.
        hub: Told of what changes.

    Signals:
        entretien_requested: Id of the saisine that becomes a dossier.
        dossier_requested: Id of a dossier to look at.
        dossier_entretien_requested: Id of the dossier in which the saisine goes on.
        amend_requested: Id of the saisine to correct.
        left: The form is closed: back to the list.
    """

    entretien_requested = Signal(int)
    dossier_requested = Signal(int)
    dossier_entretien_requested = Signal(int)
    amend_requested = Signal(int)
    left = Signal()

    def __init__(self, services: Services, hub: ChangesHub, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._services, self._hub = services, hub
        self._suivie: SaisineSuivie | None = None
        self._doublons: tuple[Doublon, ...] = ()
        self._discreet = self._asked = False
        self._forms: dict[str, SaisineStep] = {}
        self._form: SaisineStep | None = None
        self._draft = ShortDraft(services.brouillons, services.clock.now, self)
        self._beware = InlineMessage("alert", dismissible=False)
        self._message = InlineMessage("alert")
        self._message.action_triggered.connect(self._on_undo)
        self._undo: Callable[[], Changes] | None = None
        self._slot = QVBoxLayout()
        self._told, self._others, self._done = ToldBox(services), KnownBox(), AppelsBox()
        self._others.activated.connect(self.dossier_requested)
        self._others.go_on_requested.connect(self._on_go_on_requested)
        self._done.removed.connect(self._on_attempt_removed)
        self._buttons = self._make_buttons()
        actions = QWidget()
        flow = FlowLayout(actions, spacing=8)
        for button in self._buttons.values():
            flow.addWidget(button)
        parts = (
            self._beware,
            self._told,
            self._others,
            actions,
            self._message,
            self._slot,
            self._done,
        )
        for part in parts:
            self.add(part)
        self.show_saisine(None)

    def _make_buttons(self) -> dict[str, Button]:
        made = {
            "dossier": Button(self.tr("&Ouvrir un dossier"), kind="primary", icon="folder-open"),
            "voir": Button(self.tr("V&oir le dossier"), kind="primary", icon="folder-open"),
            "appel": Button(self.tr("Noter un &appel"), icon="phone"),
            "rendez_vous": Button(self.tr("Fixer un &rendez-vous"), icon="calendar"),
            "annuler": Button(self.tr("Annu&ler le rendez-vous"), kind="quiet"),
            "rattacher": Button(self.tr("Ra&ttacher"), kind="quiet"),
            "corriger": Button(self.tr("&Corriger"), kind="quiet"),
            "sans_suite": Button(self.tr("&Sans suite"), kind="quiet"),
            "reprendre": Button(self.tr("Re&prendre"), icon="undo-2"),
            "detacher": Button(self.tr("Dé&tacher du dossier"), kind="quiet"),
        }
        slots: dict[str, Callable[[], None]] = {
            "dossier": self.open_dossier,
            "voir": self._on_see_clicked,
            "appel": self._on_attempt_clicked,
            "rendez_vous": self._on_rendez_vous_clicked,
            "annuler": self._on_cancel_clicked,
            "rattacher": self._on_attach_clicked,
            "corriger": self._on_amend_clicked,
            "sans_suite": self._on_close_clicked,
            "reprendre": self._on_reopen_clicked,
            "detacher": self._on_detach_clicked,
        }
        for name, button in made.items():
            button.clicked.connect(slots[name])
        return made

    # What it shows.

    @property
    def saisine_id(self) -> int | None:
        """Id of the saisine shown."""
        return self._suivie.saisine.id if self._suivie else None

    def show_saisine(self, suivie: SaisineSuivie | None) -> None:
        """Show a saisine, or that none is chosen; a form being filled in for the same one stays."""
        same = suivie is not None and suivie.saisine.id == self.saisine_id
        if not same:
            self._close_form()
            self._message.clear()
            self._asked = False
        self._suivie = suivie
        waits = suivie is not None and suivie.saisine.waits
        # A dossier that may be the same one matters until the saisine has its own.
        self._doublons = self._services.saisines.doublons(suivie.saisine) if suivie and waits else ()
        if suivie is not None and not waits:
            self._draft.drop()
            self._close_form()
        self._show_title()
        self._show_beware()
        self._told.show_told(suivie, discreet=self._discreet)
        self._others.show_known(self._doublons, discreet=self._discreet)
        self._show_done()
        self._show_buttons()

    def resume(self, step: str) -> None:
        """Open again, for the saisine shown, the short form of a draft."""
        if self._suivie is not None and self._suivie.saisine.waits:
            self._buttons[step].click()

    def keep_now(self) -> bool:
        """Write at once what is half-typed; False when the disk refuses."""
        return self._draft.keep_now()

    def set_discreet(self, discreet: bool) -> None:
        """Leave out the names and the words she typed, or say them again."""
        self._discreet = discreet
        for form in self._forms.values():
            form.set_discreet(discreet)
        self.show_saisine(self._suivie)

    def _show_title(self) -> None:
        if self._suivie is None:
            self.set_title(self.tr("Aucune saisine choisie"))
            return
        saisine = self._suivie.saisine
        self.set_title(self.tr("Saisine du {0}").format(words.moment(saisine.date, saisine.heure)))

    def _show_beware(self) -> None:
        """What must be read before the telephone is taken."""
        said = ""
        if self._suivie is not None:
            known = [each for each in self._doublons if each.raison == "telephone"]
            said = words.beware(self._suivie.saisine, known, discreet=self._discreet)
        self._beware.show_message("alert", said)
        if isinstance(self._form, TentativeForm):
            self._form.beware(said)

    def _show_done(self) -> None:
        """What was tried, the last first."""
        tried = self._suivie is not None and self._suivie.tentatives
        attempts = (
            self._services.saisines.tentatives(self._suivie.saisine.id) if self._suivie and tried else ()
        )
        waits = self._suivie is not None and self._suivie.saisine.waits
        self._done.show_attempts(attempts, removable=waits, discreet=self._discreet)

    def _show_buttons(self) -> None:
        etat = self._suivie.saisine.etat if self._suivie else ""
        waits = bool(self._suivie and self._suivie.saisine.waits)
        frozen = bool(self._suivie and self._services.saisines.frozen_quarter(self._suivie.saisine))
        shown = {
            "voir": etat == DOSSIER_OUVERT,
            "detacher": etat == DOSSIER_OUVERT and not frozen,
            "annuler": etat == RENDEZ_VOUS_FIXE,
            "reprendre": etat == SANS_SUITE and not frozen,
        }
        for name, button in self._buttons.items():
            button.setVisible(shown.get(name, waits))
        move = etat == RENDEZ_VOUS_FIXE
        self._buttons["rendez_vous"].setText(
            self.tr("Déplacer le &rendez-vous") if move else self.tr("Fixer un &rendez-vous")
        )

    # What she does.

    @Slot()
    def open_dossier(self) -> None:
        """Turn it into a dossier, after one warning when somebody like her is known already."""
        if self._suivie is None:
            return
        saisine = self._suivie.saisine
        if saisine.dossier_id is not None:
            self.dossier_requested.emit(saisine.dossier_id)
        elif saisine.etat == SANS_SUITE:
            show_error(self._message, UserError("saisine_sans_suite"))
        elif self._doublons and not self._asked:
            self._asked = True
            # Looking at a dossier does no harm, whatever key is pressed once too often.
            self._others.enter()
        else:
            self._asked = False
            self.entretien_requested.emit(saisine.id)

    @Slot()
    def _on_see_clicked(self) -> None:
        self.open_dossier()

    @Slot(int)
    def _on_go_on_requested(self, dossier_id: int) -> None:
        if self._do(lambda saisine: self._services.saisines.attach(saisine, dossier_id)):
            self.dossier_entretien_requested.emit(dossier_id)

    @Slot()
    def _on_detach_clicked(self) -> None:
        use, suivie = self._services.saisines, self._suivie
        if suivie is not None and self._do(use.detach):
            saisine = suivie.saisine
            said = self.tr("La saisine n’est plus dans ce dossier.")
            self._offer_undo(said, lambda: use.attach(saisine.id, saisine.dossier_id))

    @Slot(object)
    def _on_attempt_removed(self, attempt: Tentative) -> None:
        use, saisine_id = self._services.saisines, self.saisine_id
        draft = TentativeDraft(attempt.date, attempt.heure, attempt.resultat, attempt.note)
        if saisine_id is not None and self._do(lambda saisine: use.remove_tentative(saisine, attempt.id)):
            self._offer_undo(self.tr("Cet appel est retiré."), lambda: use.add_tentative(saisine_id, draft))

    def _offer_undo(self, said: str, undo: Callable[[], Changes]) -> None:
        """Say what was done, to a saisine that may no longer be the one shown, and how to take it back."""
        self._undo = undo
        self._message.show_message("good", said, self.tr("Annuler"))

    @Slot()
    def _on_undo(self) -> None:
        undo, self._undo = self._undo, None
        if undo is None:
            return
        try:
            changed = undo()
        except UserError as error:
            show_error(self._message, error)
        else:
            self._message.clear()
            self._hub.announce(changed)

    @Slot()
    def _on_amend_clicked(self) -> None:
        if self._suivie is not None:
            self._close_form()
            self.amend_requested.emit(self._suivie.saisine.id)

    @Slot()
    def _on_cancel_clicked(self) -> None:
        self._do(self._services.saisines.cancel_rendez_vous)

    @Slot()
    def _on_reopen_clicked(self) -> None:
        self._do(self._services.saisines.reopen)

    @Slot()
    def _on_attempt_clicked(self) -> None:
        clock = self._services.clock
        self._open_form("appel", lambda: TentativeForm(clock.today, clock.now))

    @Slot()
    def _on_rendez_vous_clicked(self) -> None:
        self._open_form("rendez_vous", lambda: RendezVousForm(self._services.listes, self._services.journee))

    @Slot()
    def _on_close_clicked(self) -> None:
        self._open_form("sans_suite", lambda: SansSuiteForm(self._services.listes))

    @Slot()
    def _on_attach_clicked(self) -> None:
        dossiers = self._services.dossiers
        self._open_form("rattacher", lambda: RattachementForm(dossiers.find, dossiers.numero))

    @Slot(object)
    def _on_form_submitted(self, draft: Any) -> None:
        use = self._services.saisines
        steps: dict[str, Callable[[int], Changes]] = {
            "appel": lambda saisine: use.add_tentative(saisine, draft),
            "rendez_vous": lambda saisine: use.fix_rendez_vous(saisine, draft),
            "sans_suite": lambda saisine: use.close(saisine, draft),
            "rattacher": lambda saisine: use.attach(saisine, draft),
        }
        name = next(name for name, form in self._forms.items() if form is self._form)
        others = self._at_the_same_time(draft) if name == "rendez_vous" else ""

        def done(saisine_id: int) -> Changes:
            changed = steps[name](saisine_id)
            self._draft.drop()  # before it is announced: the list may then show another saisine
            return changed

        if self._do(done):
            self._on_form_closed()
            self._message.show_message("warn", others)

    def _at_the_same_time(self, draft: RendezVousDraft) -> str:
        """That another rendez-vous is fixed then: said, never refused."""
        others = self._services.agenda.overlapping(draft) if draft.heure is not None else ()
        hours = [format_heure(each.heure) for each in others if each.saisine_id != self.saisine_id]
        said = self.tr("Un autre rendez-vous se tient en même temps, à {0}. Les deux sont gardés.")
        return said.format(", ".join(hours)) if hours else ""

    @Slot()
    def _on_form_closed(self) -> None:
        self._draft.drop()
        self._close_form()
        self.left.emit()

    def _open_form(self, name: str, make: Callable[[], SaisineStep]) -> None:
        """Show one of the short forms, made when first asked for."""
        if self._suivie is None:
            return
        self._close_form()
        self._message.clear()
        if name not in self._forms:
            form = make()
            form.set_discreet(self._discreet)
            form.submitted.connect(self._on_form_submitted)
            form.closed.connect(self._on_form_closed)
            self._slot.addWidget(form)
            self._forms[name] = form
        self._form = self._forms[name]
        self._form.show()
        if isinstance(self._form, TentativeForm):
            self._form.beware(self._beware.text)
        self._form.begin(self._suivie.saisine)
        self._draft.follow(self._form, f"{PAGE}:{name}:{self._suivie.saisine.id}")

    def _close_form(self) -> None:
        """Put the form away; what is half-typed in it stays a draft."""
        self._draft.leave()
        if self._form is not None:
            self._form.hide()
            self._form = None

    def _do(self, use_case: Callable[[int], Changes]) -> bool:
        """Do what she asked for the saisine shown and tell everyone; a refusal is said in words."""
        if self._suivie is None:
            return False
        try:
            changed = use_case(self._suivie.saisine.id)
        except InvalidInput as error:
            if self._form is not None:
                self._form.refuse(error)
            return False
        except UserError as error:
            show_error(self._message, error)
            return False
        self._message.clear()
        self._hub.announce(changed)
        return True
