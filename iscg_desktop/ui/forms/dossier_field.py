"""A field that names a dossier: by its number, a name or a telephone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Slot

from iscg_desktop.domain.dossier import DossierLine
from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.type_ahead import TypeAhead


class DossierField(TypeAhead):
    """A dossier by its number or a name; once chosen its number alone is shown.

    Args:
        search: Dossiers for what was typed.
        numero_of: Number of a dossier recorded earlier, by its id.
    """

    _MOST = 12

    def __init__(
        self,
        search: Callable[[str], Sequence[DossierLine]],
        numero_of: Callable[[int], str] = str,
    ) -> None:
        super().__init__()
        self._discreet = False
        self._search, self._numero_of = search, numero_of
        self.removeAction(self._chevron)  # a list of all dossiers helps nobody
        self.setPlaceholderText(self.tr("Numéro, nom ou téléphone"))
        self.textChanged.connect(self._veil)

    def set_discreet(self, discreet: bool) -> None:
        """Offer initials in place of names and blank what is half-typed, or show all again."""
        self._discreet = discreet
        self._suggester.close()  # it names people
        self._veil()

    @Slot()
    def _veil(self) -> None:
        """A number chosen names nobody; a name half-typed does."""
        chosen = self._choice is not None and self.text() == self._choice.libelle
        veiled = self._discreet and not chosen
        self.setEchoMode(self.EchoMode.Password if veiled else self.EchoMode.Normal)

    def _offered(self, text: str) -> Sequence[Choice]:
        if not text.strip():
            return []
        lines = self._search(text.strip())[: self._MOST]
        return [
            Choice(str(line.id), f"{line.numero} · {line.initiales if self._discreet else line.noms}")
            for line in lines
        ]

    def _rows(self, text: str) -> Sequence[Choice | str]:
        return self._offered(text)

    def _take(self, choice: Choice | None) -> None:
        # What stays on the page names nobody.
        numero = choice and Choice(choice.code, choice.libelle.partition(" · ")[0])
        super()._take(numero)

    def _by_code(self, code: str) -> Choice:
        return Choice(code, self._numero_of(int(code)))

    def _refusal(self, count: int) -> str:
        if count:
            return self.tr("Plusieurs dossiers répondent. Choisissez le vôtre dans la liste.")
        return self.tr("Aucun dossier ne porte ce numéro ni ce nom.")
