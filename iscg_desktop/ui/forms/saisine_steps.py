"""Short forms under a saisine: an attempt to call, a rendez-vous, a reason to leave it, a dossier that goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from iscg_desktop.domain.dossier import DossierLine
from iscg_desktop.domain.saisine import RESULTATS, RendezVousDraft, Saisine, TentativeDraft
from iscg_desktop.errors import InvalidInput
from iscg_desktop.services.journee import JourneeService
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.forms.choices import answered, code_of, coded, identifier, of_unites
from iscg_desktop.ui.forms.form import Form, enter
from iscg_desktop.ui.messages import settle_all, show_problems
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.duree_edit import DureeEdit
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.heure_edit import HeureEdit
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.type_ahead import TypeAhead
from iscg_desktop.ui.words import resultat

_USUAL_DUREE = 45


class StepForm(Form):
    """A few fields and a button; Enter does it, Escape gives up.

    Args:
        words: Of the button.

    Signals:
        submitted: What ``read`` gives.
        closed: She gives up.
    """

    submitted = Signal(object)
    closed = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done = Button(words, icon="check")
        self._done.clicked.connect(self.submit)
        close = Button(self.tr("Fermer"), kind="quiet")
        close.clicked.connect(self.closed)
        self._row = QHBoxLayout()
        self._row.addWidget(self._done)
        self._row.addWidget(close)
        self._row.addStretch()
        self._build()
        self.column.addLayout(self._row)

    def _build(self) -> None:
        """Make the fields."""
        raise NotImplementedError

    def read(self) -> Any:
        """What was typed."""
        raise NotImplementedError

    def begin(self, saisine: Saisine) -> None:
        """Prefill what is known of a saisine, and go to the first question."""
        raise NotImplementedError

    @Slot()
    def submit(self) -> None:
        """Hand over what was typed, unless a field holds words that are no answer."""
        if settle_all(self.fields.values()):
            self.submitted.emit(self.read())

    def refuse(self, error: InvalidInput) -> None:
        """Say in its fields what is wrong."""
        show_problems(self.fields, error.problems)
        for problem in error.problems[:1]:
            widget = self.fields[problem.field].widget
            if isinstance(widget, QLineEdit):
                widget.selectAll()  # the next words replace those refused

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _side_by_side(self, *parts: tuple[str, str, QWidget, int]) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP - 4)
        for name, label, widget, stretch in parts:
            row.addWidget(self.register(name, Field(label, widget)), stretch)
        self.column.addLayout(row)


class TentativeForm(StepForm):
    """What a call gave."""

    def __init__(self, today: Callable[[], date], now: Callable[[], datetime]) -> None:
        self._today, self._now = today, now
        super().__init__("")
        self._done.setText(self.tr("Noter l’appel"))

    def _build(self) -> None:
        self._beware = InlineMessage("alert", dismissible=False)
        self.column.addWidget(self._beware)
        choices = [Choice(code, resultat(code)) for code in RESULTATS]
        field = Field(self.tr("L’appel"), ChoiceRow(choices, clearable=False))
        self.column.addWidget(self.register("resultat", field))
        self._side_by_side(
            ("date", self.tr("Date"), DateEdit(self._today), 3), ("heure", self.tr("Heure"), HeureEdit(), 2)
        )
        self.column.addWidget(self.register("note", Field(self.tr("Note"), LineEdit())))

    def beware(self, words: str) -> None:
        """Say where she calls what must be read before."""
        self._beware.show_message("alert", words)

    def begin(self, saisine: Saisine) -> None:
        for name, field in self.fields.items():
            self.put(name, None)
            field.clear_error()
        self.put("date", self._today())
        self.put("heure", self._now().astimezone().time().replace(second=0, microsecond=0))
        enter(self.fields["resultat"].widget)

    def read(self) -> TentativeDraft:
        return TentativeDraft(**self.values())


class RendezVousForm(StepForm):
    """When and where she is met."""

    def __init__(self, listes: ListesService, journee: JourneeService) -> None:
        self._lists, self._journee = listes, journee
        super().__init__("")
        self._done.setText(self.tr("Fixer ce rendez-vous"))

    def _build(self) -> None:
        days = DateEdit(lambda: self._journee.today, prefer="future")
        self._side_by_side(("date", self.tr("Jour"), days, 3), ("heure", self.tr("Heure"), HeureEdit(), 2))
        lieu = self._lists["lieu"]
        self._side_by_side(
            ("lieu", self.tr("Lieu"), TypeAhead(coded(lieu)), 3), ("duree", self.tr("Durée"), DureeEdit(), 2)
        )
        unites = TypeAhead(of_unites(self._journee.unites()))
        self.column.addWidget(self.register("unite_id", Field(self.tr("Unité"), unites)))

    def begin(self, saisine: Saisine) -> None:
        for name, field in self.fields.items():
            self.put(name, None)
            field.clear_error()
        self.fields["unite_id"].widget.set_choices(of_unites(self._journee.unites()))
        unite_id = saisine.unite_id or self._journee.permanence()
        self.put("lieu", "unite" if unite_id else None)
        self.put("unite_id", code_of(unite_id))
        self.put("duree", _USUAL_DUREE)
        enter(self.fields["date"].widget)

    def read(self) -> RendezVousDraft:
        values = self.values()
        values["lieu"] = answered(values["lieu"])
        values["unite_id"] = identifier(values["unite_id"])
        return RendezVousDraft(**values)


class SansSuiteForm(StepForm):
    """Why it goes no further."""

    def __init__(self, listes: ListesService) -> None:
        self._lists = listes
        super().__init__("")
        self._done.setText(self.tr("Classer sans suite"))

    def _build(self) -> None:
        reasons = ChoiceRow(coded(self._lists["motif_sans_suite"]), clearable=False)
        self.column.addWidget(self.register("motif", Field(self.tr("Pourquoi"), reasons)))

    def begin(self, saisine: Saisine) -> None:
        self.put("motif", None)
        self.fields["motif"].clear_error()
        enter(self.fields["motif"].widget)

    def read(self) -> str | None:
        value: str | None = self.value("motif")
        return value


class RattachementForm(StepForm):
    """The dossier in which it goes on.

    Args:
        search: Gives the dossiers that match what is typed.
    """

    def __init__(self, search: Callable[[str], Sequence[DossierLine]]) -> None:
        self._search = search
        super().__init__("")
        self._done.setText(self.tr("Rattacher à ce dossier"))

    def _build(self) -> None:
        field = Field(self.tr("Dossier"), _DossierField(self._search))
        self.column.addWidget(self.register("dossier", field))

    def set_discreet(self, discreet: bool) -> None:
        """Offer initials in place of names."""
        self.fields["dossier"].widget.discreet = discreet

    def begin(self, saisine: Saisine) -> None:
        self.put("dossier", None)
        self.fields["dossier"].clear_error()
        enter(self.fields["dossier"].widget)

    def read(self) -> int | None:
        return identifier(self.value("dossier"))


class _DossierField(TypeAhead):
    """A dossier by its number or a name."""

    _MOST = 12

    def __init__(self, search: Callable[[str], Sequence[DossierLine]]) -> None:
        super().__init__()
        self.discreet = False
        self._search = search
        self.removeAction(self._chevron)  # a list of all dossiers helps nobody
        self.setPlaceholderText(self.tr("Numéro, nom ou téléphone"))

    def _offered(self, text: str) -> Sequence[Choice]:
        if not text.strip():
            return []
        lines = self._search(text.strip())[: self._MOST]
        return [
            Choice(str(line.id), f"{line.numero} · {line.initiales if self.discreet else line.noms}")
            for line in lines
        ]

    def _rows(self, text: str) -> Sequence[Choice | str]:
        return self._offered(text)

    def _refusal(self, count: int) -> str:
        if count:
            return self.tr("Plusieurs dossiers répondent. Choisissez le vôtre dans la liste.")
        return self.tr("Aucun dossier ne porte ce numéro ni ce nom.")
