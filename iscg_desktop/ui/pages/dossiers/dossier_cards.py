"""What became of a dossier: its orientations and its delays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.delais import Delai
from iscg_desktop.domain.orientation import Orientation
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.list_card import ListCard, with_buttons


class OrientationsCard(ListCard):
    """Orientations of the dossier; each may become a fiche and has its suite.

    Signals:
        fiche_requested: Id of the orientation.
        suite_requested: Id of the orientation whose suite she wants to note.
    """

    fiche_requested = Signal(int)
    suite_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__(
            self.tr("Orientations"),
            self.tr("Aucune encore. Une orientation s’ajoute ici (O) ou dans l’entretien."),
            action=self.tr("&Orienter"),
            icon="send",
            shown=4,
        )
        self._suites = False

    def show_orientations(
        self,
        orientations: Sequence[Orientation],
        listes: ListesService,
        names: Mapping[int, str],
        *,
        discreet: bool,
        suites: bool,
    ) -> None:
        """Show them, the newest first; ``suites`` offers to note what became of them."""
        self._suites = suites
        self.show_rows(
            ((None, self._row(each, listes, names, discreet=discreet)) for each in orientations),
            len(orientations),
        )

    def _row(
        self, orientation: Orientation, listes: ListesService, names: Mapping[int, str], *, discreet: bool
    ) -> QWidget:
        label = orientation.partenaire or listes.libelle("type_partenaire", orientation.type)
        motif = "" if discreet else orientation.motif
        sub = " · ".join(part for part in (names.get(orientation.personne_id, ""), motif) if part)
        chip = Chip("accent", listes.libelle("suite", orientation.suite)) if orientation.suite else None
        actions = []
        if orientation.fiche_numero is None and orientation.type != "aucune":
            actions.append((self.tr("Établir la fiche"), "file-text", self.fiche_requested))
        if orientation.type != "aucune" and self._suites:
            actions.append((self.tr("Noter la suite"), "corner-down-left", self.suite_requested))
        buttons = []
        for words, icon, signal in actions:
            button = Button(words, kind="quiet", icon=icon)
            button.clicked.connect(lambda _=False, s=signal: s.emit(orientation.id))
            buttons.append(button)
        # A suite is words too: beside a button it would leave the line no room.
        return with_buttons(Line(label, sub, chip=chip), buttons, under=chip is not None)


class DelaisCard(Card):
    """The delays of the dossier, quietly; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__(self.tr("Délais"), icon="clock")
        self._words = Quiet()
        self.add(self._words)

    def show_delais(self, delais: Sequence[Delai]) -> None:
        """Show them, one on a line."""
        steps = {
            "saisine": self.tr("saisine"),
            "tentative": self.tr("premier appel"),
            "entretien": self.tr("premier entretien"),
            "remise": self.tr("fiche remise"),
            "retour": self.tr("retour"),
        }
        lines = [
            self.tr("{de} → {a} : {temps}").format(
                de=steps[each.de],
                a=steps[each.a],
                temps=self.tr("le jour même") if not each.jours else self.tr("%n jour(s)", "", each.jours),
            )
            for each in delais
        ]
        self._words.setText("\n".join(line[0].upper() + line[1:] for line in lines))
        self.setVisible(bool(lines))
