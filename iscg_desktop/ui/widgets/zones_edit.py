"""A territory: communes one by one, or a whole intercommunalité, département or secteur in one go."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from iscg_desktop.services.territoires import Zone
from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.multi_type_ahead import MultiTypeAhead


class ZonesEdit(MultiTypeAhead):
    """Zones by their names or postal codes.

    Args:
        search: Zones for what was typed; asked at each keystroke.
        zone_of: The zone of a code recorded earlier.
    """

    def __init__(
        self,
        search: Callable[[str], Sequence[Zone]],
        zone_of: Callable[[str], Zone],
        parent: QWidget | None = None,
    ) -> None:
        self._search, self._zone_of = search, zone_of
        super().__init__(parent=parent)
        self._placeholder = self.tr("Commune, intercommunalité, département ou secteur")
        self._on_chips_changed()

    def _left(self) -> list[Choice]:
        chosen = set(self.value())
        found = self._search(self._edit.text())
        return [self._choice(zone) for zone in found if zone.code not in chosen]

    def _rows(self, _text: str) -> Sequence[Choice | str]:
        return self._left()

    def _by_code(self, code: str) -> Choice:
        return self._choice(self._zone_of(code))

    def _choice(self, zone: Zone) -> Choice:
        if zone.communes < 2:
            return Choice(zone.code, zone.libelle)
        words = self.tr("{zone} · {nombre} communes")
        return Choice(zone.code, words.format(zone=zone.libelle, nombre=zone.communes))
