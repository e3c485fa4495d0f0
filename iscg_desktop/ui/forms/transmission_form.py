"""What the forms of a fiche and of a document share: cards made one a turn, ways between them, characters to mend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Final, TypeVar

from PySide6.QtCore import QRect, Slot
from PySide6.QtWidgets import QApplication, QWidget

from iscg_desktop.errors import UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.forms.choices import coded
from iscg_desktop.ui.forms.form import Form, enter
from iscg_desktop.ui.forms.rows_edit import RowsEdit
from iscg_desktop.ui.forms.tab_order import order_tabs, stops
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.text_area import TextArea

HALF: Final = 4
"""Columns: two fields a row beside the preview, three in a wide window."""

_Content = TypeVar("_Content")


class TransmissionForm(Form):
    """Fields are named by their path in the content, so that a problem finds its own.

    Args:
        listes: What the closed lists offer.
        today: The day dates are read on.
        unsupported: Gives the characters of a text that cannot be printed.
    """

    def __init__(
        self,
        listes: ListesService,
        today: Callable[[], date],
        unsupported: Callable[[str], tuple[str, ...]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._service, self._today, self._unsupported = listes, today, unsupported
        self._cards: list[Card] = []
        self.column.setSpacing(GAP)

    def flag_characters(self) -> None:
        """Say under each field what of it should not be as it is."""
        for name in self.fields:
            self._flag(name)

    def enter(self, name: str | None, cursor: int | None = None) -> None:
        """Go to a field by its name, at a letter; to the first one shown when there is none of that name."""
        shown = (each for each in self.fields.values() if each.isVisibleTo(self))
        field = self.fields.get(name or "") or next(shown, None)
        if field is not None:
            enter(field.widget, cursor)

    def enter_card(self, step: int) -> None:
        """Go to the first field of the next card, or of the one before."""
        focused = QApplication.focusWidget()
        shown = [card for card in self._cards if not card.isHidden()]
        if not shown:
            return
        inside = [n for n, card in enumerate(shown) if focused is not None and card.isAncestorOf(focused)]
        place = inside[0] if inside else (-1 if step > 0 else 0)
        enter(next(each for each in stops(shown[(place + step) % len(shown)]) if each.isVisible()))

    @property
    def champ(self) -> str | None:
        """Name of the field that has the focus."""
        focused = QApplication.focusWidget()
        if focused is None:
            return None
        return next((name for name, field in self.fields.items() if field.isAncestorOf(focused)), None)

    def _made(self, cards: Iterable[Callable[[], object]]) -> Iterator[None]:
        """Make one card at a time, so that it can be done while nothing else happens."""
        for add in cards:
            add()
            for part in self._cards[-1].findChildren(QWidget):
                part.ensurePolished()  # dressing them all at the first show would be felt
            yield
            self._cards[-1].grab(
                QRect(0, 0, 1, 1)
            )  # as measuring all they say would: Qt does it for a picture
            yield
        for name, field in self.fields.items():
            if isinstance(field.widget, LineEdit | TextArea | RowsEdit):
                field.widget.edited.connect(partial(self._flag, name))
            if isinstance(field.widget, RowsEdit):
                field.widget.structure_changed.connect(self._on_structure_changed)

    def _grid(self, title: str) -> FormGrid:
        card, grid = Card(title), FormGrid()
        card.add(grid)
        self.column.addWidget(card)
        self._cards.append(card)
        return grid

    def _row(self, liste: str, *, clearable: bool = True) -> ChoiceRow:
        return ChoiceRow(coded(self._service[liste]), clearable=clearable)

    def _answers(self) -> ChoiceRow:
        return ChoiceRow([("oui", self.tr("Oui")), ("non", self.tr("Non")), ("inconnu", self.tr("Inconnu"))])

    def _add_recipient(self) -> FormGrid:
        grid = self._grid(self.tr("Destinataire"))
        self.add(grid, "destinataire.service", self.tr("&Service"), LineEdit(), HALF)
        self.add(grid, "destinataire.personne", self.tr("&Personne"), LineEdit(), HALF)
        self.add(grid, "destinataire.adresse", self.tr("A&dresse"), TextArea(rows=2, max_rows=4), HALF)
        self.add(grid, "destinataire.courriel", self.tr("Courr&iel"), LineEdit(), HALF)
        self.add(grid, "destinataire.canal", self.tr("&Remise"), self._row("canal_fiche"), 12)
        return grid

    def _text(self, name: str) -> str:
        """What a field holds, in one text."""
        field = self.fields[name]
        value = field.widget.value()
        if isinstance(field.widget, RowsEdit):
            return "\n".join("\n".join(row) for row in value)
        return value if isinstance(value, str) else ""

    def _flag(self, name: str) -> None:
        text = self._text(name)
        if unprintable := self._unsupported(text) if text else ():
            self.fields[name].set_error(
                sentence(UserError("fiche_glyphes", caracteres=" ".join(unprintable)))
            )

    @Slot()
    def _on_structure_changed(self) -> None:
        order_tabs(self)


def changed(content: _Content, path: str, value: Any) -> _Content:
    """The content with one value changed, at a path of one or two names."""
    section, _, name = path.rpartition(".")
    if not section:
        return replace(content, **{name: value})  # type: ignore[type-var]
    return replace(content, **{section: replace(getattr(content, section), **{name: value})})  # type: ignore[type-var]
