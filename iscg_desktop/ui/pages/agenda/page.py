"""The agenda: a week of permanences and rendez-vous, the sheet of a day, a calendar without names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.agenda import Permanence, RendezVousDraft, monday_of
from iscg_desktop.domain.dates import MOIS, format_heure, format_jour
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui import icons
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.dialogs.folder_dialog import choose_folder
from iscg_desktop.ui.forms.agenda_steps import PermanenceStep, RendezVousStep
from iscg_desktop.ui.forms.short_draft import ShortDraft
from iscg_desktop.ui.forms.step_form import StepForm
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.pages.agenda.semaine import SemaineCard
from iscg_desktop.ui.paths_shown import short
from iscg_desktop.ui.widgets.button import LinkButton
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage

_WEEK = timedelta(days=7)
CALENDAR = "agenda.ics"
PAGE = "agenda"
"""Key of the page in the window: a draft named after it comes back there."""

_RENDEZ_VOUS, _PERMANENCE = "rendez_vous", "permanence"


class AgendaPage(ScrollPage):
    """A week at a time.

    Keys: Alt+PageUp and Alt+PageDown go from week to week, Alt+Home comes back to this one, Ctrl+N fixes a
    rendez-vous.

    Signals:
        dossier_requested: Id of a dossier.
    """

    dossier_requested = Signal(int)

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        header = PageHeader(self.tr("Agenda"))
        super().__init__(header)
        self.title = self.tr("Agenda")
        self._services, self._hub = services, hub
        self._monday = monday_of(services.clock.today())
        self._names = self._discreet = False
        self._form: StepForm | None = None
        self._draft = ShortDraft(services.brouillons, services.clock.now, self)
        self.message = InlineMessage()
        self._typed = Card()
        self._typed.hide()
        self.week = SemaineCard(services.listes)
        tools = QWidget()
        self._tools = FlowLayout(tools, spacing=20)
        self._previous = self._tool(self.tr("Semaine d’avant"), "chevron-left")
        self._now = self._tool(self.tr("Cette semaine"))
        self._next = self._tool(self.tr("Semaine d’après"), "chevron-right")
        self._show_names = self._tool(self.tr("Montrer les no&ms"), "eye")
        self._sheet = self._tool(self.tr("&Imprimer la feuille du jour"), "printer")
        self._calendar = self._tool(self.tr("&Calendrier (.ics)…"), "download")
        self._permanence = header.add_secondary(self.tr("&Permanence…"), icon="map-pin")
        self.primary = header.set_primary(self.tr("&Nouveau rendez-vous"), icon="plus", shortcut="Ctrl+N")
        for part in (tools, self.message, self._typed, self.week):
            self.add(part)
        self._connect()

    def activated(self) -> None:
        """Read the week again."""
        assert self.header is not None
        days = self._services.agenda.week(self._monday)
        self.header.set_subtitle(_words_of_week(self._monday))
        self.week.show_days(days, self._services.clock.today(), names=self._names, discreet=self._discreet)
        self._show_names.setVisible(
            any(each.nom for day in days for each in day.rendez_vous) and not self._discreet
        )
        self._show_names.setText(self.tr("Cacher les no&ms") if self._names else self.tr("Montrer les no&ms"))
        icons.set_icon(self._show_names, "eye-off" if self._names else "eye", "accent", 16, gap=4)

    def resume(self, cle: str) -> None:
        """Go back to a form left half-typed."""
        _, step, *known = cle.split(":")
        if known and step == _PERMANENCE:
            day = date.fromisoformat(known[1])
            self._on_permanence_chosen(self._services.agenda.permanence(int(known[0])), day)
        elif known:
            self._on_rendez_vous_chosen(int(known[0]))
        elif step == _RENDEZ_VOUS:
            self._on_primary_clicked()
        else:
            self._on_permanence_clicked()

    def keep_now(self) -> bool:
        """Write at once what is half-typed; False when the disk refuses."""
        return self._draft.keep_now()

    def set_discreet(self, discreet: bool) -> None:
        """Neither a name nor a word she typed is shown."""
        self._discreet, self._names = discreet, False
        if self._form is not None:
            self._form.set_discreet(discreet)
        self.activated()

    def show_day(self, day: date) -> None:
        """Show the week of a day."""
        self._monday = monday_of(day)
        self.activated()

    def print_sheet(self, day: date) -> None:
        """Print the sheet of a day, with the names if they are shown."""
        from iscg_desktop.ui.printing import print_pdf  # Qt's printing is slow to load and seldom needed

        try:
            if print_pdf(self, self._services.agenda.day_sheet(day, names=self._names)):
                self._services.agenda.note_printed(day)
        except UserError as error:
            show_error(self.message, error)

    def save_calendar(self, folder: Path) -> None:
        """Write the calendar into a folder, and say what it holds."""
        path = folder / CALENDAR
        try:
            self._services.agenda.save_calendar(path)
        except UserError as error:
            show_error(self.message, error)
            return
        words = self.tr("Agenda écrit dans {chemin} : des lieux et des heures, aucun nom.")
        self.message.show_message("good", words.replace("{chemin}", short(path)))

    # What it answers to.

    def _connect(self) -> None:
        self._previous.clicked.connect(lambda: self.show_day(self._monday - _WEEK))
        self._next.clicked.connect(lambda: self.show_day(self._monday + _WEEK))
        self._now.clicked.connect(lambda: self.show_day(self._services.clock.today()))
        for keys, button in (
            ("Alt+PgUp", self._previous),
            ("Alt+PgDown", self._next),
            ("Alt+Home", self._now),
        ):
            QShortcut(QKeySequence(keys), self, button.click)
            button.setToolTip(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
        self._show_names.clicked.connect(self._on_show_names_clicked)
        self._sheet.clicked.connect(lambda: self.print_sheet(self._day()))
        self._calendar.clicked.connect(self._on_calendar_clicked)
        self._permanence.clicked.connect(self._on_permanence_clicked)
        self.primary.clicked.connect(self._on_primary_clicked)
        self.week.dossier_requested.connect(self.dossier_requested)
        self.week.rendez_vous_chosen.connect(self._on_rendez_vous_chosen)
        self.week.etat_chosen.connect(self._on_etat_chosen)
        self.week.permanence_chosen.connect(self._on_permanence_chosen)
        self.week.held_chosen.connect(self._on_held_chosen)
        self.week.end_chosen.connect(self._on_end_chosen)
        self._hub.changed.connect(self._on_hub_changed)

    def _tool(self, words: str, icon: str = "") -> LinkButton:
        button = LinkButton(words)
        if icon:
            icons.set_icon(button, icon, "accent", 16, gap=4)
        self._tools.addWidget(button)
        return button

    def _day(self) -> date:
        """Today in the week of today, else the Monday shown."""
        today = self._services.clock.today()
        return today if monday_of(today) == self._monday else self._monday

    @Slot()
    def _on_show_names_clicked(self) -> None:
        self._names = not self._names
        self.activated()

    @Slot()
    def _on_primary_clicked(self) -> None:
        form = RendezVousStep(self._services)
        self._open(form, self.tr("Nouveau rendez-vous"), self._services.agenda.add_rendez_vous)
        form.begin(max(self._day(), self._services.clock.today()))
        self._draft.follow(form, f"{PAGE}:{_RENDEZ_VOUS}")

    @Slot(int)
    def _on_rendez_vous_chosen(self, rendez_vous_id: int) -> None:
        agenda, form = self._services.agenda, RendezVousStep(self._services)
        try:
            known = agenda.rendez_vous(rendez_vous_id)
        except UserError as error:
            self._refuse(error)
            return
        title = self.tr("Modifier le rendez-vous")
        self._open(form, title, lambda draft: agenda.change_rendez_vous(rendez_vous_id, draft), known.id)
        form.amend(known)
        self._draft.follow(form, f"{PAGE}:{_RENDEZ_VOUS}:{known.id}", known.dossier_id)

    @Slot()
    def _on_permanence_clicked(self) -> None:
        form = PermanenceStep(self._services, self._services.journee.unites)
        self._open(form, self.tr("Nouvelle permanence"), self._services.agenda.add_permanence)
        form.begin(self._day())
        self._draft.follow(form, f"{PAGE}:{_PERMANENCE}")

    @Slot(object, object)
    def _on_permanence_chosen(self, known: Permanence, day: date) -> None:
        form = PermanenceStep(self._services, self._services.journee.unites)
        title = self.tr("Modifier la permanence à partir du {jour}").replace("{jour}", format_jour(day))
        change = self._services.agenda.change_permanence
        self._open(form, title, lambda draft: change(known.id, day, draft))
        form.amend(known, day)
        self._draft.follow(form, f"{PAGE}:{_PERMANENCE}:{known.id}:{day.isoformat()}")

    @Slot(int, str)
    def _on_etat_chosen(self, rendez_vous_id: int, etat: str) -> None:
        self._do(lambda: self._services.agenda.set_etat(rendez_vous_id, etat))

    @Slot(int, object, bool)
    def _on_held_chosen(self, permanence_id: int, day: date, held: bool) -> None:
        self._do(lambda: self._services.agenda.set_held(permanence_id, day, held=held))

    @Slot(int, object)
    def _on_end_chosen(self, permanence_id: int, day: date) -> None:
        self._do(lambda: self._services.agenda.end_permanence(permanence_id, day))

    @Slot()
    def _on_calendar_clicked(self) -> None:
        folder = choose_folder(self, self.tr("Où écrire le calendrier"), Path.home())
        if folder is not None:
            self.save_calendar(folder)

    @Slot(object)
    def _on_hub_changed(self, changed: Changes) -> None:
        if self.isVisible() and changed.kinds & {"agenda", "reglages", "saisines"}:
            self.activated()

    # What is typed.

    def _open(
        self, form: StepForm, title: str, use_case: Callable[[Any], Changes], known: int | None = None
    ) -> None:
        """Show one form at a time over the week."""
        self._put_form_away()
        self._form = form
        form.set_discreet(self._discreet)
        self._typed.set_title(title)
        self._typed.add(form)
        self._typed.show()
        form.closed.connect(self._close_form)
        form.submitted.connect(lambda draft: self._on_submitted(draft, use_case, known))

    def _on_submitted(self, draft: object, use_case: Callable[[Any], Changes], known: int | None) -> None:
        at_once = (
            self._services.agenda.overlapping(draft, known) if isinstance(draft, RendezVousDraft) else ()
        )
        try:
            changed = use_case(draft)
        except InvalidInput as error:
            if self._form is not None:
                self._form.refuse(error)
            return
        except UserError as error:
            self._refuse(error)
            return
        self._close_form()
        self.message.clear()
        if at_once:
            words = self.tr("Noté. Un autre rendez-vous est déjà prévu à {heure}, au même moment.")
            self.message.show_message("warn", words.replace("{heure}", format_heure(at_once[0].heure)))
        self._hub.announce(changed)
        day = getattr(draft, "date", None) or getattr(draft, "jour", None)
        if isinstance(day, date) and monday_of(day) != self._monday:
            self.show_day(day)

    @Slot()
    def _close_form(self) -> None:
        """It was done, or she gave up."""
        self._draft.drop()
        self._put_form_away()

    def _put_form_away(self) -> None:
        """What is half-typed stays a draft."""
        self._draft.leave()
        self._typed.hide()
        self._typed.clear()
        self._form = None

    def _do(self, use_case: Callable[[], Changes]) -> None:
        try:
            changed = use_case()
        except UserError as error:
            self._refuse(error)
        else:
            self.message.clear()
            self._hub.announce(changed)

    def _refuse(self, error: UserError) -> None:
        show_error(self.message, error)
        self.activated()


def _words_of_week(monday: date) -> str:
    """« Semaine du 23 au 29 novembre 2026 »."""
    sunday = monday + timedelta(days=6)
    first = "1er" if monday.day == 1 else str(monday.day)
    last = f"{'1er' if sunday.day == 1 else sunday.day} {MOIS[sunday.month - 1]} {sunday.year}"
    if monday.year != sunday.year:
        first = f"{first} {MOIS[monday.month - 1]} {monday.year}"
    elif monday.month != sunday.month:
        first = f"{first} {MOIS[monday.month - 1]}"
    return f"Semaine du {first} au {last}"
