"""How a document being completed is laid out: the form, its preview, what is done with an issued one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from iscg_desktop.ui.forms.fiche_gate import FicheGate
from iscg_desktop.ui.tokens import GAP, MARGIN
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.pdf_preview import PdfPreview
from iscg_desktop.ui.widgets.scroll_page import ScrollPage

_BESIDE = 760  # width under which form and preview are shown in turn, for 10 pt text (18 pixels high)


class CompletionView(QWidget):
    """Form and preview side by side, or in turn where it is narrow; what is done with an issued document.

    Args:
        title: Name of what is completed.
        issue_words: Of the button that issues it.
        form: Fields named by their paths in the content.
        gate: What forbids it and what is missing.
        panel: What is done with an issued document.
    """

    def __init__(self, title: str, issue_words: str, form: Any, gate: FicheGate, panel: Any) -> None:
        super().__init__()
        self.title, self._issue_words = title, issue_words
        self.message, self._question = InlineMessage(), InlineMessage()
        self._draft_message = InlineMessage(dismissible=False)
        self.form, self.gate, self.panel = form, gate, panel
        self.preview = PdfPreview()
        self._revealed: Field | None = None
        self._reveal = QTimer(self, singleShot=True, interval=0)  # once everything has its place
        self._reveal.timeout.connect(self._on_reveal_timeout)
        self._lay_out()
        self.preview_button.toggled.connect(self._arrange)

    def _lay_out(self) -> None:
        self.header = PageHeader(self.title)
        self._back = self.header.set_back(self.tr("Retour"))
        self.preview_button = self.header.add_secondary(self.tr("&Voir l’aperçu"), icon="eye")
        self.preview_button.setCheckable(True)
        self.abandon_button = self.header.add_secondary(self.tr("A&bandonner"))
        self.correct_button = self.header.add_secondary(
            self.tr("&Corriger par une nouvelle version"), icon="pencil"
        )
        self.primary = self.header.set_primary(self._issue_words, icon="check", shortcut="Ctrl+S")
        self.print_button = self.header.set_primary(self.tr("I&mprimer…"), icon="printer", shortcut="Ctrl+P")
        written, issued = ScrollPage(), ScrollPage()
        written.add(self.form)
        written.set_footer(self.gate)
        issued.add(self.panel)
        self._left = QStackedWidget()
        self._left.addWidget(written)
        self._left.addWidget(issued)
        top = QVBoxLayout()
        top.setContentsMargins(MARGIN, 22, MARGIN, 10)
        top.setSpacing(10)
        for widget in (self.header, self._draft_message, self.message, self._question):
            top.addWidget(widget)
        self._beside = QWidget()
        beside = QVBoxLayout(self._beside)
        beside.addWidget(self.preview)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left, 11)
        row.addWidget(self._beside, 9)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(row, 1)

    def _show_mode(self, *, completing: bool) -> None:
        """Show the form, or what is done with an issued fiche."""
        self._left.setCurrentIndex(0 if completing else 1)
        for button in (self.primary, self.abandon_button):
            button.setVisible(completing)
        for button in (self.print_button, self.correct_button):
            button.setVisible(not completing)
        self.preview_button.setChecked(False)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        """Form and preview side by side, or in turn where there is no room for both."""
        narrow = self.width() < _BESIDE * max(self.fontMetrics().height() / 18, 1)
        turned = narrow and self.preview_button.isChecked()
        self.preview_button.setVisible(narrow)
        self._beside.setVisible(turned or not narrow)
        self._left.setVisible(not turned)
        # Its top is that of the first card.
        self._beside.layout().setContentsMargins(MARGIN if turned else 0, 12, MARGIN if turned else GAP, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _enter(self, name: str | None, cursor: int | None = None) -> None:
        """Go to a field and show it whole, with what is said under it."""
        self.form.enter(name, cursor)
        self._revealed = self.form.fields.get(name or "")
        self._reveal.start()

    @Slot()
    def _on_reveal_timeout(self) -> None:
        area = self._left.widget(0).findChild(QScrollArea)
        if self._revealed is None:
            area.verticalScrollBar().setValue(0)
        else:
            area.ensureWidgetVisible(self._revealed, 0, GAP)
