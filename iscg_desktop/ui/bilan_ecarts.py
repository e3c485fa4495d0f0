"""A cross on screen: its columns, and beside each figure what it gained or lost, when she asks for it."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.domain.bilan import TableauCompte
from iscg_desktop.ui.bilan_lignes import Ligne, Question, axes, crossed, gained, shown
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.labels import Quiet

_EFFECTIFS = "effectifs"
_HEAD = 13
"""Characters in a line of a head: a dozen columns stand side by side."""


class Ecarts(QWidget):
    """Chooses what a cross shows: its figures alone, or beside each what it was; absent until something is known.

    Args:
        questions: The two that the cross asks, in its order.

    Signals:
        changed: The figures are to be written otherwise.
    """

    changed = Signal()

    def __init__(self, questions: Sequence[Question]) -> None:
        super().__init__()
        self._questions = questions
        _, self._across = axes(questions)
        self._earlier: Mapping[str, TableauCompte] = {}
        self._words = {
            _EFFECTIFS: self.tr("Effectifs"),
            "avant": self.tr("Écart avec la période précédente"),
            "an_dernier": self.tr("Écart avec l’an dernier"),
        }
        self.choice: ChoiceRow | None = None
        self._said = Quiet(
            self.tr("Entre parenthèses, ce que chaque effectif a gagné ou perdu ; – n’était pas compté.")
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._said)
        self.hide()

    def columns(self) -> list[Column[Ligne]]:
        """The answers of the line, then its total and each of its cells."""
        first: list[Column[Ligne]] = [Column("", lambda line: line.libelle, stretch=True)]
        titles = [self.tr("Total"), *(category.libelle for category in self._across.categories)]
        return first + [self._figures(place, title) for place, title in enumerate(titles)]

    def set_earlier(self, earlier: Mapping[str, TableauCompte]) -> None:
        """Offer what is known: the same cross in the period before (``avant``), a year before (``an_dernier``)."""
        chosen = self.choice.value() if self.choice is not None else _EFFECTIFS
        if earlier.get("avant") is earlier.get("an_dernier"):  # a year: both are the same one
            earlier = {key: each for key, each in earlier.items() if key == "avant"}
        self._earlier = earlier
        if self.choice is not None:
            self.choice.hide()
            self.choice.deleteLater()
        offered = (_EFFECTIFS, *(key for key in ("avant", "an_dernier") if key in earlier))
        self.choice = ChoiceRow(((key, self._words[key]) for key in offered), clearable=False)
        self.choice.setAccessibleName(self.tr("Ce que montre ce tableau"))
        self.choice.set_value(chosen if chosen in offered else _EFFECTIFS)
        self.choice.edited.connect(self._on_choice_edited)
        self._column.insertWidget(0, self.choice)
        self._on_choice_edited()
        self.setVisible(bool(earlier))

    def chosen(self) -> str:
        """What is compared with, in words; "" when the figures stand alone."""
        key = self._key
        return self._words[key] if key else ""

    @property
    def _key(self) -> str:
        value = (self.choice.value() if self.choice is not None else None) or ""
        return value if value in self._earlier else ""

    def _figures(self, place: int, title: str) -> Column[Ligne]:
        return Column(
            "\n".join(textwrap.wrap(title, _HEAD, break_long_words=False)),
            lambda line: self._text(line, place),
            sort=lambda line: self._order(line, place),
            align="right",
            tooltip=lambda line: self._tooltip(line, place, title),
        )

    def _was(self, line: Ligne, place: int) -> int | None:
        cle = line.cle
        if place:
            cle = crossed(self._questions, *cle, (self._across.code, self._across.categories[place - 1].code))
        effectif = self._earlier[self._key].effectifs.get(cle)
        return None if effectif is None else effectif.unites

    def _text(self, line: Ligne, place: int) -> str:
        now = line.valeurs[place]
        if now is None or not self._key:
            return shown(now)
        return f"{shown(now)} ({gained(now, self._was(line, place))})"

    def _order(self, line: Ligne, place: int) -> int | None:
        """By what was gained when that is what is shown, or by the figure."""
        now = line.valeurs[place]
        if now is None or not self._key:
            return now
        before = self._was(line, place)
        return None if before is None else now - before

    def _tooltip(self, line: Ligne, place: int, title: str) -> str:
        before = self._was(line, place) if self._key else None
        if before is None:
            return title
        words = self.tr("{colonne} : {avant} alors, {maintenant} maintenant")
        words = words.replace("{colonne}", title).replace("{avant}", shown(before))
        return words.replace("{maintenant}", shown(line.valeurs[place]))

    @Slot()
    def _on_choice_edited(self) -> None:
        self._said.setVisible(bool(self._key))
        self.changed.emit()
