"""The grid of an employer as it is typed: its name, its lines, and the figure of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.domain.grille import Grille, LigneGrille
from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.text_area import TextArea
from iscg_desktop.ui.widgets.type_ahead import TypeAhead


class GrilleForm(Form):
    """A name, lines one under the other, and under each what figure it asks for."""

    def __init__(self) -> None:
        super().__init__()
        entry = Card()
        nom = Field(
            self.tr("&Nom de la grille"), LineEdit(), hint=self.tr("Par exemple « Conseil départemental ».")
        )
        lignes = Field(
            self.tr("&Lignes du destinataire"),
            TextArea(rows=6, max_rows=14),
            hint=self.tr("Une par ligne, avec ses mots, dans son ordre."),
        )
        entry.add(self.register("nom", nom))
        entry.add(self.register("lignes", lignes))
        self.cibles = CiblesEdit()
        self.mapping = Card(self.tr("Le chiffre de chaque ligne"))
        self.mapping.add(
            Quiet(self.tr("Une ligne sans chiffre reste un titre. Les masques du bilan restent des masques."))
        )
        self.mapping.add(self.register("cibles", Field("", self.cibles)))
        self.column.addWidget(entry)
        self.column.addWidget(self.mapping)
        self.mapping.hide()
        self._entry = entry

    def show_grille(self, grille: Grille) -> None:
        """Show another grid."""
        self.put("nom", grille.nom)
        self.show_lines(grille.lignes)

    def show_lines(self, lignes: Sequence[LigneGrille]) -> None:
        """Show other lines, typed and mapped."""
        self.put("lignes", "\n".join(ligne.libelle for ligne in lignes))
        self.map_lines(lignes)

    def map_lines(self, lignes: Iterable[LigneGrille]) -> None:
        """Show what each line asks for; what is typed stays as it is."""
        self.put("cibles", tuple((ligne.libelle, ligne.code) for ligne in lignes))
        self.mapping.setVisible(bool(self.cibles.value()))

    def restore(self, state: Mapping[str, Any]) -> None:
        super().restore(state)
        self.mapping.setVisible(bool(self.cibles.value()))

    def grille(self) -> Grille:
        """The grid as it stands."""
        return Grille(str(self.value("nom") or ""), tuple(LigneGrille(*row) for row in self.cibles.value()))

    def set_discreet(self, discreet: bool) -> None:
        """A grid names figures, never persons; what she typed is hidden all the same."""
        self._entry.setVisible(not discreet)
        self.mapping.setVisible(not discreet and bool(self.cibles.value()))


_A_TURN = 5
"""Lines made before the window turns: a recipient's list may have a hundred."""


class CiblesEdit(QWidget):
    """One figure out of the catalogue for each line; what is half-typed in one is kept too.

    The first lines are there at once, the others as the window turns.
    """

    edited = Signal()
    committed = Signal(object)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._choices: tuple[Choice, ...] = ()
        self._rows: list[tuple[str, Field]] = []
        self._to_make: list[tuple[str, str]] = []
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._on_turn_timeout)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def set_choices(self, choices: Iterable[tuple[str, str]]) -> None:
        """Offer other figures, from the next lines on."""
        self._choices = tuple(Choice(code, libelle) for code, libelle in choices)

    def value(self) -> tuple[tuple[str, str], ...]:
        """Words and code of each line; no code for a title."""
        made = ((libelle, field.widget.value() or "") for libelle, field in self._rows)
        return (*made, *self._to_make)

    def set_value(self, rows: Iterable[Sequence[str]] | None) -> None:
        """Show other lines; emits nothing. The same ones stay as they are, unless something is half-typed there."""
        lines = [(libelle, code) for libelle, code in rows or ()]
        if not self.raw() and tuple(lines) == self.value():
            return
        for _, field in self._rows:
            self._column.removeWidget(field)
            field.hide()
            field.deleteLater()
        self._rows = []
        self._to_make = lines
        self._make_some()

    def _make_some(self) -> None:
        for libelle, code in self._to_make[:_A_TURN]:
            widget = TypeAhead(self._choices, placeholder=self.tr("titre, sans chiffre"))
            widget.set_value(code or None)
            widget.edited.connect(self.edited)
            widget.committed.connect(self._on_committed)
            field = Field(libelle.replace("&", "&&"), widget)
            self._rows.append((libelle, field))
            self._column.addWidget(field)
        del self._to_make[:_A_TURN]
        if self._to_make:
            self._turn.start()

    @Slot()
    def _on_turn_timeout(self) -> None:
        self._make_some()

    def raw(self) -> str:
        """What is half-typed, a line each; empty when nothing is."""
        words = [field.widget.raw() for _, field in self._rows]
        return "\n".join(words) if any(words) else ""

    def set_raw(self, text: str) -> None:
        """Put back what was half-typed; emits nothing."""
        while self._to_make:
            self._make_some()
        for (_, field), words in zip(self._rows, text.split("\n"), strict=False):
            field.widget.set_raw(words)

    def settle(self) -> bool:
        """Read what is half-typed; False when one line names no figure, and says so."""
        wrong = [field for _, field in self._rows if not field.widget.settle()]
        self.setFocusProxy(wrong[0].widget if wrong else None)  # type: ignore[arg-type] # as Qt documents it
        return not wrong

    def clear(self) -> None:
        """No line."""
        self.set_value(())

    @Slot(object)
    def _on_committed(self, _code: object) -> None:
        self.committed.emit(self.value())
