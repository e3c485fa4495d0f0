"""Who the person being typed may be: proposed under her names, never taken by itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from iscg_desktop.domain.dates import format_date, format_naissance
from iscg_desktop.services.personnes import Candidate
from iscg_desktop.ui import words
from iscg_desktop.ui.plain import unbroken
from iscg_desktop.ui.widgets.button import Button, LinkButton
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet, Text


class CandidatesPanel(QWidget):
    """A few persons side by side with what is known of them; F4 takes the first, Escape puts them away.

    Signals:
        taken: Id of the person she is.
        taken_back: She was not that person after all.
    """

    taken = Signal(int)
    taken_back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._candidates: tuple[Candidate, ...] = ()
        self._ignored: set[int] = set()
        self._discreet = False
        self._head = QWidget()
        self._words = Quiet("", wrap=False)
        self._ignore = LinkButton(self.tr("Ignorer (Échap)"))
        self._ignore.clicked.connect(self.ignore)
        self._head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(12)
        head.addWidget(self._words)
        head.addWidget(self._ignore)
        head.addStretch()
        self._message = InlineMessage()
        self._message.action_triggered.connect(self._on_message_action_triggered)
        self._message.dismissed.connect(self._refresh)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self._message)
        self._column.addWidget(self._head)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._rows: list[_CandidateRow] = []
        self._sight = QTimer(self, singleShot=True, interval=0)
        self._sight.timeout.connect(self._on_sight_timeout)
        self._refresh()

    def shown_candidates(self) -> tuple[Candidate, ...]:
        """Persons proposed now."""
        return () if self._discreet else self._candidates

    def show_candidates(self, candidates: Sequence[Candidate]) -> None:
        """Propose persons; one put away before is not proposed again."""
        kept = tuple(each for each in candidates if each.personne.id not in self._ignored)
        if kept != self._candidates:
            self._candidates = kept
            self._message.clear()
            self._refresh()

    def say_taken(self, name: str, until_now: Sequence[str] = ()) -> None:
        """Say whose line this is now, what that which was typed takes the place of, and how to take it back."""
        self._candidates = ()
        said = self.tr("C’est maintenant la fiche de {0}.").format(name)
        if until_now:
            kept = self.tr("Ce que vous avez tapé est gardé\u00a0; noté jusqu’ici\u00a0: {0}.")
            said = f"{said} {kept.format(', '.join(map(unbroken, until_now)))}"
        self._message.show_message("good", said, self.tr("Annuler"))
        self._refresh()

    def clear(self) -> None:
        """Propose nobody, and forget who was put away."""
        self._candidates = ()
        self._ignored.clear()
        self._message.clear()
        self._refresh()

    def set_discreet(self, discreet: bool) -> None:
        """Name nobody, or again."""
        self._discreet = discreet
        self._refresh()

    def press(self, key: int) -> bool:
        """F4 takes the first, Escape puts all away; whether the key meant something here."""
        if not self.shown_candidates() or key not in (Qt.Key.Key_F4, Qt.Key.Key_Escape):
            return False
        if key == Qt.Key.Key_F4:
            self.taken.emit(self._candidates[0].personne.id)
        else:
            self.ignore()
        return True

    @Slot()
    def ignore(self) -> None:
        """Put away whoever is proposed, for this person."""
        self._ignored |= {each.personne.id for each in self._candidates}
        self._candidates = ()
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        shown = self.shown_candidates()
        self._rows = [_CandidateRow(each, first=rank == 0) for rank, each in enumerate(shown)]
        widest = max((row.button.sizeHint().width() for row in self._rows), default=0)
        for row in self._rows:
            row.button.setMinimumWidth(widest)
            row.taken.connect(self.taken)
            self._column.addWidget(row)
            row.show()
        self._words.setText(self.tr("Déjà dans votre coffre\u00a0?"))
        self._head.setVisible(bool(shown))
        self._message.setVisible(bool(self._message.text) and not self._discreet)
        self.setVisible(bool(shown) or (bool(self._message.text) and not self._discreet))
        if shown:
            self._sight.start()

    @Slot()
    def _on_sight_timeout(self) -> None:
        """Bring what is proposed into sight, once it has its place; what is typed in stays in sight too."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        focus = QApplication.focusWidget()
        if area is not None and self.isVisible():
            area.ensureWidgetVisible(self, 0, 24)
            if focus is not None and area.isAncestorOf(focus):
                area.ensureWidgetVisible(focus, 0, 24)

    @Slot()
    def _on_message_action_triggered(self) -> None:
        self.taken_back.emit()


class _CandidateRow(QWidget):
    """One person: who she is, where she is known from, why she is proposed."""

    taken = Signal(int)

    def __init__(self, candidate: Candidate, *, first: bool) -> None:
        super().__init__()
        self._id = candidate.personne.id
        button = self.button = Button(
            self.tr("C’est elle (F4)") if first else self.tr("C’est elle"), kind="secondary", icon="user"
        )
        if candidate.personne.identite.sexe == "homme":
            button.setText(self.tr("C’est lui (F4)") if first else self.tr("C’est lui"))
        button.setAccessibleDescription(candidate.personne.identite.nom_complet)
        button.clicked.connect(self._on_clicked)
        said = QVBoxLayout()
        said.setSpacing(1)
        said.addWidget(Text(candidate.personne.identite.nom_complet))
        said.addWidget(Quiet(self._known(candidate)))
        said.addStretch()  # else the height that is left parts the name from what is known
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(said, 1)
        row.addWidget(Chip(words.verdict_role(candidate.verdict), words.verdict(candidate.verdict)))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _known(self, candidate: Candidate) -> str:
        """« Née le 12 mars 1988 · Vallière · dossier 2026-0004, le 3 mai 2026 » over the reasons."""
        naissance = candidate.personne.identite.naissance
        last = candidate.dernier_contact
        dossier = candidate.dossiers[0] if candidate.dossiers else ""
        where = (
            self.tr("dossier {0}, dernier contact le {1}").format(dossier, format_date(last)) if last else ""
        )
        known = [format_naissance(naissance) if naissance else "", candidate.commune, where]
        why = ", ".join(words.raison(code) for code in candidate.raisons)
        lines = (" · ".join(filter(None, known)), why[:1].upper() + why[1:])
        return "\n".join(filter(None, lines))

    @Slot()
    def _on_clicked(self) -> None:
        self.taken.emit(self._id)
