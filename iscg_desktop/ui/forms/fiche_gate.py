"""Says whether a document may be issued, why not, and what its recipient may miss; each leads to its field."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.domain.fiche_controles import Manque
from iscg_desktop.errors import Problem
from iscg_desktop.messages import sentence
from iscg_desktop.ui.tokens import MARGIN
from iscg_desktop.ui.widgets.button import LinkButton
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.icon_label import IconLabel
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet, Text
from iscg_desktop.ui.widgets.line import Line

_SAID = 2  # problems at a time: the next shows once one is mended
_NAMED = 4  # beyond, the list would take the place of the form


class FicheGate(QWidget):
    """A line under the form: what forbids the document, else what could still be added to it.

    Args:
        ready: Said when it may be issued; by default of a fiche.
        barred: Said when it may not.

    Signals:
        asked: Path of what she wants to mend.
    """

    asked = Signal(str)

    def __init__(self, ready: str = "", barred: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ready = ready or self.tr("La fiche peut être établie.")
        self._barred = barred or self.tr("La fiche ne peut pas encore être établie.")
        self._icon, self._state = IconLabel("circle-check", "good", 18), Text()
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._icon)
        head.addWidget(self._state, 1)
        self._problems = QVBoxLayout()
        self._problems.setSpacing(0)
        self._problems.setContentsMargins(20, 0, 0, 0)  # under the words of the state
        self._problem_lines: list[Line] = []
        self._paths: list[str] = []
        self._beware = InlineMessage("warn", dismissible=False)
        names = QWidget()
        names.setObjectName("missing")
        flow = FlowLayout(names, spacing=1)
        self._words = Quiet(self.tr("Il manque peut-être\u00a0:"), wrap=False)
        flow.addWidget(self._words)
        self._links = [LinkButton() for _ in range(_NAMED)]
        for link in self._links:
            link.clicked.connect(partial(self._on_link_clicked, link))
            flow.addWidget(link)
        self._more = Quiet(wrap=False)
        flow.addWidget(self._more)
        self._names = names
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 10, MARGIN, 10)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(self._problems)
        column.addWidget(self._beware)
        column.addWidget(names)

    def show_state(self, problems: Sequence[Problem], missing: Sequence[Manque], beware: str = "") -> None:
        """Say what forbids the fiche, what forbids nothing but must be seen, and what could still be added."""
        self._beware.show_message("warn", beware)
        if problems:
            self._icon.set("circle-alert", "alert")
            self._state.setText(self._barred)
        else:
            self._icon.set("circle-check", "good")
            self._state.setText(self._ready)
        self._show_problems(problems)
        self._show_missing(() if problems else missing)

    def text(self) -> str:
        """All that is said."""
        lines = [sentence_line.accessibleName() for sentence_line in self._problem_lines]
        names = [link.text() for link in self._links if not link.isHidden()]
        return " ".join([self._state.text(), *lines, self._beware.text, *names])

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        said = [(problem.field, sentence(problem)) for problem in problems[:_SAID]]
        if said == [(line.property("path"), line.accessibleName()) for line in self._problem_lines]:
            return
        for line in self._problem_lines:
            self._problems.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._problem_lines = []
        for path, words in said:
            line = Line(words, clickable=True)
            line.setProperty("path", path)
            line.activated.connect(partial(self.asked.emit, path))
            self._problem_lines.append(line)
            self._problems.addWidget(line)

    def _show_missing(self, missing: Sequence[Manque]) -> None:
        self._paths = [item.field for item in missing[:_NAMED]]
        count = len(self._paths)
        for place, link in enumerate(self._links):
            if place < count:
                last = place == len(missing) - 1
                link.setText(sentence(missing[place]) + ("." if last else ","))
            link.setVisible(place < count)
        rest = len(missing) - count
        self._more.setText(self.tr("et %n autres.", "", rest) if rest else "")
        self._names.setVisible(bool(missing))

    def _on_link_clicked(self, link: LinkButton) -> None:
        self.asked.emit(self._paths[self._links.index(link)])
