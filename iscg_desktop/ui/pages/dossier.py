"""One dossier: its persons first, then what happened day by day, beside what is still to be done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QMetaMethod, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.domain.dates import format_date
from iscg_desktop.domain.dossier import Dossier
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.agenda_form import AgendaDraft, AgendaForm
from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.forms.orientation_panel import OrientationPanel
from iscg_desktop.ui.forms.pieces_card import PiecesCard
from iscg_desktop.ui.forms.short_draft import ShortDraft
from iscg_desktop.ui.forms.short_form import ShortForm
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.pages.dossier_cards import DelaisCard, OrientationsCard, PointsCard, RelancesCard
from iscg_desktop.ui.pages.dossier_chronologie import ChronologieCard
from iscg_desktop.ui.pages.dossier_contacts import ContactsCard
from iscg_desktop.ui.pages.dossier_personnes import CloisonnementCard, PersonnesPanel
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.columns import Columns
from iscg_desktop.ui.widgets.droits_message import DroitsMessage
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage


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
    contact_requested = Signal(object, object)
    contact_opened = Signal(int)
    draft_requested = Signal(str)
    entretien_opened = Signal(int)
    personne_requested = Signal(int)
    documents_requested = Signal(int)
    document_opened = Signal(int)
    note_requested = Signal(int, int)

    def __init__(self, services: Services, hub: ChangesHub, tasks: TaskRunner) -> None:
        header = PageHeader("")
        super().__init__(header)
        self.title = self.tr("Dossier")
        self._services, self._hub = services, hub
        self._dossier: Dossier | None = None
        self._shown_id: int | None = None
        self._discreet = False
        self._fresh = False
        header.set_back(self.tr("Dossiers")).clicked.connect(self.back_requested)
        self._close = header.add_secondary(self.tr("&Clore"), icon="archive")
        self._documents = header.add_secondary(self.tr("Autre document…"), icon="file-text")
        self._new = header.set_primary(self.tr("Nouvel entretien"), icon="plus", shortcut="Ctrl+N")
        self._draft = InlineMessage("info", "", dismissible=False)
        self._draft_key = ""
        self._state = InlineMessage("warn", "", dismissible=False)
        self._droits = DroitsMessage()
        self._message = InlineMessage()
        self.closing = ShortForm(
            {"motif": Field(self.tr("Pourquoi ce dossier se ferme-t-il\u00a0?"), LineEdit())},
            self.tr("Clore le &dossier"),
        )
        self._closing_card = Card(self.tr("Clore le dossier"), icon="archive")
        self._closing_card.add(self.closing)
        self._closing_card.hide()
        self.orienting = OrientationPanel(services.orientations, services.listes)
        self._persons = PersonnesPanel()
        self._persons.personne_requested.connect(self.personne_requested)
        self.timeline = ChronologieCard(services.entretiens, services.listes)
        today = services.clock.today
        self.points = PointsCard(today)
        self.relances = RelancesCard(today)
        self.orientations = OrientationsCard()
        self.pieces = PiecesCard(services, hub, tasks)
        self.contacts = ContactsCard()
        self._apart = CloisonnementCard()
        self._delais = DelaisCard()
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
            self._state,
            self._droits,
            self._message,
            self._closing_card,
            self.orienting,
            self._persons,
        ):
            self.add(widget)
        self.add(Columns(self.timeline, side, ratios=(3, 2)))
        self._letters = [
            QShortcut(QKeySequence(key), self, slot, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            for key, slot in (
                ("N", self._on_entretien_clicked),
                ("O", self._on_orient),
                ("D", self._on_documents_clicked),
                ("I", self._on_note),
            )
        ]
        self._drafts = {
            name: ShortDraft(services.brouillons, services.clock.now, self)
            for name in ("clore", "point", "vu", "relance", "orienter")
        }
        self._connect()

    def _connect(self) -> None:
        self._new.clicked.connect(self._on_entretien_clicked)
        self._close.clicked.connect(self._on_close_clicked)
        self._documents.clicked.connect(self._on_documents_clicked)
        self._draft.action_triggered.connect(self._on_draft_triggered)
        self._state.action_triggered.connect(self._on_reopen_triggered)
        self.closing.submitted.connect(self._on_closing_submitted)
        self.closing.closed.connect(self._closing_card.hide)
        self.closing.closed.connect(self._free_letters)
        for name, form in self._short_forms.items():
            form.opening.connect(self._drafts[name].leave)
            form.opened.connect(partial(self._follow, name, form))
            form.closed.connect(self._drafts[name].drop)
        self.orienting.closed.connect(self._drafts["orienter"].drop)
        self.orienting.recorded.connect(self._hub.announce)
        self.orienting.closed.connect(self._free_letters)
        self._persons.accueil_asked.connect(self._on_accueil_asked)
        self.timeline.fiche_opened.connect(self.fiche_opened)
        self.timeline.entretien_opened.connect(self.entretien_opened)
        self.timeline.document_opened.connect(self.document_opened)
        self.orientations.action_triggered.connect(self._on_orient)
        self.orientations.fiche_requested.connect(self.fiche_requested)
        self.orientations.suite_requested.connect(self.suite_requested)
        self.contacts.action_triggered.connect(self._on_contact_triggered)
        self.contacts.chosen.connect(self._on_contact_chosen)
        self.relances.form.submitted.connect(self._on_relance_submitted)
        self.relances.done.connect(self._on_relance_done)
        self.points.added.connect(self._on_point_added)
        self.points.seen.connect(self._on_point_seen)
        self._hub.changed.connect(self._on_changed)

    def show_dossier(self, dossier_id: int) -> None:
        """Open a dossier; the reading goes to the journal."""
        if dossier_id != self._shown_id:
            self._put_forms_away()
        self._fill(self._services.dossiers.open(dossier_id))
        self._fresh = not self.isVisible()

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
        _, dossier_id, name, *point = cle.split(":")
        self.show_dossier(int(dossier_id))
        if name == "vu":
            self.points.see(int(point[0]))
            return
        openers = {
            "clore": self._on_close_clicked,
            "point": self.points.add_point,
            "relance": self.relances.form.open,
            "orienter": self._on_orient,
        }
        openers[name]()

    def keep_now(self) -> bool:
        """Write at once what is half-typed; False when the disk refuses."""
        kept = [draft.keep_now() for draft in self._drafts.values()]
        return all(kept)

    @property
    def _short_forms(self) -> dict[str, ShortForm | AgendaForm]:
        return {
            "clore": self.closing,
            "point": self.points.adding,
            "vu": self.points.seeing,
            "relance": self.relances.form,
        }

    def _follow(self, name: str, form: Form) -> None:
        """Keep what is typed in a short form of the dossier shown."""
        about = f":{self.points.seeing.subject.id}" if name == "vu" else ""
        self._drafts[name].follow(form, f"dossier:{self._shown_id}:{name}{about}", self._shown_id)

    def set_discreet(self, discreet: bool) -> None:
        """Show initials in place of names and nothing of what she typed, or all again."""
        self._discreet = discreet
        for form in (self.closing, self.orienting, self.relances.form, self.pieces):
            form.set_discreet(discreet)
        self._reread()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Down or not self.timeline.enter():
            super().keyPressEvent(event)

    def _reread(self) -> None:
        if self._shown_id is not None:
            self._fill(self._services.dossiers.reread(self._shown_id))

    def _fill(self, dossier: Dossier) -> None:
        services, listes = self._services, self._services.listes
        another = dossier.id != self._shown_id
        self._dossier, self._shown_id = dossier, dossier.id
        self._fill_head(dossier)
        held = services.droits.lasting_in(dossier.id)
        self._droits.show_droits(held, named=len(dossier.personnes) > 1, discreet=self._discreet)
        self._fill_draft(dossier.id)
        by_hand = services.entretiens.counted_by_hand(dossier.id)
        self._persons.show_persons(dossier.personnes, listes, by_hand=by_hand, discreet=self._discreet)
        names = self._names(dossier)
        self.timeline.show_events(
            dossier.evenements, names, services.clock.today(), discreet=self._discreet, another=another
        )
        for card in (self.points, self.relances, self.orientations, self.contacts):
            if another:
                card.forget_wanted()
        self.relances.show_relances(dossier.evenements, discreet=self._discreet)
        self.points.show_points(services.referent.points(dossier.id), discreet=self._discreet)
        orientations = services.dossiers.orientations(dossier.id)
        # A button that nobody answers would be a promise not kept.
        answered = self.isSignalConnected(QMetaMethod.fromSignal(self.suite_requested))
        self.orientations.show_orientations(
            orientations, listes, names, discreet=self._discreet, suites=answered
        )
        contacts = services.contacts.of_dossier(dossier.id)
        self.contacts.show_contacts(contacts, listes, discreet=self._discreet)
        self._apart.show_sides(dossier.personnes)
        self._delais.show_delais(services.dossiers.jalons(dossier.id).delais())
        self.pieces.show_for(dossier.id)

    def _fill_head(self, dossier: Dossier) -> None:
        assert self.header is not None
        listes = self._services.listes
        self.header.set_title(self.tr("Dossier {numero}").replace("{numero}", dossier.numero))
        facts = [
            listes.unite(dossier.unite_id),
            listes.libelle("regime", dossier.regime),
            self.tr("dernier contact le {date}").replace("{date}", format_date(dossier.dernier_contact)),
            self._kept_until(dossier.id),
        ]
        self.header.set_subtitle(" · ".join(fact for fact in facts if fact))
        self._close.setVisible(dossier.clos_le is None)
        if dossier.clos_le is None:
            self._state.clear()
            return
        said = self.tr("Dossier clos le {date}.").format(date=format_date(dossier.clos_le))
        motif = "" if self._discreet else dossier.motif_cloture
        # The words she typed come last, so that nothing in them is taken for a place to fill.
        parts = (said, self.tr("Un nouvel entretien le rouvrira."), motif)
        self._state.show_message("warn", " ".join(part for part in parts if part), self.tr("Rouvrir"))

    def _kept_until(self, dossier_id: int) -> str:
        """Until when it is kept; past that day it is prolonged or erased."""
        fin = self._services.conservation.fin(dossier_id)
        over = fin < self._services.clock.today()
        words = (
            self.tr("à conserver jusqu’au {date}, passé") if over else self.tr("à conserver jusqu’au {date}")
        )
        return words.replace("{date}", format_date(fin))

    def _names(self, dossier: Dossier) -> dict[int, str]:
        """What to call each person where several are concerned: one alone needs no name on each line."""
        if len(dossier.personnes) < 2:
            return {}
        identites = {each.personne.id: each.personne.identite for each in dossier.personnes}
        return {
            each: identite.initiales if self._discreet else identite.nom_court
            for each, identite in identites.items()
        }

    def _fill_draft(self, dossier_id: int) -> None:
        typed = {draft.cle for draft in self._drafts.values()}  # those are on the page already
        drafts = [
            draft
            for draft in self._services.brouillons.all()
            if draft.dossier_id == dossier_id and draft.cle not in typed
        ]
        # An entretien half-typed comes before a fiche half-completed.
        drafts.sort(key=lambda draft: draft.formulaire != "entretien")
        self._draft_key = drafts[0].cle if drafts else ""
        said = self.tr("Une saisie de ce dossier est restée en brouillon.") if drafts else ""
        self._draft.show_message("info", said, self.tr("Reprendre") if drafts else "")

    def _put_forms_away(self) -> None:
        self._message.clear()
        for draft in self._drafts.values():
            draft.leave()
        self.closing.done()
        self.orienting.close_form()
        for form in (self.relances.form, self.points.adding, self.points.seeing):
            form.hide()

    def _do(self, use_case: Callable[[], Changes], form: ShortForm | None = None) -> bool:
        """Do what she asked and tell everyone what changed; a refusal is said where it is wrong."""
        self._message.clear()
        try:
            changes = use_case()
        except InvalidInput as error:
            if form is None:
                raise
            form.refuse(error.problems)
            return False
        except UserError as error:
            show_error(self._message, error)
            return False
        if form is not None:
            form.done()
        self._hub.announce(changes)
        return True

    @Slot()
    def _free_letters(self) -> None:
        """N and O are keys of the page while no form is open; in a form they are letters."""
        busy = self.orienting.isVisible() or self.closing.isVisible()
        for shortcut in self._letters:
            shortcut.setEnabled(not busy)

    @Slot()
    def _on_entretien_clicked(self) -> None:
        if self._shown_id is not None:
            self.entretien_requested.emit(self._shown_id)

    @Slot()
    def _on_orient(self) -> None:
        if self._dossier is None:
            return
        self._drafts["clore"].leave()
        self.closing.done()
        persons = [
            Choice(str(each.personne.id), self._services_name(each.personne.id))
            for each in self._dossier.personnes
        ]
        self.orienting.open(self._dossier.id, persons)
        self.orienting.set_discreet(self._discreet)
        if self.orienting.form is not None:
            self._follow("orienter", self.orienting.form)
        self._free_letters()

    def _services_name(self, personne_id: int) -> str:
        assert self._dossier is not None
        identite = next(e.personne.identite for e in self._dossier.personnes if e.personne.id == personne_id)
        return identite.initiales if self._discreet else identite.nom_court

    @Slot()
    def _on_close_clicked(self) -> None:
        self._drafts["orienter"].leave()
        self.orienting.close_form()
        self._closing_card.show()
        self.closing.open()
        self._free_letters()

    @Slot(object)
    def _on_closing_submitted(self, values: dict[str, str]) -> None:
        dossier_id = self._shown_id
        if dossier_id is not None and self._do(
            lambda: self._services.dossiers.close(dossier_id, values["motif"]), self.closing
        ):
            # The form is gone: without this Qt goes to whatever comes next, down the page.
            self._state.enter_action()

    @Slot()
    def _on_reopen_triggered(self) -> None:
        dossier_id = self._shown_id
        if dossier_id is not None:
            self._do(lambda: self._services.dossiers.reopen(dossier_id))

    @Slot(object)
    def _on_relance_submitted(self, draft: AgendaDraft) -> None:
        if self._do(lambda: self._services.journee.add_relance(draft.jour, draft.objet, self._shown_id)):
            self._drafts["relance"].drop()
        else:
            self.relances.form.show()

    @Slot(int)
    def _on_relance_done(self, relance_id: int) -> None:
        self._do(lambda: self._services.journee.close_relance(relance_id))

    @Slot(str)
    def _on_point_added(self, texte: str) -> None:
        dossier_id = self._shown_id
        if dossier_id is not None:
            self._do(lambda: self._services.referent.add(dossier_id, texte), self.points.adding)

    @Slot(int, object, str)
    def _on_point_seen(self, point_id: int, day: object, decision: str) -> None:
        self._do(
            lambda: self._services.referent.see(point_id, day, decision),  # type: ignore[arg-type]
            self.points.seeing,
        )

    @Slot(object)
    def _on_contact_chosen(self, contact_id: int) -> None:
        self.contact_opened.emit(contact_id)

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
        self.draft_requested.emit(self._draft_key)

    @Slot(int, bool)
    def _on_accueil_asked(self, personne_id: int, accueillie: bool) -> None:
        dossier_id = self._shown_id
        if dossier_id is not None and not self._do(
            lambda: self._services.entretiens.mark_accueillie(dossier_id, personne_id, accueillie)
        ):
            self._reread()  # the tick goes back to what is true

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.dossier_id in (None, self._shown_id):
            self._reread()
