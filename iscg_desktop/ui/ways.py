"""The ways between the pages: where each signal of a page leads."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from operator import methodcaller
from typing import Any, cast

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.chiffres import Cellule
from iscg_desktop.domain.etendue import Etendue
from iscg_desktop.domain.lieu import Lieu
from iscg_desktop.domain.period import Periode
from iscg_desktop.ui.coming import AGAIN
from iscg_desktop.ui.completion import CompletionPage
from iscg_desktop.ui.drafted_page import DraftedPage
from iscg_desktop.ui.help_places import chapter_of
from iscg_desktop.ui.helping import HelpKeys
from iscg_desktop.ui.pages.entretien.page import EntretienPage
from iscg_desktop.ui.return_way import ReturnWay
from iscg_desktop.ui.rooms import Rooms
from iscg_desktop.ui.trail import Trail


class Ways(QObject):
    """Connects each page once it is made; a signal of one name leads to the same place from every page.

    ``left`` goes back where she came from, ``back_requested`` to the page of the bar it names. A draft named
    « page:… » is resumed by that page.
    """

    def __init__(self, rooms: Rooms) -> None:
        super().__init__(rooms)
        self._rooms, self._window = rooms, rooms.window
        self._trail = Trail(rooms.window)
        self._return = ReturnWay(rooms.window)
        HelpKeys(rooms.window, self._help_here).asked.connect(self.help)
        self._shared = {name: self._return.noted(name, way) for name, way in self._ways_of_all().items()}
        # The same name, and another meaning.
        self._own: dict[str, dict[str, Callable[..., None]]] = {
            "aujourdhui": {"entretien_requested": self._on_saisine_entretien_requested},
            "saisines": {"entretien_requested": self._on_saisine_entretien_requested},
            "dossiers": {"entretien_requested": self._on_new_entretien_requested},
            "dossier": {"entretien_requested": self._on_dossier_entretien_requested},
            "entretien": {
                "recorded": self._on_entretien_recorded,
                "entretien_requested": self._on_new_entretien_requested,
            },
            "conformite": {"lock_requested": self._window.lock_requested.emit},
            "structure": {"kept": self._on_structure_kept},
        }

    def _ways_of_all(self) -> dict[str, Callable[..., None]]:
        """Where a signal of that name leads, whichever page sends it."""
        return {
            "page_requested": self._window.show_page,
            "search_requested": self.search,
            "draft_requested": self._on_draft_requested,
            "saisines_requested": partial(self._window.show_page, "saisines"),
            "dossier_requested": self._made_first("dossier", self._on_dossier_requested),
            "dossier_entretien_requested": self._on_dossier_entretien_requested,
            "points_requested": partial(self._trail.go, "points"),
            "personne_requested": self._on_personne_requested,
            "comparison_requested": self._on_comparison_requested,
            "doublons_requested": self._on_doublons_requested,
            "entretien_opened": self._on_entretien_opened,
            "amend_requested": self._on_amend_requested,
            "corbeille_requested": partial(self._trail.go, "corbeille"),
            "fiches_requested": partial(self._window.show_page, "fiches"),
            "fiche_requested": self._made_first("fiche", self._on_fiche_requested, in_turns=True),
            "fiche_opened": self._made_first("fiche", self._on_fiche_opened),
            "batch_requested": self._on_batch_requested,
            "bordereaux_requested": self._on_bordereaux_requested,
            "tournee_requested": self._on_tournee_requested,
            "retour_requested": partial(self._trail.go, "retour"),
            "partenaire_requested": self._on_partenaire_requested,
            "structure_requested": self._on_structure_requested,
            "structure_opened": self._on_structure_opened,
            "contact_requested": self._on_contact_requested,
            "contact_opened": self._on_contact_opened,
            "orientation_requested": self._on_orientation_requested,
            "orientation_opened": self._on_orientation_opened,
            "suite_requested": self._on_suite_requested,
            "documents_requested": self._on_documents_requested,
            "document_requested": self._made_first("document", self._on_document_requested, in_turns=True),
            "document_opened": self._made_first("document", self._on_document_opened),
            "note_requested": self._on_note_requested,
            "releve_requested": self._on_releve_requested,
            "recit_requested": self._on_recit_requested,
            "grille_requested": self._on_grille_requested,
            "consolidation_requested": partial(self._trail.go, "consolidation"),
        }

    def connect_page(self, key: str, page: QWidget) -> None:
        """Connect whatever a page may ask."""
        back = partial(self._window.show_page, self._window.place_of(key))
        leaving = {"left": partial(self._trail.back, key), "back_requested": back}
        for name, way in (self._shared | leaving | self._own.get(key, {})).items():
            if hasattr(page, name):
                getattr(page, name).connect(way)
        if isinstance(page, DraftedPage):
            page.recorded.connect(self._window.say)

    def here(self) -> Lieu:
        """Where she is, to come back to."""
        return self._return.here()

    def come_back(self, lieu: Lieu | None) -> None:
        """Go where she was, else to the day's page."""
        if lieu is None or not self._return.go(lieu, self._shared):
            self._window.show_page("aujourdhui")

    def _made_first(
        self, key: str, fill: Callable[..., None], *, in_turns: bool = False
    ) -> Callable[..., None]:
        """A way to a page that is long to make: if it has to be, it is made, filled, laid out and shown in turns.

        So it is filled and shown where no page is shown yet: she comes back to it.

        Args:
            key: Its key.
            fill: Fills it.
            in_turns: Whether it always is: its form is long to fill, and longer to lay out.
        """
        window = self._window
        make = (partial(window.begin_page, key), partial(window.page, key), partial(self._make_next, key))

        def take(*arguments: object) -> None:
            filled, shown = partial(fill, *arguments), partial(self._trail.go, key)
            turns = filled, partial(window.lay_out, key), shown
            if not window.is_made(key) or self._make_next(key) is AGAIN:
                window.coming.begin(key, *make, *turns)
            elif in_turns or window.current_page() is None:
                window.coming.begin(key, *turns)
            else:
                filled()
                shown()

        return take

    def _make_next(self, key: str) -> object:
        """Make a part more of the form of a page; ``AGAIN`` when some are left."""
        page = self._window.page(key)
        if isinstance(page, CompletionPage) and not page.ready:
            page.make_next()
            return AGAIN
        return None

    @Slot(str)
    def search(self, text: str = "") -> None:
        """Search the dossiers."""
        self._window.show_page("dossiers")
        self._rooms.dossiers.focus_search(text)

    @Slot()
    def note_contact(self) -> None:
        """Note a contact from anywhere, about the dossier or with the structure she is looking at."""
        here = self._window.current_page()
        if here != "contact":
            rooms = self._rooms
            self._on_contact_requested(
                rooms.partenaire.shown if here == "partenaire" else None,
                rooms.dossier.shown if here == "dossier" else None,
            )

    @Slot(str)
    def help(self, renvoi: str) -> None:
        """Read a passage of the guide, then come back."""
        page = self._rooms.aide
        page.show_help(renvoi)  # before it is shown: one chapter is drawn, not the first one too
        if self._window.current_page() != "aide":
            self._trail.aside("aide")
            page.offer_back(True)
        page.read_help(renvoi)

    def _help_here(self) -> tuple[QWidget | None, str]:
        key = self._window.current_page()
        page = self._window.page(key) if key is not None else None
        return page, chapter_of(key or "", page)

    @Slot(str)
    def _on_draft_requested(self, cle: str) -> None:
        """Go on with a draft, in the page it is named after."""
        key = cle.partition(":")[0]
        if key == "entretien":
            self._in_entretien(methodcaller("resume", cle))
            return
        cast(Any, self._window.page(key)).resume(cle)
        self._trail.go(key)

    # Dossiers and persons.

    @Slot(int)
    def _on_dossier_requested(self, dossier_id: int) -> None:
        self._rooms.dossier.show_dossier(dossier_id)

    @Slot(int)
    def _on_personne_requested(self, personne_id: int) -> None:
        self._rooms.personne.show_person(personne_id)
        self._trail.go("personne")

    @Slot(int, int)
    def _on_comparison_requested(self, keep: int, gone: int) -> None:
        self._rooms.doublons.compare(keep, gone)
        self._trail.go("doublons")

    @Slot()
    def _on_doublons_requested(self) -> None:
        self._rooms.doublons.start()
        self._trail.go("doublons")

    # Entretiens.

    def _in_entretien(self, begin: Callable[[EntretienPage], None]) -> None:
        """Go to the page of the entretien, once its form is made: in turns of the window, if it is not yet.

        It is filled in one turn and shown in the next: the two together would hold the window.
        """
        page = self._rooms.entretien
        self._window.coming.expect("entretien")

        filled, shown = partial(begin, page), partial(self._trail.go, "entretien")
        page.when_ready(partial(self._window.coming.begin, "entretien", filled, shown))

    @Slot(object)
    def _on_saisine_entretien_requested(self, saisine_id: int | None) -> None:
        self._in_entretien(methodcaller("start", None, saisine_id))

    @Slot()
    def _on_new_entretien_requested(self) -> None:
        self._on_saisine_entretien_requested(None)

    @Slot(int)
    def _on_dossier_entretien_requested(self, dossier_id: int) -> None:
        self._in_entretien(methodcaller("start", dossier_id))

    @Slot(int)
    def _on_entretien_recorded(self, dossier_id: int) -> None:
        self._window.say(self.tr("Entretien enregistré"))
        self._rooms.dossier.show_dossier(dossier_id)
        self._trail.come_from("dossier")

    @Slot(int)
    def _on_entretien_opened(self, entretien_id: int) -> None:
        self._rooms.entretien_lu.show_entretien(entretien_id)
        self._trail.go("entretien_lu")

    @Slot(int)
    def _on_amend_requested(self, entretien_id: int) -> None:
        self._in_entretien(methodcaller("amend", entretien_id))

    # Fiches and tournées.

    @Slot(int)
    def _on_fiche_requested(self, orientation_id: int) -> None:
        self._rooms.fiche.prepare(orientation_id)

    @Slot(int)
    def _on_fiche_opened(self, fiche_id: int) -> None:
        self._rooms.fiche.show_issued(fiche_id)

    @Slot(object)
    def _on_batch_requested(self, fiche_ids: tuple[int, ...]) -> None:
        self._rooms.impression.show_fiches(fiche_ids)
        self._trail.go("impression")

    @Slot(int, object)
    def _on_bordereaux_requested(self, tournee_id: int, place: int | None) -> None:
        self._rooms.impression.show_bordereaux(tournee_id, place)
        self._trail.go("impression")

    @Slot(object, object)
    def _on_tournee_requested(self, tournee_id: int | None, fiche_ids: tuple[int, ...]) -> None:
        if tournee_id is None:
            self._rooms.tournee.show_new(fiche_ids)
        else:
            self._rooms.tournee.show_tournee(tournee_id)
        self._trail.go("tournee")

    # Annuaire, orientations, suites.

    @Slot(int)
    def _on_partenaire_requested(self, partenaire_id: int) -> None:
        self._rooms.partenaire.show_partenaire(partenaire_id)
        self._trail.go("partenaire")

    @Slot()
    def _on_structure_requested(self) -> None:
        self._rooms.structure.start()
        self._trail.go("structure")

    @Slot(int)
    def _on_structure_opened(self, partenaire_id: int) -> None:
        self._rooms.structure.start(partenaire_id)
        self._trail.go("structure")

    @Slot(int)
    def _on_structure_kept(self, partenaire_id: int) -> None:
        self._rooms.partenaire.show_partenaire(partenaire_id)
        self._trail.come_from("partenaire")

    @Slot(object, object)
    def _on_contact_requested(self, partenaire_id: int | None, dossier_id: int | None) -> None:
        self._rooms.contact.start(partenaire_id, dossier_id)
        self._trail.go("contact")

    @Slot(int)
    def _on_contact_opened(self, contact_id: int) -> None:
        self._rooms.contact.amend(contact_id)
        self._trail.go("contact")

    @Slot(int)
    def _on_orientation_requested(self, dossier_id: int) -> None:
        self._rooms.orientation.start(dossier_id)
        self._trail.go("orientation")

    @Slot(int)
    def _on_orientation_opened(self, orientation_id: int) -> None:
        self._rooms.orientation.amend(orientation_id)
        self._trail.go("orientation")

    @Slot(int)
    def _on_suite_requested(self, orientation_id: int) -> None:
        self._rooms.suite.start(orientation_id)
        self._trail.go("suite")

    # The bilan.

    @Slot(object, object, str, int, bool)
    def _on_releve_requested(
        self, etendue: Etendue, cellules: tuple[Cellule, ...], words: str, number: int, a_completer: bool
    ) -> None:
        self._rooms.releve.show_figure(etendue, cellules, words, number, a_completer=a_completer)
        self._trail.go("releve")

    @Slot(object)
    def _on_recit_requested(self, periode: Periode) -> None:
        self._rooms.recit.start(periode)
        self._trail.go("recit")

    @Slot(str)
    def _on_grille_requested(self, nom: str) -> None:
        self._rooms.grille.start(nom)
        self._trail.go("grille")

    # Other documents.

    @Slot(int)
    def _on_documents_requested(self, dossier_id: int) -> None:
        """« Autre document… » of a dossier."""
        self._rooms.documents.show_dossier(dossier_id)
        self._trail.go("documents")

    @Slot(int, str, object)
    def _on_document_requested(self, dossier_id: int, kind: str, personne_id: int | None) -> None:
        self._rooms.document.prepare(dossier_id, kind, personne_id)

    @Slot(int)
    def _on_document_opened(self, document_id: int) -> None:
        self._rooms.document.show_issued(document_id)

    @Slot(int, int)
    def _on_note_requested(self, dossier_id: int, personne_id: int) -> None:
        """The note to a person, issued and printed at once."""
        self._trail.go("document")
        self._rooms.document.print_note(dossier_id, personne_id)
