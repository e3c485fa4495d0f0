"""One person who asks: who she is, her namesakes, the copy of what concerns her alone, erasing her."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal, Slot

from iscg_desktop.domain.dates import format_date_courte, format_naissance
from iscg_desktop.domain.personne import Identite
from iscg_desktop.errors import UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.dialogs.file_dialog import choose_place
from iscg_desktop.ui.forms.effacement_card import EffacementCard, Erasing
from iscg_desktop.ui.forms.personne_field import PersonneField
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.printing import print_pdf
from iscg_desktop.ui.steps import Steps
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.labels import Quiet, Text

translate = QCoreApplication.translate


class PersonneSection(Section):
    """Finds a requester, then does what she asks.

    Signals:
        personne_requested: Id of the person, to correct what is noted of her.
    """

    personne_requested = Signal(int)

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__(
            services,
            hub,
            translate("Personne", "Une personne demande"),
            translate(
                "Personne", "Vérifiez d’abord qui elle est : une pièce d’identité, ou ce qu’elle seule sait."
            ),
        )
        self._discreet = False
        self._shown: int | None = None
        self._texts: dict[tuple[int, str], CheckBox] = {}
        self.search = Field(self.tr("&Personne"), PersonneField(services.personnes.search))
        self.search.widget.committed.connect(self._on_search_committed)
        first = Card()
        first.add(self.search)
        self._who = Text()
        self._namesakes = Quiet()
        first.add(self._who)
        first.add(self._namesakes)
        self._buttons = FlowLayout()
        self.copy_button = Button(self.tr("&Imprimer sa copie…"), icon="printer")
        self.save_button = Button(self.tr("En&registrer sa copie…"), icon="save")
        self.mend_button = Button(self.tr("&Corriger ce qui est noté"), icon="pencil")
        self.erase_button = Button(self.tr("&Effacer…"), icon="trash-2")
        for button in (self.copy_button, self.save_button, self.mend_button, self.erase_button):
            self._buttons.addWidget(button)
        first.add(self._buttons)
        self.copy_button.clicked.connect(self._on_copy_clicked)
        self.save_button.clicked.connect(self._on_save_clicked)
        self.mend_button.clicked.connect(self._on_mend_clicked)
        self.erase_button.clicked.connect(self._on_erase_clicked)
        self.texts = Card(self.tr("Textes à joindre à sa copie, un par un"))
        self._work = Steps(self, partial(show_error, self.message))
        self.erasing = EffacementCard(lambda: False)
        self.erasing.confirmed.connect(self._on_erasing_confirmed)
        for part in (first, self.erasing, self.texts):
            self.add(part)
        self.body.addStretch()
        self._show(None)

    def reload(self) -> None:
        self._show(self._shown)

    def set_discreet(self, discreet: bool) -> None:
        super().set_discreet(discreet)
        self._discreet = discreet
        self.search.widget.set_discreet(discreet)
        self.erasing.set_discreet(discreet)
        self._show(self._shown)

    def show_person(self, personne_id: int) -> None:
        """Take up the requests of one person."""
        self._show(personne_id)

    def _show(self, personne_id: int | None) -> None:
        droits = self._services.droits
        try:
            same = droits.homonymes(personne_id) if personne_id is not None else ()
            texts = droits.textes(personne_id) if personne_id is not None else ()
        except UserError as error:
            show_error(self.message, error)
            personne_id, same, texts = None, (), ()
        self._shown = personne_id
        known = personne_id is not None
        for button in (self.copy_button, self.save_button, self.mend_button, self.erase_button):
            button.setEnabled(known)
        if not known:
            self.erasing.forget()
        self._who.setText(self._said(personne_id))
        self._who.setVisible(known)
        words = self.tr("Attention, d’autres portent presque ce nom : {0}.").replace(" :", "\u00a0:")
        names = ", ".join(_named(each) for each in same)
        self._namesakes.setText(words.format("…" if self._discreet else names))
        self._namesakes.setVisible(bool(same))
        ticked = {key for key, box in self._texts.items() if box.value()}
        self._texts = {}
        self.texts.clear()
        self.texts.setVisible(bool(texts))
        for each in texts:
            key = (each.entretien_id, each.champ)
            words = each.texte if not self._discreet else "…"
            box = CheckBox(f"{format_date_courte(each.date)} – {words[:400]}".replace("&", "&&"))
            box.set_value(key in ticked)
            self._texts[key] = box
            self.texts.add(box)

    def _said(self, personne_id: int | None) -> str:
        if personne_id is None:
            return ""
        identite = self._services.entretiens.personne(personne_id).identite
        return identite.initiales if self._discreet else _named(identite)

    def _chosen(self) -> tuple[tuple[int, str], ...]:
        return tuple(key for key, box in self._texts.items() if box.value())

    @Slot(object)
    def _on_search_committed(self, value: object) -> None:
        self.message.clear()
        self._texts = {}
        self._show(int(str(value)) if value else None)

    @Slot()
    def _on_copy_clicked(self) -> None:
        if self._shown is None:
            return
        try:
            pdf, _ = self._services.droits.remettre(self._shown, self._chosen())
            printed = print_pdf(self, pdf)
        except UserError as error:
            show_error(self.message, error)
            return
        if printed:
            self.message.show_message("good", self.tr("Copie envoyée à l’imprimante."))

    @Slot()
    def _on_save_clicked(self) -> None:
        if self._shown is None:
            return
        try:
            place = choose_place(self, self.tr("Enregistrer la copie"), self.tr("copie.pdf"))
            if place is None:
                return
            self._services.droits.enregistrer(self._shown, self._chosen(), place)
        except UserError as error:
            show_error(self.message, error)
            return
        words = self.tr(
            "Deux fichiers sont écrits, lisibles par qui les trouve : le PDF, et le même en JSON."
        )
        self.message.show_message("warn", words.replace(" :", "\u00a0:"))

    @Slot()
    def _on_mend_clicked(self) -> None:
        if self._shown is not None:
            self.personne_requested.emit(self._shown)

    @Slot()
    def _on_erase_clicked(self) -> None:
        if self._shown is None:
            return
        effacement = self._services.effacement
        try:
            seen = effacement.apercu_personne(self._shown)
        except UserError as error:
            show_error(self.message, error)
            return
        self.erasing.propose(seen, partial(effacement.effacant_personne, self._shown))

    @Slot(object)
    def _on_erasing_confirmed(self, erase: Callable[[], Erasing]) -> None:
        self._shown = None
        self.search.widget.set_value(None)
        self._work.start(erase(), self._on_erased)

    @Slot(object)
    def _on_erased(self, changes: Changes) -> None:
        self.do(lambda: changes, self.tr("C’est effacé. Rien ne s’en retrouve dans le coffre."))


def _named(identite: Identite) -> str:
    born = format_naissance(identite.naissance) if identite.naissance else ""
    return ", ".join(part for part in (identite.nom_complet, born) if part)
