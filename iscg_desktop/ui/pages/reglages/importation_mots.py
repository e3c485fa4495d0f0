"""What the words of the coded columns mean: those nobody knows come first, and are counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot

from iscg_desktop.domain.importation import Champ, Correspondance, folded
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.services.importation import WORDS_MAX
from iscg_desktop.services.services import Services
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.choice import Choice, choices_of
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.type_ahead import TypeAhead

Words = tuple[tuple[Champ, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Mot:
    """A word of the file; ``code`` is what it means in its list, "" for nothing noted, None when nobody said."""

    liste: str
    champ: str
    mot: str
    code: str | None


class MotsCard(Card):
    """The words; Enter on one goes to its answer, an answer goes to the next word nobody knows.

    Signals:
        said: The list, the word and its code.
    """

    said = Signal(str, str, str)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._choices: dict[str, tuple[Choice, ...]] = {}
        self._labels: dict[tuple[str, str], str] = {}
        self.set_title(self.tr("Ce que veulent dire les mots du fichier"))
        self.left = Quiet()
        self.many = InlineMessage("warn", dismissible=False)
        self.table = DataTable(
            [
                Column(self.tr("Mot du fichier"), lambda m: m.mot, stretch=True, tooltip=lambda m: m.mot),
                Column(self.tr("Colonne"), lambda m: m.champ),
                Column(self.tr("Veut dire"), self._meaning, role=self._role, stretch=True),
            ],
            fit_rows=8,
            name=self.tr("Mots du fichier"),
        )
        self.table.view.setSortingEnabled(False)
        self.code = TypeAhead()
        self.field = Field(self.tr("Ce mot &veut dire"), self.code)
        for widget in (self.left, self.many, self.table, self.field):
            self.add(widget)
        self._mots: list[Mot] = []
        self.table.selection_changed.connect(self._on_selection_changed)
        self.table.activated.connect(self._on_activated)
        self.code.committed.connect(self._on_committed)

    def show_words(self, words: Words, said: Correspondance) -> None:
        """Show the words of a file, those to say first."""
        self._choices.clear()
        self._labels.clear()
        found: dict[tuple[str, str], Mot] = {}
        for champ, each in words:
            self._learn(champ.liste)
            for mot in each:
                key = (champ.liste, folded(mot) or mot)
                found.setdefault(key, Mot(champ.liste, champ.libelle, mot, said.code(champ.liste, mot)))
        self._mots = sorted(found.values(), key=lambda mot: mot.code is not None)
        self.table.set_records(self._mots)
        self.setVisible(bool(self._mots))
        full = [champ.libelle for champ, each in words if len(each) >= WORDS_MAX]
        self.many.show_message("warn", self._too_many(full) if full else "")
        self._count()
        if self._mots:
            self.table.select(self._mots[0])

    def unknown(self) -> int:
        """How many words nobody gave a meaning."""
        return sum(mot.code is None for mot in self._mots)

    def _too_many(self, champs: list[str]) -> str:
        return self.tr(
            "{champs}\u00a0: plus de {nombre} mots différents. Cette colonne dit sans doute autre chose."
        ).format(champs=", ".join(champs), nombre=WORDS_MAX - 1)

    def _learn(self, liste: str) -> None:
        if liste in self._choices:
            return
        nothing = Choice("", self.tr("Non renseigné"))
        offered = choices_of(self._services.nomenclatures.get(liste))
        self._choices[liste] = (*(each for each in offered if each.code != NON_RENSEIGNE), nothing)
        known: Mapping[str, str] = {
            valeur.code: valeur.libelle for valeur in self._services.nomenclatures.get(liste).valeurs
        }
        self._labels |= {(liste, code): label for code, label in known.items()}
        self._labels[liste, ""] = nothing.libelle

    def _count(self) -> None:
        unknown = self.unknown()
        self.left.setText(
            self.tr("%n mot(s) à préciser", "", unknown)
            if unknown
            else self.tr("Tous les mots ont un sens. Relisez-les\u00a0: c’est ce que compteront les bilans.")
        )

    def _meaning(self, mot: Mot) -> str:
        if mot.code is None:
            return self.tr("à préciser")
        return self._labels.get((mot.liste, mot.code), mot.code)

    def _role(self, mot: Mot) -> str:
        if mot.code is None:
            return "warn"
        return "good" if mot.code else "quiet"

    @Slot(object)
    def _on_selection_changed(self, mot: Mot | None) -> None:
        if mot is None:
            return
        self.code.set_choices(self._choices[mot.liste])
        code = mot.code
        self.code.set_value(None if code is None else Choice(code, self._meaning(mot)))
        self.field.clear_error()

    @Slot(object)
    def _on_activated(self, _mot: object) -> None:
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)
        self.code.selectAll()

    @Slot(object)
    def _on_committed(self, code: str | None) -> None:
        mot = self.table.selected()
        if mot is None or code is None:
            return
        rank = self._mots.index(mot)
        self._mots[rank] = Mot(mot.liste, mot.champ, mot.mot, code)
        self.table.set_records(self._mots)
        later = [*self._mots[rank + 1 :], *self._mots[:rank]]
        self.table.select(next((each for each in later if each.code is None), self._mots[rank]))
        self._count()
        self.said.emit(mot.liste, mot.mot, code)
