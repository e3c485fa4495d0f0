"""Fiches et tournées: what waits for its fiche, where every issued fiche is, and the tournées to come."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot

from iscg_desktop.domain.dates import format_date_courte, format_jour
from iscg_desktop.domain.fiche_suivi import Etat, FicheEtablie
from iscg_desktop.errors import UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.services.suivi import Noted
from iscg_desktop.ui import words
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.remise_form import RemiseForm
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.columns import Columns
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.empty_state import EmptyState
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage
from iscg_desktop.ui.widgets.search_field import SearchField

_WAITING, _TOURNEES = 4, 4
"""Waiting orientations and tournées shown; the others follow as these are done."""
_STEP = 200
"""Fiches shown at first, and added at each « Afficher la suite »."""


class FichesPage(ScrollPage):
    """Lists the fiches by state, notes several at once, and leads to the tournées and the retours.

    Signals:
        fiche_requested: Id of an orientation to issue a fiche from.
        fiche_opened: Id of an issued fiche.
        batch_requested: Ids of the fiches to print together.
        tournee_requested: Id of a tournée, or None with the ids of the fiches of a new one.
        retour_requested: A coupon came back.
    """

    fiche_requested = Signal(int)
    fiche_opened = Signal(int)
    batch_requested = Signal(object)
    tournee_requested = Signal(object, object)
    retour_requested = Signal()

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        header = PageHeader(self.tr("Fiches et tournées"))
        super().__init__(header)
        self.title = self.tr("Fiches et tournées")
        self._services, self._hub = services, hub
        self._limit = _STEP
        self._undoable: tuple[int, ...] = ()
        self.search = SearchField(self.tr("Chercher un numéro, un service"))
        header.add_widget(self.search)
        self.retour = header.add_secondary(self.tr("Saisir un re&tour"), icon="corner-down-left")
        self.prepare = header.set_primary(self.tr("&Préparer une tournée"), icon="map-pin")
        self.message = InlineMessage()
        self.waiting = Card(self.tr("Orientations sans fiche"))
        self.tournees = Card(self.tr("Tournées"))
        self.etat = ChoiceRow(self._etats(), clearable=False)
        self.etat.setAccessibleName(self.tr("Fiches montrées"))
        self.etat.set_value(Etat.TOUTES)
        self._empty = EmptyState(
            "file-text",
            self.tr("Aucune fiche ici"),
            detail=self.tr(
                "Une fiche s’établit depuis une orientation, dans un entretien ou dans un dossier."
            ),
        )
        self.table = DataTable(
            self._columns(), empty=self._empty, name=self.tr("Fiches établies"), multiple=True
        )
        self._more = Button(self.tr("Afficher la suite"), kind="quiet", icon="chevron-down")
        self.remise = RemiseForm(services)
        self._lay_out()
        self._connect()

    def activated(self) -> None:
        """Read everything again."""
        self._fill_waiting()
        self._fill_tournees()
        self._reload()

    # How it is made.

    def _etats(self) -> list[tuple[str, str]]:
        return [
            (Etat.TOUTES, self.tr("Toutes")),
            (Etat.A_IMPRIMER, self.tr("À imprimer")),
            (Etat.A_REMETTRE, self.tr("À remettre")),
            (Etat.REMISES, self.tr("Remises")),
            (Etat.A_RELANCER, self.tr("À relancer")),
            (Etat.RETOURS, self.tr("Retours")),
        ]

    def _columns(self) -> list[Column[FicheEtablie]]:
        return [
            Column(self.tr("Fiche"), lambda fiche: fiche.numero),
            Column(self.tr("Dossier"), lambda fiche: fiche.dossier, yields=True),
            Column(self.tr("Destinataire"), lambda fiche: fiche.partenaire or "–", stretch=True),
            Column(
                self.tr("Établie le"),
                lambda fiche: format_date_courte(fiche.etablie_le),
                sort=lambda fiche: fiche.etablie_le,
                align="right",
                yields=True,
            ),
            Column(self.tr("État"), self._state, role=self._state_role),
            Column(
                self.tr("Depuis"),
                self._since,
                sort=lambda fiche: fiche.remise_le or fiche.etape_le,
            ),
        ]

    def _lay_out(self) -> None:
        self.print = Button(self.tr("&Imprimer ensemble…"), icon="printer")
        self.printed = Button(self.tr("Noter i&mprimées"), icon="check")
        self.handed = Button(self.tr("Noter &remises…"), icon="send")
        self.reminded = Button(self.tr("Noter re&lancées"), icon="phone")
        self.chosen = Quiet(wrap=False)
        actions = FlowLayout(spacing=8)
        for widget in (self.chosen, self.print, self.printed, self.handed, self.reminded):
            actions.addWidget(widget)
        issued = Card(self.tr("Fiches établies"))
        issued.add(self.etat)
        issued.add(actions)
        issued.add(self.remise)
        issued.add(self.table, 1)
        issued.add(self._more)
        self.remise.hide()
        self._pair = Columns(self.waiting, self.tournees)
        self.add(self.message)
        self.add(self._pair)
        self.add(issued, 1)

    def _connect(self) -> None:
        self.search.searched.connect(self._on_searched)
        self.search.opened.connect(self._on_search_opened)
        self.search.left_downwards.connect(self.table.setFocus)
        self.etat.committed.connect(self._on_searched)
        self.retour.clicked.connect(self.retour_requested)
        self.prepare.clicked.connect(self._on_prepare_clicked)
        self.table.activated.connect(self._on_activated)
        self.table.view.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self._more.clicked.connect(self._on_more_clicked)
        self.print.clicked.connect(self._on_print_clicked)
        self.printed.clicked.connect(self._on_printed_clicked)
        self.handed.clicked.connect(self._on_handed_clicked)
        self.reminded.clicked.connect(self._on_reminded_clicked)
        self.remise.confirmed.connect(self._on_remise_confirmed)
        self.message.action_triggered.connect(self._on_undo)
        self._hub.changed.connect(self._on_changed)

    # What it shows.

    def _state(self, fiche: FicheEtablie) -> str:
        return self.tr("remplacée") if fiche.remplacee_par else words.etape(fiche.etape)

    def _state_role(self, fiche: FicheEtablie) -> str:
        return "quiet" if fiche.remplacee_par else words.etape_role(fiche.etape)

    def _since(self, fiche: FicheEtablie) -> str:
        """How long a fiche has been where it is: « sans retour depuis 12 jours »."""
        if fiche.remplacee_par:
            return self.tr("par {numero}").replace("{numero}", fiche.remplacee_par)
        waits = fiche.attend_un_retour
        since = (fiche.remise_le or fiche.etape_le) if waits else fiche.etape_le
        days = (self._today - since).days
        if fiche.etape == "retour" or days < 1:
            return self.tr("le {jour}").replace("{jour}", format_date_courte(since))
        if waits:
            return self.tr("sans retour depuis %n jour(s)", "", days)
        return self.tr("depuis %n jour(s)", "", days)

    @property
    def _today(self) -> date:
        return self._services.clock.today()

    def _reload(self) -> None:
        suivi = self._services.suivi
        etat = Etat(self.etat.value() or Etat.TOUTES)
        fiches = suivi.find(etat, self.search.text(), self._limit)
        self.table.set_records(fiches)
        self._more.setVisible(len(fiches) == self._limit)
        counts = (
            self.tr("{n} à imprimer").replace("{n}", str(suivi.count(Etat.A_IMPRIMER))),
            self.tr("{n} à remettre").replace("{n}", str(suivi.count(Etat.A_REMETTRE))),
            self.tr("{n} à relancer").replace("{n}", str(suivi.count(Etat.A_RELANCER))),
        )
        assert self.header is not None
        self.header.set_subtitle(" · ".join(counts))
        self._on_selection_changed()

    def _fill_waiting(self) -> None:
        self.waiting.clear()
        orientations = self._services.orientations.without_fiche(_WAITING)
        for orientation in orientations:
            line = Line(
                orientation.partenaire,
                self.tr("orientation du {jour}").replace("{jour}", format_date_courte(orientation.date)),
                chip=Chip("accent", self.tr("établir")),
                icon="send",
                clickable=True,
            )
            line.activated.connect(
                lambda orientation_id=orientation.id: self.fiche_requested.emit(orientation_id)
            )
            self.waiting.add(line)
        self.waiting.setVisible(bool(orientations))

    def _fill_tournees(self) -> None:
        self.tournees.clear()
        tournees = self._services.tournees.all(_TOURNEES)
        for tournee in tournees:
            fiches = self.tr("%n fiche(s)", "", tournee.fiches)
            services = self.tr("%n service(s)", "", tournee.services)
            done = tournee.faite
            line = Line(
                format_jour(tournee.date).capitalize(),
                f"{fiches}, {services}",
                chip=Chip("good" if done else "warn", self.tr("faite") if done else self.tr("à faire")),
                icon="map-pin",
                clickable=True,
            )
            line.activated.connect(lambda tournee_id=tournee.id: self.tournee_requested.emit(tournee_id, ()))
            self.tournees.add(line)
        if not tournees:
            self.tournees.add(
                Quiet(
                    self.tr("Une tournée réunit les fiches à remettre un même jour, avec leurs bordereaux.")
                )
            )

    def _chosen_ids(self) -> list[int]:
        return [fiche.id for fiche in self.table.selection()]

    # What it answers to.

    @Slot()
    def _on_selection_changed(self) -> None:
        count = len(self.table.selection())
        self.chosen.setText(
            self.tr("%n fiche(s) choisie(s)", "", count)
            if count
            else self.tr("Aucune fiche choisie (Maj ou Ctrl\u00a0: plusieurs)")
        )
        for button in (self.print, self.printed, self.handed, self.reminded):
            button.setEnabled(count > 0)
        if not count:
            self.remise.hide()

    @Slot()
    def _on_searched(self) -> None:
        self._limit = _STEP
        self._reload()

    @Slot()
    def _on_search_opened(self) -> None:
        records = self.table.records()
        if records:
            self.fiche_opened.emit(records[0].id)

    @Slot()
    def _on_more_clicked(self) -> None:
        self._limit += _STEP
        self._reload()

    @Slot(object)
    def _on_activated(self, fiche: FicheEtablie) -> None:
        self.fiche_opened.emit(fiche.id)

    @Slot()
    def _on_prepare_clicked(self) -> None:
        self.tournee_requested.emit(None, tuple(self._chosen_ids()))

    @Slot()
    def _on_print_clicked(self) -> None:
        self.batch_requested.emit(self._services.tournees.order(self._chosen_ids()))

    @Slot()
    def _on_printed_clicked(self) -> None:
        self._note("imprimee", self._today)

    @Slot()
    def _on_reminded_clicked(self) -> None:
        self._note("relance", self._today)

    @Slot()
    def _on_handed_clicked(self) -> None:
        self.remise.start()
        self.remise.show()
        self.remise.day.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object, str)
    def _on_remise_confirmed(self, day: date, canal: str) -> None:
        if self._note("remise", day, canal):
            self.remise.hide()

    def _note(self, etape: str, day: date, canal: str | None = None) -> bool:
        try:
            noted = self._services.suivi.note(self._chosen_ids(), etape, day, canal)
        except UserError as error:
            show_error(self.message, error)
            return False
        self._hub.announce(noted.changes)
        self._say_noted(noted, etape)
        return True

    def _say_noted(self, noted: Noted, etape: str) -> None:
        self._undoable = noted.steps
        count = len(noted.steps)
        said = self.tr("%n fiche(s) notée(s)\u00a0:", "", count) + f" {words.etape(etape)}."
        if not count:
            said = self.tr("Rien de nouveau\u00a0: ces fiches en étaient déjà là.")
        elif noted.already:
            said += " " + self.tr("Les autres en étaient déjà là.")
        self.message.show_message("good" if count else "info", said, self.tr("Annuler") if count else "")

    @Slot()
    def _on_undo(self) -> None:
        try:
            changes = self._services.suivi.take_back(self._undoable)
        except UserError as error:
            show_error(self.message, error)
        else:
            self._undoable = ()
            self.message.show_message("info", self.tr("C’est repris\u00a0: rien n’est noté."))
            self._hub.announce(changes)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds & {"fiches", "orientations", "reglages"}:
            self.activated()
