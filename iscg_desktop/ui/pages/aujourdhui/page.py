"""The day's page: where she is, what waits, what is due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from iscg_desktop.domain.dates import format_jour
from iscg_desktop.errors import UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.agenda_form import AgendaDraft
from iscg_desktop.ui.forms.short_draft import ShortDraft
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.one_a_turn import OneATurn
from iscg_desktop.ui.pages.aujourdhui.cartes import (
    CoffreCard,
    ConventionCard,
    FichesCard,
    RelancesCard,
    RendezVousCard,
    SaisinesCard,
)
from iscg_desktop.ui.pages.aujourdhui.tete import Bienvenue, BrouillonsCard, Head
from iscg_desktop.ui.widgets.columns import Columns, stacked
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.scroll_page import ScrollPage
from iscg_desktop.ui.widgets.search_field import SearchField

_CONCERNED = frozenset(
    (
        "agenda",
        "brouillons",
        "dossiers",
        "droits",
        "entretiens",
        "fiches",
        "orientations",
        "reglages",
        "saisines",
    )
)


class AujourdhuiPage(ScrollPage):
    """What the day holds, most pressing first; names are initials until they are asked for.

    Args:
        services: Over the open coffre.
        hub: Where changes are announced.

    Signals:
        entretien_requested: Identifier of the saisine it answers, or None.
        dossier_requested: Identifier of a dossier.
        draft_requested: Name of the draft to resume.
        fiche_opened: Identifier of an issued fiche.
        fiches_requested: The list of the fiches.
        saisines_requested: The list of the saisines.
        search_requested: The first letters of what to search in the dossiers.
        page_requested: Key of another page.
    """

    entretien_requested = Signal(object)
    dossier_requested = Signal(int)
    draft_requested = Signal(str)
    fiche_opened = Signal(int)
    fiches_requested = Signal()
    saisines_requested = Signal()
    search_requested = Signal(str)
    page_requested = Signal(str)

    def __init__(self, services: Services, hub: ChangesHub, parent: QWidget | None = None) -> None:
        self._head = Head()
        super().__init__(self._head, parent=parent)
        self._services, self._hub = services, hub
        self._names = self._discreet = self._in_turns = False
        self._reading: Iterator[None] = iter(())
        self._turn = OneATurn(self, self._on_turn)
        self._message = InlineMessage("alert")
        self._brouillons, self._bienvenue = BrouillonsCard(), Bienvenue()
        self._saisines, self._fiches = SaisinesCard(), FichesCard()
        self._rendez_vous, self._relances = RendezVousCard(services.clock), RelancesCard(services.clock)
        self._convention, self._coffre = ConventionCard(), CoffreCard()
        self._search = SearchField()
        self._head.add_widget(self._search)
        self._show_names = self._head.add_secondary(self.tr("Montrer les no&ms"), icon="eye")
        self._new = self._head.set_primary(self.tr("&Nouvel entretien"), icon="plus", shortcut="Ctrl+N")
        left = stacked(self._bienvenue, self._saisines, self._fiches)
        right = stacked(self._rendez_vous, self._relances, self._convention, self._coffre)
        for part in (self._message, self._brouillons, Columns(left, right)):
            self.add(part)
        self.body.addStretch()
        for maybe in (self._brouillons, self._bienvenue, self._convention):
            maybe.hide()  # until what was read asks for it: the page may be in sight before
        self._say_day()
        self._forms = {"rendez_vous": self._rendez_vous.form, "relance": self._relances.form}
        self._drafts = {
            name: ShortDraft(services.brouillons, services.clock.now, self) for name in self._forms
        }
        self._connect()

    @property
    def title(self) -> str:
        """Name of the page."""
        return self.tr("Aujourd’hui")

    def activated(self) -> None:
        """Read the day again."""
        if self._in_turns:
            self._in_turns = False
            self._reading = self._read()
            self._turn.start()
        else:
            self.reload()

    def read_in_turns(self) -> None:
        """Have the next reading fill a card a turn: the window opens meanwhile."""
        self._in_turns = True

    def set_discreet(self, discreet: bool) -> None:
        """In discreet mode neither a name nor a word she typed is shown."""
        self._discreet = discreet
        self._names = False
        for form in self._forms.values():
            form.set_discreet(discreet)
        self.reload()

    def resume(self, cle: str) -> None:
        """Go back to a short form left half-typed."""
        self._forms[cle.partition(":")[2]].open()

    def keep_now(self) -> bool:
        """Write at once what is half-typed; False when the disk refuses."""
        kept = [draft.keep_now() for draft in self._drafts.values()]
        return all(kept)

    def reload(self) -> None:
        """Read and show everything again."""
        self._turn.stop()
        for _ in self._read():
            pass

    def _read(self) -> Iterator[None]:
        """Read and show everything again, a card at a time."""
        day, services = self._services.journee, self._services
        today = day.today
        self._show_head()
        typed = {draft.cle for draft in self._drafts.values()}  # those are on the page already
        drafts = [draft for draft in day.brouillons() if draft.cle not in typed]
        saisines, rendez_vous = day.saisines(), day.rendez_vous()
        first_day = not (drafts or saisines or services.dossiers.count())
        self._bienvenue.setVisible(first_day)
        self._bienvenue.set_placed(day.permanence() is not None)
        self._saisines.setVisible(not first_day)
        self._fiches.setVisible(not first_day)
        self._brouillons.show_drafts(drafts, self._numeros({draft.dossier_id for draft in drafts}), today)
        yield
        self._saisines.show_saisines(saisines, services.listes, today, day.delais, discreet=self._discreet)
        yield
        self._rendez_vous.show_rendez_vous(rendez_vous, names=self._names, discreet=self._discreet)
        yield
        self._relances.show_relances(day.relances(), today, discreet=self._discreet)
        yield
        waiting = day.fiches_sans_retour()
        self._fiches.show_fiches(day.fiches_lues(waiting), len(waiting), today)
        yield
        self._convention.show_rappels(services.convention.rappels(), today)
        self._show_coffre()
        named = any(one.nom or one.prenom for one in rendez_vous)
        self._show_names.setVisible(named and not self._discreet)
        self._show_names.setText(self.tr("Cacher les no&ms") if self._names else self.tr("Montrer les no&ms"))
        self._show_names.set_icon("eye-off" if self._names else "eye")

    def _show_coffre(self) -> None:
        services = self._services
        self._coffre.show_state(
            services.coffre.notices(), services.sauvegardes.etat(),
            rappel=services.sauvegardes.a_rappeler(), exercice=services.cles.exercice_du(),
            echus=services.conservation.count(), demandes=services.droits.waiting(),
        )  # fmt: skip

    def _numeros(self, dossiers: set[int | None]) -> dict[int, str]:
        numero = self._services.dossiers.numero
        return {dossier: numero(dossier) for dossier in dossiers if dossier is not None}

    def _say_day(self) -> None:
        words = format_jour(self._services.journee.today)
        self._head.set_title(words[0].upper() + words[1:])

    def _show_head(self) -> None:
        day = self._services.journee
        self._say_day()
        chosen = day.permanence()
        unite = next((unite for unite in day.unites() if unite.id == chosen), None)
        self._head.show_place(unite, any_unite=bool(day.unites()))

    def _connect(self) -> None:
        self._hub.changed.connect(self._on_hub_changed)
        self._head.place_requested.connect(self._on_place_requested)
        self._bienvenue.chosen.connect(self._on_bienvenue_chosen)
        self._new.clicked.connect(self._on_new_clicked)
        self._show_names.clicked.connect(self._on_show_names_clicked)
        self._search.textEdited.connect(self._on_search_edited)
        self._brouillons.chosen.connect(self.draft_requested.emit)
        self._saisines.chosen.connect(self.entretien_requested)
        self._saisines.action_triggered.connect(self.saisines_requested)
        self._rendez_vous.chosen.connect(self.dossier_requested.emit)
        for name, form in self._forms.items():
            form.opening.connect(self._drafts[name].leave)
            form.opened.connect(partial(self._drafts[name].follow, form, f"aujourdhui:{name}"))
            form.closed.connect(self._drafts[name].drop)
        # One form at a time: their letters are the same.
        self._rendez_vous.action_triggered.connect(self._relances.form.hide)
        self._relances.action_triggered.connect(self._rendez_vous.form.hide)
        self._rendez_vous.form.submitted.connect(self._on_rendez_vous_submitted)
        self._relances.chosen.connect(self.dossier_requested.emit)
        self._relances.form.submitted.connect(self._on_relance_submitted)
        self._convention.chosen.connect(self.page_requested.emit)
        self._coffre.chosen.connect(self.draft_requested.emit)
        self._convention.met.connect(self._on_convention_met)
        self._relances.done.connect(self._on_relance_done)
        self._fiches.chosen.connect(self.fiche_opened.emit)
        self._fiches.action_triggered.connect(self.fiches_requested)

    def _on_turn(self) -> None:
        if next(self._reading, self) is self:
            self._turn.stop()

    @Slot(object)
    def _on_hub_changed(self, changes: object) -> None:
        if self.isVisible() and _CONCERNED & getattr(changes, "kinds", frozenset()):
            self.reload()

    @Slot()
    def _on_new_clicked(self) -> None:
        self.entretien_requested.emit(None)

    @Slot()
    def _on_show_names_clicked(self) -> None:
        self._names = not self._names
        self.reload()

    @Slot(str)
    def _on_search_edited(self, text: str) -> None:
        """Go on typing where the answers are, from the first letter."""
        if text.strip():
            self._search.clear()
            self.search_requested.emit(text)

    @Slot(object)
    def _on_bienvenue_chosen(self, step: str) -> None:
        if step == "permanence":
            self._on_place_requested()
        else:
            self.entretien_requested.emit(None)

    @Slot()
    def _on_place_requested(self) -> None:
        day = self._services.journee
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for unite in day.unites():
            action = QAction(unite.nom.replace("&", "&&"), menu, checkable=True)
            action.setChecked(unite.id == day.permanence())
            action.setData(unite.id)
            menu.addAction(action)
        menu.triggered.connect(self._on_place_chosen)
        menu.popup(self._head.below_place())

    @Slot(QAction)
    def _on_place_chosen(self, action: QAction) -> None:
        self._do(lambda: self._services.journee.choose_permanence(action.data()))

    @Slot(object)
    def _on_rendez_vous_submitted(self, draft: AgendaDraft) -> None:
        day, heure = self._services.journee, draft.heure
        assert heure is not None
        place = day.permanence() if draft.jour == day.today else None
        self._finish(
            "rendez_vous", lambda: day.add_rendez_vous(draft.jour, heure, draft.objet, unite_id=place)
        )

    @Slot(object)
    def _on_relance_submitted(self, draft: AgendaDraft) -> None:
        self._finish("relance", lambda: self._services.journee.add_relance(draft.jour, draft.objet))

    @Slot()
    def _on_convention_met(self) -> None:
        self._do(self._services.convention.note_rencontre)

    @Slot(int)
    def _on_relance_done(self, relance_id: int) -> None:
        self._do(lambda: self._services.journee.close_relance(relance_id))

    def _finish(self, name: str, use_case: Callable[[], Changes]) -> None:
        """Do what a form asked for; it comes back as it was when that is refused."""
        if self._do(use_case):
            self._drafts[name].drop()
        else:
            self._forms[name].come_back()

    def _do(self, use_case: Callable[[], Changes]) -> bool:
        """Do what she asked and tell everyone what changed; a refusal is said in words."""
        try:
            changes = use_case()
        except UserError as error:
            show_error(self._message, error)
            return False
        self._message.clear()
        self._hub.announce(changes)
        return True
