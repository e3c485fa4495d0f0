"""A commune, searched among the thirty-five thousand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.type_ahead import TypeAhead


class CommuneField(TypeAhead):
    """A commune by its name or its postal code.

    Args:
        search: Gives (code, label) for what was typed, the likeliest first; asked at each keystroke.
        label_of: Gives the label of a code recorded earlier.
    """

    def __init__(
        self,
        search: Callable[[str], Sequence[tuple[str, str]]],
        label_of: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._search = search
        self._label_of = label_of
        self.removeAction(self._chevron)  # a list of all communes helps nobody
        self.setPlaceholderText(self.tr("Nom ou code postal"))

    def _offered(self, text: str) -> Sequence[Choice]:
        return [Choice(code, label) for code, label in self._search(text.strip())] if text.strip() else []

    def _rows(self, text: str) -> Sequence[Choice | str]:
        return self._offered(text)

    def _by_code(self, code: str) -> Choice:
        return Choice(code, self._label_of(code))

    def _refusal(self, count: int) -> str:
        if count:
            return self.tr("Plusieurs communes portent ce nom. Choisissez la vôtre dans la liste.")
        return self.tr(
            "Cette commune n’existe pas dans la liste de l’INSEE. Vérifiez le nom ou le code postal."
        )
