"""One dossier: its persons first, then what happened day by day, beside what is still to be done."""

from __future__ import annotations

from PySide6.QtCore import QMetaMethod, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.domain.dossier import Dossier
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.pieces_card import PiecesCard
from iscg_desktop.ui.forms.points_card import PointsCard
from iscg_desktop.ui.forms.relances_card import RelancesCard
from iscg_desktop.ui.one_a_turn import OneATurn
from iscg_desktop.ui.pages.dossiers.dossier_cards import DelaisCard, OrientationsCard
from iscg_desktop.ui.pages.dossiers.dossier_chronologie import ChronologieCard
from iscg_desktop.ui.pages.dossiers.dossier_contacts import ContactsCard
from iscg_desktop.ui.pages.dossiers.dossier_personnes import CloisonnementCard, PersonnesPanel
from iscg_desktop.ui.pages.dossiers.dossier_saisies import DossierForms
from iscg_desktop.ui.pages.dossiers.dossier_tete import ClosedMessage, DossierHeader, DraftMessage
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.columns import Columns
from iscg_desktop.ui.widgets.droits_message import DroitsMessage
from iscg_desktop.ui.widgets.scroll_page import ScrollPage

_NOTED_WITHIN = 200
"""Milliseconds after which a reading goes to the journal though the page was not drawn yet."""


class DossierPage(ScrollPage):
    """Shows one dossier at a time.

    Keys: N an entretien, O an orientation, D another document, I the note d’information, ↑ and ↓ through what
    happened, Enter opens.

    Signals:
        back_requested: Back to the list.
        entretien_requested: Id of the dossier in which to record an entretien.
        fiche_requested: Id of the orientation to issue a fiche from.
        fiche_opened: Id of an issued fiche.
        suite_requested: Id of the orientation whose suite she wants to note.
        entretien_opened: Id of a recorded entretien to show on its own page.
        orientation_requested: Id of the dossier in which to begin an orientation.
        contact_requested: A contact with a partner to note: no structure yet, id of the dossier.
        contact_opened: Id of a contact to amend.
        draft_requested: Name of a draft of this dossier to go on with.
        personne_requested: Id of a person whose page is wanted.
        documents_requested: Id of the dossier for which to prepare another document than a fiche.
        document_opened: Id of an issued document.
        note_requested: Id of the dossier and of the person whose note d’information is issued and printed at once.
    """

    back_requested = Signal()
    entretien_requested = Signal(int)
    fiche_requested = Signal(int)
    fiche_opened = Signal(int)
    suite_requested = Signal(int)
    orientation_requested = Signal(int)
    contact_requested = Signal(object, object)
    contact_opened = Signal(int)
    draft_requested = Signal(str)
    entretien_opened = Signal(int)
    personne_requested = Signal(int)
    documents_requested = Signal(int)
    document_opened = Signal(int)
    note_requested = Signal(int, int)

    def __init__(self, services: Services, hub: ChangesHub, tasks: TaskRunner) -> None:
        self._head = DossierHeader(services)
        super().__init__(self._head)
        self.title = self.tr("Dossier")
        self._services = services
        self._dossier: Dossier | None = None
        self._shown_id: int | None = None
        self._discreet = False
        self._fresh = False
        self._reading = QTimer(self, singleShot=True)
        self._reading.timeout.connect(self._on_reading_timeout)
        self._ahead = OneATurn(self, self._make_ahead)
        self._ahead.start()
        self._draft, self._closed, self._droits = DraftMessage(services), ClosedMessage(), DroitsMessage()
        self._persons = PersonnesPanel(services.listes)
        self.timeline = ChronologieCard(services.entretiens, services.listes)
        today = services.clock.today
        self.relances, self.points = RelancesCard(today), PointsCard(today)
        self.orientations, self.contacts = OrientationsCard(), ContactsCard()
        self.pieces = PiecesCard(services, hub, tasks)
        self._apart, self._delais = CloisonnementCard(), DelaisCard()
        self.forms = DossierForms(services, hub, self.points, self.relances)
        self._lay_out()
        self._letters = [
            QShortcut(QKeySequence(key), self, slot, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            for key, slot in (
                ("N", self._on_entretien_clicked),
                ("O", self._on_orientation_asked),
                ("D", self._on_documents_clicked),
                ("I", self._on_note),
            )
        ]
        self._connect()
        hub.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        side = QWidget()
        beside = QVBoxLayout(side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(GAP)
        for card in (
            self.relances,
            self.points,
            self.orientations,
            self.contacts,
            self.pieces,
            self._apart,
            self._delais,
        ):
            beside.addWidget(card)
        beside.addStretch(1)
        for widget in (
            self._draft,
            self._closed,
            self._droits,
            self.forms.message,
            self.forms.closing_card,
            self.forms.reopening_card,
            self._persons,
        ):
            self.add(widget)
        self.add(Columns(self.timeline, side, ratios=(3, 2)))

    def _connect(self) -> None:
        self._head.back_button.clicked.connect(self.back_requested)
        self._head.new_button.clicked.connect(self._on_entretien_clicked)
        self._head.close_button.clicked.connect(self.forms.close)
        self._head.documents_button.clicked.connect(self._on_documents_clicked)
        self._draft.action_triggered.connect(self._on_draft_triggered)
        self._closed.action_triggered.connect(self.forms.reopen)
        # The form is gone: without this Qt goes to whatever comes next, down the page.
        self.forms.dossier_closed.connect(self._closed.enter_action)
        self.forms.dossier_reopened.connect(self._head.close_button.setFocus)
        self.forms.typing.connect(self._on_typing)
        self._persons.personne_requested.connect(self.personne_requested)
        self._persons.accueil_asked.connect(self._on_accueil_asked)
        self.timeline.fiche_opened.connect(self.fiche_opened)
        self.timeline.entretien_opened.connect(self.entretien_opened)
        self.timeline.document_opened.connect(self.document_opened)
        self.orientations.action_triggered.connect(self._on_orientation_asked)
        self.orientations.fiche_requested.connect(self.fiche_requested)
        self.orientations.suite_requested.connect(self.suite_requested)
        self.contacts.action_triggered.connect(self._on_contact_triggered)
        self.contacts.chosen.connect(self._on_contact_chosen)

    def _make_ahead(self) -> None:
        """Make one more of the lines it will need: with all of them to make, the first dossier holds the window."""
        if not self.timeline.make_ahead():
            self._ahead.stop()

    # What others ask of it.

    def show_dossier(self, dossier_id: int) -> None:
        """Open a dossier; the reading goes to the journal."""
        if dossier_id != self._shown_id:
            self.forms.put_away()
        with self.out_of_sight():
            self._fill(self._services.dossiers.open(dossier_id, drawn_first=True))
        self._reading.start(_NOTED_WITHIN)
        self._fresh = True
        if self.isVisible():  # it may not be shown again; if it is, then in this turn
            QTimer.singleShot(0, self, self._age)

    @Slot()
    def _age(self) -> None:
        self._fresh = False

    def activated(self) -> None:
        """Read the dossier again, unless it was opened to be shown now."""
        if not self._fresh:
            self._reread()
        self._fresh = False

    @property
    def shown(self) -> int | None:
        """Id of the dossier shown."""
        return self._shown_id

    def resume(self, cle: str) -> None:
        """Go back to a short form left half-typed."""
        _, dossier_id, name, *about = cle.split(":")
        self.show_dossier(int(dossier_id))
        self.forms.resume(name, *about)
        self._draft.look_for(int(dossier_id), but=self.forms.drafts())  # it waits no more

    def keep_now(self) -> bool:
        """Write at once what is half-typed; False when the disk refuses."""
        return self.forms.keep_now()

    def set_discreet(self, discreet: bool) -> None:
        """Show initials in place of names and nothing of what she typed, or all again."""
        self._discreet = discreet
        self.forms.set_discreet(discreet)
        self.pieces.set_discreet(discreet)
        self._reread()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._reading.isActive():
            self._reading.start(0)  # the disk is waited for once the page is in sight

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Down or not self.timeline.enter():
            super().keyPressEvent(event)

    # What it shows.

    def _reread(self) -> None:
        if self._shown_id is not None:
            self._fill(self._services.dossiers.reread(self._shown_id))

    def _fill(self, dossier: Dossier) -> None:
        services = self._services
        another = dossier.id != self._shown_id
        self._dossier, self._shown_id = dossier, dossier.id
        self.forms.show_dossier(dossier)
        self._head.show_dossier(dossier)
        self._closed.show_dossier(dossier, discreet=self._discreet)
        held = services.droits.lasting_in(dossier.id)
        self._droits.show_droits(held, named=len(dossier.personnes) > 1, discreet=self._discreet)
        self._draft.look_for(dossier.id, but=self.forms.drafts())
        by_hand = services.entretiens.counted_by_hand(dossier.id)
        self._persons.show_persons(dossier.personnes, by_hand=by_hand, discreet=self._discreet)
        self._fill_cards(dossier, another=another)
        self._apart.show_sides(dossier.personnes)
        self._delais.show_delais(services.dossiers.jalons(dossier.id).delais())
        self.pieces.show_for(dossier.id)

    def _fill_cards(self, dossier: Dossier, *, another: bool) -> None:
        """What happened, and what is to be done; in ``another`` dossier each begins at its first lines."""
        services, discreet = self._services, self._discreet
        names = self._names(dossier)
        self.timeline.show_events(
            dossier.evenements, names, services.clock.today(), discreet=discreet, another=another
        )
        for card in (self.points, self.relances, self.orientations, self.contacts):
            if another:
                card.forget_wanted()
        self.relances.show_relances(dossier.evenements, discreet=discreet)
        self.points.show_points(services.referent.points(dossier.id), discreet=discreet)
        # A button that nobody answers would be a promise not kept.
        answered = self.isSignalConnected(QMetaMethod.fromSignal(self.suite_requested))
        self.orientations.show_orientations(
            services.dossiers.orientations(dossier.id),
            services.listes,
            names,
            discreet=discreet,
            suites=answered,
        )
        self.contacts.show_contacts(
            services.contacts.of_dossier(dossier.id), services.listes, discreet=discreet
        )

    def _names(self, dossier: Dossier) -> dict[int, str]:
        """What to call each person where several are concerned: one alone needs no name on each line."""
        if len(dossier.personnes) < 2:
            return {}
        identites = {each.personne.id: each.personne.identite for each in dossier.personnes}
        return {
            each: identite.initiales if self._discreet else identite.nom_court
            for each, identite in identites.items()
        }

    # What it answers to.

    @Slot(bool)
    def _on_typing(self, typing: bool) -> None:
        """N and O are keys of the page while no form is open; in a form they are letters."""
        for shortcut in self._letters:
            shortcut.setEnabled(not typing)

    @Slot()
    def _on_entretien_clicked(self) -> None:
        if self._shown_id is not None:
            self.entretien_requested.emit(self._shown_id)

    @Slot(object)
    def _on_contact_chosen(self, contact_id: int) -> None:
        self.contact_opened.emit(contact_id)

    @Slot()
    def _on_reading_timeout(self) -> None:
        if not self._services.dossiers.note_readings():
            self._reading.start(_NOTED_WITHIN)

    @Slot()
    def _on_orientation_asked(self) -> None:
        if self._shown_id is not None:
            self.orientation_requested.emit(self._shown_id)

    @Slot()
    def _on_contact_triggered(self) -> None:
        self.contact_requested.emit(None, self._shown_id)

    @Slot()
    def _on_documents_clicked(self) -> None:
        if self._shown_id is not None:
            self.documents_requested.emit(self._shown_id)

    @Slot()
    def _on_note(self) -> None:
        """The note of the first person met and not informed yet; when all are, the page where one is chosen.

        Whoever is only mentioned, the mis en cause above all, gets one only when she chooses so.
        """
        if self._dossier is None:
            return
        met = [each.personne for each in self._dossier.personnes if each.accueillie]
        waiting = [personne for personne in met if personne.identite.informee_le is None]
        if waiting:
            self.note_requested.emit(self._dossier.id, waiting[0].id)
        else:
            self.documents_requested.emit(self._dossier.id)

    @Slot()
    def _on_draft_triggered(self) -> None:
        self.draft_requested.emit(self._draft.cle)

    @Slot(int, bool)
    def _on_accueil_asked(self, personne_id: int, accueillie: bool) -> None:
        dossier_id = self._shown_id
        if dossier_id is not None and not self.forms.do(
            lambda: self._services.entretiens.mark_accueillie(dossier_id, personne_id, accueillie)
        ):
            self._reread()  # the tick goes back to what is true

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.dossier_id in (None, self._shown_id):
            self._reread()
