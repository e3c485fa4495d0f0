"""One tournée: its services in the order of the way, their fiches, their bordereaux, and the day it was made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.dates import format_jour
from iscg_desktop.domain.tournee import Arret, FicheATransmettre, Tournee
from iscg_desktop.errors import UserError
from iscg_desktop.messages import explained, sentence
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui import words
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.remise_form import RemiseForm
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage


class TourneePage(ScrollPage):
    """Prepares a tournée, prints what it takes, and notes that it was made.

    Signals:
        fiches_requested: Back to the list.
        fiche_opened: Id of a fiche.
        batch_requested: Ids of the fiches to print together.
        bordereaux_requested: Id of the tournée, and the rank of one service or None for all.
    """

    fiches_requested = Signal()
    fiche_opened = Signal(int)
    batch_requested = Signal(object)
    bordereaux_requested = Signal(int, object)

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        header = PageHeader(self.tr("Tournée"))
        super().__init__(header, max_width=1000)
        self.title = self.tr("Tournée")
        self._services, self._hub = services, hub
        self._tournee: Tournee | None = None
        self._choosing = False
        self._boxes: dict[int, CheckBox] = {}
        self._undoable: tuple[int, ...] = ()
        self._discreet = False
        self.message = InlineMessage()
        self.day = DateEdit(services.clock.today, prefer="future")
        self.day_field = Field(self.tr("&Jour de la tournée"), self.day)
        self.remise = RemiseForm(services)
        self._made = Card(self.tr("La tournée est faite"))
        self._make_buttons(header)
        self._lay_out()
        self._connect()

    # What others ask of it.

    def show_new(self, fiche_ids: Sequence[int]) -> None:
        """Choose the fiches of a new tournée; these are ticked, or all that wait when there are none."""
        self._tournee = None
        self.message.clear()
        self.day.set_value(self._services.clock.today())
        self._choose(fiche_ids)

    def show_tournee(self, tournee_id: int) -> None:
        """Show a tournée."""
        self.message.clear()
        self._read(tournee_id)

    def activated(self) -> None:
        """Read again what may have changed meanwhile."""
        if self._tournee is not None and not self._choosing:
            self._read(self._tournee.id)
        (self.day if self._choosing else self.primary).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_discreet(self, discreet: bool) -> None:
        """Show initials in place of names, or names again."""
        self._discreet = discreet
        if self._choosing:
            self._choose([fiche_id for fiche_id, box in self._boxes.items() if box.value()])
        elif self._tournee is not None:
            self._show()

    # How it is made.

    def _make_buttons(self, header: PageHeader) -> None:
        self._back = header.set_back(self.tr("Fiches et tournées"))
        self.abandon = header.add_secondary(self.tr("Aba&ndonner la tournée"))
        self.edit = header.add_secondary(self.tr("&Modifier"), icon="pencil")
        self.bordereaux = header.add_secondary(self.tr("&Bordereaux…"), icon="file-text")
        self.print = header.add_secondary(self.tr("&Imprimer…"), icon="printer")
        self.keep = header.set_primary(self.tr("&Garder cette tournée"), icon="check", shortcut="Ctrl+S")
        self.primary = header.set_primary(self.tr("Tournée &faite…"), icon="check")

    def _lay_out(self) -> None:
        self._made.add(self.remise)
        self._cards: list[QWidget] = []
        for widget in (self.message, self.day_field, self._made):
            self.add(widget)

    def _connect(self) -> None:
        self._back.clicked.connect(self._on_back_clicked)
        self.abandon.clicked.connect(self._on_abandon_clicked)
        self.edit.clicked.connect(self._on_edit_clicked)
        self.print.clicked.connect(self._on_print_clicked)
        self.bordereaux.clicked.connect(self._on_bordereaux_clicked)
        self.keep.clicked.connect(self._on_keep_clicked)
        self.primary.clicked.connect(self._on_primary_clicked)
        self.remise.confirmed.connect(self._on_remise_confirmed)
        self.message.action_triggered.connect(self._on_undo)

    # What it shows.

    def _read(self, tournee_id: int) -> None:
        self._tournee = self._services.tournees.get(tournee_id)
        if self._tournee is None:
            self.fiches_requested.emit()
            return
        self._choosing = False
        self._made.hide()
        self._show()

    def _show(self) -> None:
        tournee = self._tournee
        assert tournee is not None
        assert self.header is not None
        words_ = self.tr("Tournée du {jour}").replace("{jour}", format_jour(tournee.date))
        self.header.set_title(words_)
        state = self.tr("faite") if tournee.faite else self.tr("à faire")
        fiches = self.tr("%n fiche(s)", "", len(tournee.fiches))
        self.header.set_subtitle(
            " · ".join((fiches, self.tr("%n service(s)", "", len(tournee.arrets)), state))
        )
        self._set_mode(open_=not tournee.faite)
        self._clear()
        for place, arret in enumerate(tournee.arrets):
            self._add_card(self._arret_card(tournee, place, arret))

    def _set_mode(self, *, open_: bool) -> None:
        choosing = self._choosing
        self.day_field.setVisible(choosing)
        self.keep.setVisible(choosing)
        for button in (self.primary, self.edit):
            button.setVisible(open_ and not choosing)
        self.abandon.setVisible(choosing and self._tournee is not None)
        for button in (self.print, self.bordereaux):
            button.setVisible(not choosing)

    def _arret_card(self, tournee: Tournee, place: int, arret: Arret) -> Card:
        card = Card(f"{place + 1}. {arret.service or '–'}", icon="map-pin")
        if arret.adresse.strip():
            card.add(Quiet(", ".join(filter(None, map(str.strip, arret.adresse.splitlines())))))
        for fiche in arret.fiches:
            role, state = words.etape_role(fiche.etape), words.etape(fiche.etape)
            chip = Chip("alert", self.tr("remplacée")) if fiche.remplacee else Chip(role, state)
            line = Line(fiche.numero, self._about(fiche), chip=chip, icon="file-text", clickable=True)
            line.activated.connect(lambda fiche_id=fiche.id: self.fiche_opened.emit(fiche_id))
            card.add(line)
        row = FlowLayout(spacing=8)
        one = Button(self.tr("Bordereau…"), kind="quiet", icon="file-text")
        one.setAccessibleName(self.tr("Bordereau de {service}").replace("{service}", arret.service))
        one.clicked.connect(lambda: self.bordereaux_requested.emit(tournee.id, place))
        row.addWidget(one)
        if not tournee.faite:
            steps = (
                (self.tr("Plus tôt"), "chevron-up", -1, place > 0),
                (self.tr("Plus tard"), "chevron-down", 1, place < len(tournee.arrets) - 1),
            )
            for label, icon, step, possible in steps:
                button = Button(label, kind="quiet", icon=icon)
                button.setAccessibleName(f"{label}, {arret.service}")
                button.setEnabled(possible)
                button.clicked.connect(lambda _checked=False, step=step: self._move(place, step))
                row.addWidget(button)
        card.add(row)
        return card

    def _about(self, fiche: FicheATransmettre) -> str:
        name = fiche.initiales if self._discreet else fiche.personne
        urgence = self._services.listes.libelle("urgence", fiche.urgence) if fiche.urgence else ""
        return " · ".join(filter(None, (name, urgence)))

    def _choose(self, ticked: Sequence[int]) -> None:
        """Offer the fiches of this tournée and those that wait, by service."""
        self._choosing = True
        self._made.hide()
        assert self.header is not None
        self.header.set_title(
            self.tr("Nouvelle tournée") if self._tournee is None else self.tr("Modifier la tournée")
        )
        self.header.set_subtitle(self.tr("Cochez les fiches à emporter."))
        self._set_mode(open_=True)
        self._clear()
        self._boxes = {}
        mine = self._tournee.fiches if self._tournee is not None else ()
        waiting = [fiche for arret in self._services.tournees.waiting() for fiche in arret.fiches]
        arrets = self._services.tournees.grouped([*mine, *waiting])
        for arret in arrets:
            card = Card(arret.service or "–", icon="map-pin")
            for fiche in arret.fiches:
                box = CheckBox("")
                box.setText(f"{fiche.numero}   {self._about(fiche)}".replace("&", "&&"))
                box.set_value(fiche.id in ticked if ticked else True)
                box.setEnabled(not fiche.remplacee)
                if fiche.remplacee:
                    box.set_value(False)
                self._boxes[fiche.id] = box
                card.add(box)
            self._add_card(card)
        if not arrets:
            card = Card()
            card.add(Quiet(self.tr("Aucune fiche n’attend d’être remise. Établissez-en d’abord une.")))
            self._add_card(card)
        self.keep.setEnabled(bool(arrets))

    def _clear(self) -> None:
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = []

    def _add_card(self, card: QWidget) -> None:
        self._cards.append(card)
        self.add(card)

    # What it answers to.

    def _do(self, changes: Changes) -> None:
        self._hub.announce(changes)

    def _move(self, place: int, step: int) -> None:
        assert self._tournee is not None
        try:
            self._do(self._services.tournees.move(self._tournee.id, place, step))
        except UserError as error:
            show_error(self.message, error)
        self._read(self._tournee.id)

    @Slot()
    def _on_back_clicked(self) -> None:
        self._choosing = False
        self.fiches_requested.emit()

    @Slot()
    def _on_edit_clicked(self) -> None:
        assert self._tournee is not None
        self.message.clear()
        self.day.set_value(self._tournee.date)
        self._choose([fiche.id for fiche in self._tournee.fiches])

    @Slot()
    def _on_keep_clicked(self) -> None:
        if not self.day.settle():
            return
        day = self.day.value()
        if day is None:
            self.day_field.set_error(
                explained(self.tr("Indiquez le jour de la tournée."), "tournees#faire-une-tournée")
            )
            return
        ids = [fiche_id for fiche_id, box in self._boxes.items() if box.value()]
        tournees = self._services.tournees
        try:
            if self._tournee is None:
                tournee_id, changes = tournees.create(day, ids)
            else:
                tournee_id = self._tournee.id
                changes = tournees.put(tournee_id, ids, day)
        except UserError as error:
            if error.code == "tournee_passee":
                self.day_field.set_error(sentence(error))
                self.day.setFocus()
            else:
                show_error(self.message, error)
            return
        self._read(tournee_id)
        self.primary.setFocus(Qt.FocusReason.OtherFocusReason)  # what she was on is gone
        self._do(changes)
        self.message.show_message("good", self.tr("La tournée est prête."))

    @Slot()
    def _on_print_clicked(self) -> None:
        assert self._tournee is not None
        self.batch_requested.emit(tuple(f.id for f in self._tournee.fiches if not f.remplacee))

    @Slot()
    def _on_bordereaux_clicked(self) -> None:
        assert self._tournee is not None
        self.bordereaux_requested.emit(self._tournee.id, None)

    @Slot()
    def _on_primary_clicked(self) -> None:
        self.remise.start()
        self._made.show()
        self.remise.day.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object, str)
    def _on_remise_confirmed(self, day: date, canal: str) -> None:
        assert self._tournee is not None
        try:
            noted = self._services.tournees.finish(self._tournee.id, day, canal)
        except UserError as error:
            show_error(self.message, error)
            return
        self._undoable = noted.steps
        self._read(self._tournee.id)
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)  # the form is gone, the list comes next
        said = self.tr("%n fiche(s) notée(s) remise(s).", "", len(noted.steps))
        self.message.show_message("good", said, self.tr("Annuler"))
        self._do(noted.changes)

    @Slot()
    def _on_undo(self) -> None:
        if self._tournee is None or not self._undoable:
            return
        try:
            changes = self._services.suivi.take_back(self._undoable)
        except UserError as error:
            show_error(self.message, error)
            return
        self._undoable = ()
        self._read(self._tournee.id)
        self.message.show_message("info", self.tr("C’est repris\u00a0: la tournée est de nouveau à faire."))
        self._do(changes)

    @Slot()
    def _on_abandon_clicked(self) -> None:
        assert self._tournee is not None
        try:
            changes = self._services.tournees.drop(self._tournee.id)
        except UserError as error:
            show_error(self.message, error)
            return
        self._tournee = None
        self._do(changes)
        self.fiches_requested.emit()
