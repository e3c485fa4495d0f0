"""What persons limited or opposed, said wherever they are met for as long as it holds."""

from __future__ import annotations

from collections.abc import Iterable

from iscg_desktop.domain.dates import format_jour
from iscg_desktop.services.droits import EnVigueur
from iscg_desktop.ui.conformite_words import tenu_words
from iscg_desktop.ui.widgets.inline_message import InlineMessage


class DroitsMessage(InlineMessage):
    """A warning that stays, a line for each limitation or opposition in force."""

    def __init__(self) -> None:
        super().__init__("warn", dismissible=False)

    def show_droits(self, held: Iterable[EnVigueur], *, named: bool, discreet: bool) -> None:
        """Say them, with whose each is where several persons are concerned; none hides the message."""
        said = self.tr(
            "{0}, depuis le {1}\u00a0: tenez-en compte avant de transmettre ou d’ajouter quoi que ce soit."
        )
        lines = []
        for each in held:
            words = said.format(tenu_words(each.demande.droit), format_jour(each.depuis))
            who = each.identite.initiales if discreet else each.identite.nom_court
            # The name comes last: nothing in it is taken for a place to fill.
            lines.append(f"{who}\u00a0: {words[0].lower()}{words[1:]}" if named else words)
        self.show_message("warn", "\n".join(lines))
