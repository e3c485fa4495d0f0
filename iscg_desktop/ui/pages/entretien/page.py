"""The page of the entretien: one form, its draft, its recording."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import uuid4

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.domain.dates import format_date
from iscg_desktop.domain.saisine import Saisine
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.entretien_writing import Recorded
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.drafts import DraftKeeper, Snapshot
from iscg_desktop.ui.forms.entretien_form import EntretienForm
from iscg_desktop.ui.forms.form_ahead import FormAhead
from iscg_desktop.ui.pages.entretien.enregistre import RecordedView, can_have_fiche
from iscg_desktop.ui.pages.entretien.footer import EntretienFooter
from iscg_desktop.ui.pages.entretien.tete import EntretienHeader
from iscg_desktop.ui.widgets.droits_message import DroitsMessage
from iscg_desktop.ui.widgets.scroll_page import ScrollPage

FORMULAIRE = "entretien"
_LOOK_AGAIN = 150  # ms after a keystroke before what is missing is said again


class EntretienPage(QWidget):
    """Where an entretien is typed, from the first keystroke to its recording.

    Keys: Ctrl+S or Ctrl+Enter records, F8 confirms the facts taken from the last entretien,
    Ctrl+Shift+P adds a person, Ctrl+Shift+O an orientation, F6 and Shift+F6 go from
    card to card.

    Args:
        services: The use cases over the open coffre.
        hub: Told of what changes.

    Signals:
        recorded: Id of the dossier.
        fiche_requested: Id of the orientation to make a fiche of.
        dossier_requested: Id of the dossier to show.
        entretien_requested: Another one, once its form is there: making it now would hold the window.
        left: Nothing is typed here any more.
    """

    recorded = Signal(int)
    fiche_requested = Signal(int)
    dossier_requested = Signal(int)
    entretien_requested = Signal()
    left = Signal()

    def __init__(self, services: Services, hub: ChangesHub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._hub = services, hub
        self._form: EntretienForm | None = None
        self._keeper: DraftKeeper | None = None
        self._done: RecordedView | None = None
        self._recorded: Recorded | None = None
        self._discreet = False
        self._ahead = FormAhead(self._new_form, self)
        self._look = QTimer(self, singleShot=True, interval=_LOOK_AGAIN)
        self._lay_out()
        self._connect()
        self._ahead.make()

    @property
    def title(self) -> str:
        """Name of the page."""
        return self._header.title

    @property
    def form(self) -> EntretienForm | None:
        """The form being filled in; None once recorded."""
        return self._form

    @property
    def draft_key(self) -> str | None:
        """Name of the draft being typed."""
        return self._keeper.cle if self._keeper else None

    # What others ask of it.

    @property
    def ready(self) -> bool:
        """Whether a form is there: beginning an entretien takes no longer than showing it."""
        return self._ahead.ready

    def when_ready(self, act: Callable[[], None]) -> None:
        """Do something once a form is there: making it now would hold the window."""
        self._ahead.when_ready(act)

    def start(self, dossier_id: int | None = None, saisine_id: int | None = None) -> None:
        """Begin an entretien: in a dossier, from a saisine, or of a situation nobody knows yet.

        What was being typed stays a draft, or stays on the screen as long as the disk refuses it; the new one
        becomes a draft at its first keystroke.
        """
        if not self.keep_now():
            return
        self._put_away()
        form = self._ahead.take()
        form.begin(dossier_id, self._saisine(saisine_id))
        self._show(form, f"{FORMULAIRE}:{uuid4()}")
        form.enter_first_empty()
        closed = self._services.dossiers.closed_on(dossier_id) if dossier_id is not None else None
        if closed is not None:
            said = self.tr("Ce dossier est clos depuis le {jour}. Enregistrer cet entretien le rouvrira.")
            self._footer.say(said.format(jour=format_date(closed)))

    def amend(self, entretien_id: int) -> None:
        """Correct a recorded entretien, or go on correcting it."""
        cle = f"{FORMULAIRE}:correction:{entretien_id}"
        if self.draft_key == cle or not self.keep_now():
            return
        if self._services.brouillons.get(cle) is not None:
            self.resume(cle)
            return
        self._put_away()
        form = self._ahead.take()
        form.amend(entretien_id)
        self._show(form, cle)
        form.enter("elements_transmissibles")

    def resume(self, cle: str) -> None:
        """Go back to a draft, on the line and at the letter where it was left."""
        if self.draft_key == cle or not self.keep_now():
            return
        brouillon = self._services.brouillons.get(cle)
        if brouillon is None:
            self.start()
            self._footer.say(self.tr("Ce brouillon n’existe plus. Voici un entretien neuf."))
            return
        self._put_away()
        form = self._ahead.take()
        form.restore(brouillon.contenu, self._saisine(brouillon.contenu["saisine_id"]))
        self._show(form, cle, brouillon.modifie_le)
        form.enter(brouillon.champ, brouillon.contenu["curseur"])

    @Slot()
    def keep_now(self) -> bool:
        """Write the draft at once, before a lock or the end; False when the disk refuses."""
        self._ahead.stop()
        return self._keeper is None or self._keeper.keep()

    def activated(self) -> None:
        """The page is shown: an entretien is ready to be typed."""
        if self._form is not None:
            self._form.enter(self._form.champ)
        elif self._done is None:
            self.start()

    def set_discreet(self, discreet: bool) -> None:
        """Blank the names, or show them again."""
        self._discreet = discreet
        if self._form is not None:
            self._form.set_discreet(discreet)
            self._say_droits()

    @Slot()
    def finish(self) -> None:
        """Record the entretien, or say all that keeps it from being recorded; nothing typed is lost."""
        form, keeper = self._form, self._keeper
        if form is None or keeper is None or form.has_half_a_partner():
            return
        self._footer.clear()
        refused = form.settle()
        draft = form.read()
        keeper.stop()
        try:
            if refused:
                raise InvalidInput(draft.check(self._services.clock.today()))
            if form.entretien_id is not None:
                recorded = self._services.entretiens.amend(form.entretien_id, draft, keeper.cle)
            else:
                recorded = self._services.entretiens.record(draft, keeper.cle)
        except InvalidInput as error:
            # The footer first: it takes its height from the page, and would hide the field gone to.
            self._footer.say_problems(len({problem.field for problem in error.problems} | set(refused)))
            form.show_problems(error.problems, refused)
            keeper.touch()
        except UserError as error:
            self._footer.say_error(error)
            keeper.touch()
        else:
            self._show_recorded(recorded)

    @Slot()
    def abandon(self) -> None:
        """Ask whether the draft is really to be forgotten; without a draft there is nothing to ask."""
        if self._keeper is None or (self._keeper.kept_at is None and not self._keeper.waiting):
            self._leave()
        else:
            self._footer.ask_to_abandon()

    # How it is made.

    def _lay_out(self) -> None:
        self._header = EntretienHeader()
        self._scroll = ScrollPage(self._header)
        self._droits = DroitsMessage()
        self._scroll.add(self._droits)
        self._footer = EntretienFooter()
        self._scroll.set_footer(self._footer)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def _connect(self) -> None:
        self._header.abandon_button.clicked.connect(self.abandon)
        self._header.fiche_button.clicked.connect(self._on_fiche_clicked)
        self._header.finish_button.clicked.connect(self.finish)
        self._footer.abandon_confirmed.connect(self._on_footer_abandon_confirmed)
        self._footer.keep_requested.connect(self.keep_now)
        self._footer.missing.asked.connect(self._on_missing_asked)
        self._hub.changed.connect(self._on_hub_changed)
        self._look.timeout.connect(self._say_missing)
        QShortcut(QKeySequence("F8"), self, self._confirm_facts)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.finish)
        QShortcut(QKeySequence("Ctrl+Enter"), self, self.finish)
        for keys, step in (("F6", 1), ("Shift+F6", -1)):
            QShortcut(QKeySequence(keys), self, partial(self._enter_card, step))

    def _new_form(self) -> EntretienForm:
        """A form already in its place: what is laid out elsewhere first is dressed twice."""
        form = EntretienForm(self._services)
        form.hide()
        self._scroll.add(form)
        return form

    # What it shows.

    def _show(self, form: EntretienForm, cle: str, kept_at: datetime | None = None) -> None:
        self._form = form
        form.set_discreet(self._discreet)
        form.edited.connect(self._on_form_edited)
        form.annuaire_changed.connect(self._hub.announce)
        self._keeper = DraftKeeper(
            self._services.brouillons, FORMULAIRE, cle, self._snapshot, self._services.clock.now, form
        )
        self._keeper.kept.connect(self._on_keeper_kept)
        self._keeper.failed.connect(self._on_keeper_failed)
        if kept_at is not None:
            self._keeper.resume(kept_at)
        numero = self._services.dossiers.numero(form.dossier_id) if form.dossier_id is not None else ""
        self._header.show_typed(numero, self._keeper.kept_at, amends=form.entretien_id is not None)
        self._footer.show()
        self._say_missing()
        self._ahead.make_at_rest()
        form.show()  # last: what changes around it would have it laid out again

    def _put_away(self) -> None:
        """Take what is shown off the page; its draft was kept, or dropped."""
        if self._keeper is not None:
            self._keeper.stop()
        for shown in (self._form, self._done):
            if shown is not None:
                shown.hide()
                self._scroll.body.removeWidget(shown)
                shown.deleteLater()
        self._form = self._keeper = self._done = self._recorded = None
        self._look.stop()
        self._droits.clear()
        self._footer.clear()
        self._footer.say_draft(None)

    def _show_recorded(self, recorded: Recorded) -> None:
        self._keeper = None  # its draft is gone with the recording
        self._put_away()
        orientations = [self._services.orientations.get(each) for each in recorded.orientation_ids]
        self._recorded = recorded
        self._done = RecordedView(self._services.listes, orientations)
        self._done.fiche_requested.connect(self.fiche_requested)
        self._done.dossier_requested.connect(self._on_dossier_requested)
        self._done.entretien_requested.connect(self.entretien_requested)
        self._header.show_recorded(
            recorded.numero,
            self._services.clock.now(),
            amended=self._services.entretiens.get(recorded.entretien_id).modifie_le is not None,
            fiche=any(map(can_have_fiche, orientations)),
        )
        self._footer.hide()
        self._scroll.add(self._done)
        self._done.show()
        self._done.take_focus()
        self._ahead.make()
        self._hub.announce(recorded.changes)
        self.recorded.emit(recorded.dossier_id)

    def _say_droits(self) -> None:
        """What persons of the dossier, or known persons on the page, limited or opposed."""
        if self._form is None:
            return
        droits, dossier_id = self._services.droits, self._form.dossier_id
        held = list(droits.lasting_in(dossier_id)) if dossier_id is not None else []
        for line in self._form.personnes.lines:
            if line.personne_id is not None:
                held += droits.lasting(line.personne_id)
        once = {each.demande.id: each for each in held}
        self._droits.show_droits(once.values(), named=True, discreet=self._discreet)

    @Slot()
    def _say_missing(self) -> None:
        if self._form is not None:
            self._say_droits()
            self._footer.missing.show_missing(self._form.missing())
            if not any(field.error() for field in self._form.fields().values()):
                self._footer.say_problems(0)

    # What it answers to.

    def _snapshot(self) -> Snapshot:
        assert self._form is not None
        return Snapshot(self._form.state(), self._form.champ, self._form.dossier_id)

    def _saisine(self, saisine_id: int | None) -> Saisine | None:
        waiting = self._services.dossiers.waiting_saisines() if saisine_id is not None else ()
        return next((saisine for saisine in waiting if saisine.id == saisine_id), None)

    def _enter_card(self, step: int) -> None:
        if self._form is not None:
            self._form.enter_card(step)

    def _confirm_facts(self) -> None:
        if self._form is not None:
            self._form.confirm_facts()

    def _leave(self) -> None:
        self._put_away()
        self._ahead.make()
        self.left.emit()

    @Slot()
    def _on_form_edited(self) -> None:
        if self._keeper is not None:
            self._keeper.touch()
        self._look.start()
        self._ahead.make_at_rest()

    @Slot()
    def _on_keeper_kept(self) -> None:
        self._footer.say_draft(None)
        if self._keeper is not None:
            self._header.say_draft(self._keeper.kept_at)

    @Slot(object)
    def _on_keeper_failed(self, error: UserError) -> None:
        self._footer.say_draft(error)
        self._header.say_draft_waits()

    @Slot()
    def _on_footer_abandon_confirmed(self) -> None:
        assert self._keeper is not None
        try:
            self._keeper.drop()
        except UserError as error:
            self._footer.say_error(error)
            return
        self._keeper = None
        self._leave()
        self._hub.announce(changes("brouillons"))

    @Slot(str)
    def _on_missing_asked(self, name: str) -> None:
        if self._form is not None:
            self._form.enter_missing(name)

    @Slot()
    def _on_fiche_clicked(self) -> None:
        if self._recorded is not None:
            found = map(self._services.orientations.get, self._recorded.orientation_ids)
            self.fiche_requested.emit(next(each.id for each in found if can_have_fiche(each)))

    @Slot()
    def _on_dossier_requested(self) -> None:
        if self._recorded is not None:
            self.dossier_requested.emit(self._recorded.dossier_id)

    @Slot(object)
    def _on_hub_changed(self, changed: Changes) -> None:
        if "partenaires" in changed.kinds and self._form is not None:
            self._form.read_annuaire()
        if "droits" in changed.kinds:
            self._say_droits()
        if "reglages" in changed.kinds:
            self._ahead.renew()
