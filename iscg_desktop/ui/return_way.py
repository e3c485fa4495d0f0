"""The way back to where she was when the coffre closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import QObject

from iscg_desktop.domain.lieu import Lieu
from iscg_desktop.errors import IscgError
from iscg_desktop.ui.drafts import DraftKeeper
from iscg_desktop.ui.main_window import MainWindow

_SHOWING: Final = {
    "dossier_requested": "dossier",
    "points_requested": "points",
    "personne_requested": "personne",
    "doublons_requested": "doublons",
    "entretien_opened": "entretien_lu",
    "corbeille_requested": "corbeille",
    "fiche_opened": "fiche",
    "batch_requested": "impression",
    "tournee_requested": "tournee",
    "partenaire_requested": "partenaire",
    "documents_requested": "documents",
    "document_opened": "document",
}
"""Ways that only show something, and the page each leads to, perhaps in a later turn.

The others begin to type, which their draft remembers, or print.
"""


class ReturnWay(QObject):
    """Remembers how each page was last reached, tells where she is, and goes back there.

    Args:
        window: Whose pages they are.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._reached: dict[str, tuple[str, tuple[object, ...]]] = {}

    def noted(self, name: str, way: Callable[..., None]) -> Callable[..., None]:
        """A way that is remembered when it is taken."""
        if name not in _SHOWING:
            return way

        def take(*arguments: object) -> None:
            way(*arguments)
            self._reached[_SHOWING[name]] = (name, arguments)

        return take

    def here(self) -> Lieu:
        """Where she is."""
        page = self._window.current_page() or ""
        voie, arguments = self._reached.get(page, ("", ()))
        return Lieu(page, voie, arguments, self._draft(page), self._window.discreet)

    def go(self, lieu: Lieu, ways: Mapping[str, Callable[..., None]]) -> bool:
        """Go back there; False when the place is no more, or says nothing."""
        if lieu.discret:
            self._window.set_discreet(True)
        try:
            if lieu.brouillon:
                ways["draft_requested"](lieu.brouillon)
                return True  # its page may come in the turn after
            if lieu.voie in _SHOWING:
                self.noted(lieu.voie, ways[lieu.voie])(*lieu.arguments)
                return True
            if lieu.page and self._window.place_of(lieu.page) == lieu.page:
                self._window.show_page(lieu.page)
                return True
        except (IscgError, LookupError, TypeError, ValueError):
            pass  # erased meanwhile, or kept by another version
        return False

    def _draft(self, page: str) -> str:
        """Name of what is being typed in a page and lies in the coffre; the last kept when there are several."""
        keepers: list[Any] = self._window.page(page).findChildren(DraftKeeper) if page else []
        kept = [each for each in keepers if each.kept_at is not None]
        return max(kept, key=lambda each: each.kept_at).cle if kept else ""
