"""Aide: the user guide, what is looked for in it, and the emergency numbers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.domain.guide import Trouvaille
from iscg_desktop.services import aide
from iscg_desktop.ui import icons
from iscg_desktop.ui.forms.lost_sheet import LostSheet
from iscg_desktop.ui.helping import URGENCES
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.tokens import MARGIN
from iscg_desktop.ui.widgets.button import Button, LinkButton
from iscg_desktop.ui.widgets.guide_list import Entry, GuideList
from iscg_desktop.ui.widgets.guide_reader import GuideReader
from iscg_desktop.ui.widgets.labels import Quiet, Title
from iscg_desktop.ui.widgets.search_field import SearchField

FIRST = "premiers-pas"
"""Chapter shown when none was asked for."""

_DEMONSTRATION = "demonstration"
_BREAK = 760  # pixels under which the list and the chapter take turns
_LIST, _READER = 290, 780  # pixels, for text of the usual size

translate = QCoreApplication.translate


class AidePage(QWidget):
    """The chapters on the left, one of them on the right; needs no coffre.

    The chapters are read when the page is first shown.

    Args:
        tasks: Where the sheet « ordinateur perdu ou volé » is drawn.
        demonstration: Whether it may offer a demonstration: no coffre is open.

    Signals:
        left: Back to where she came from.
        demo_requested: She wants the coffre of fictitious dossiers.
    """

    left = Signal()
    demo_requested = Signal()

    def __init__(
        self, tasks: TaskRunner, *, demonstration: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("pages")
        self.title = translate("AidePage", "Aide")
        self._back_offered = False
        self._choosing = False  # the list has the narrow page
        self._marked = ""  # what is marked in the table of contents
        self.search = SearchField(self.tr("Chercher dans le guide"))
        self.list = GuideList(self.tr("Chapitres"))
        self.nothing = Quiet()
        self.reader = GuideReader(self.tr("Guide"))
        self.back = LinkButton(self.tr("Retour (Échap)"))
        self.contents = LinkButton(self.tr("Sommaire"))
        self.numbers = Button(self.tr("Numéros d’urgence (F2)"), kind="quiet", icon="phone")
        self.sheet = LostSheet(tasks)
        self.demo = Button(self.tr("Faire une démonstration…"), icon="users")
        self._demonstration = demonstration
        self._left, self._right = QFrame(), QWidget()
        self._build()
        self._connect()

    def activated(self) -> None:
        """Show the chapters, the first one when none was shown before."""
        self.offer_back(False)
        if not self.list.entries():
            self._show_contents()
        if not self.reader.cle:
            self.show_help(FIRST)

    def show_help(self, renvoi: str) -> None:
        """Show a passage; a reference that leads nowhere shows the first chapter.

        Args:
            renvoi: « chapter » or « chapter#heading ».
        """
        if not self.list.entries():
            self._show_contents()
        if not aide.existe(renvoi):
            renvoi = FIRST
        cle, _, anchor = renvoi.partition("#")
        self._marked = cle
        self.reader.show_chapter(aide.chapitre(cle), anchor)
        self.sheet.setVisible(cle == aide.PERDU)
        self.demo.setVisible(cle == _DEMONSTRATION and self._demonstration)
        self.list.mark(renvoi if self.search.text().strip() else cle)
        self._choose(False)

    def read_help(self, renvoi: str) -> None:
        """Show a passage, ready to be scrolled."""
        self.search.clear()
        self.show_help(renvoi)
        self.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer_back(self, offered: bool) -> None:
        """Offer the way back to the page she came from."""
        self._back_offered = offered
        self.back.setVisible(offered)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._back_offered:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        icons.set_icon(self.back, "arrow-left", "accent", 16, gap=2)
        icons.set_icon(self.contents, "arrow-left", "accent", 16, gap=2)
        self._left.setObjectName("bar")
        column = QVBoxLayout(self._left)
        column.setContentsMargins(12, 22, 12, 12)
        column.setSpacing(10)
        for part in (Title(self.title), self.search, self.nothing):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        self.nothing.hide()
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.back)
        head.addWidget(self.contents)
        head.addStretch()
        head.addWidget(self.numbers)
        self._right.setMaximumWidth(round(_READER * self._size()) + 2 * MARGIN)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(MARGIN, 14, MARGIN, 22)
        right.setSpacing(10)
        right.addLayout(head)
        for action in (self.sheet, self.demo):
            action.hide()
            right.addWidget(action)
        right.addWidget(self.reader, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(self._right, 1)
        row.addStretch(0)
        self.offer_back(False)

    def _connect(self) -> None:
        self.search.searched.connect(self._on_searched)
        self.search.left_downwards.connect(self._on_left_downwards)
        self.search.opened.connect(self._on_search_opened)
        self.list.chosen.connect(self.show_help)
        self.list.entered.connect(self._on_list_entered)
        self.reader.followed.connect(self.read_help)
        self.back.clicked.connect(self.left)
        self.contents.clicked.connect(self._on_contents_clicked)
        self.numbers.clicked.connect(self._on_numbers_clicked)
        self.demo.clicked.connect(self.demo_requested)

    def _size(self) -> float:
        """How much larger than usual the text is."""
        return max(self.fontMetrics().height() / 18, 1)

    def _choose(self, choosing: bool) -> None:
        """Give the narrow page to the list, or to the chapter."""
        self._choosing = choosing
        self._arrange()

    def _arrange(self) -> None:
        size = self._size()
        narrow = self.width() < _BREAK * size
        self._left.setVisible(not narrow or self._choosing)
        self._right.setVisible(not narrow or not self._choosing)
        self._left.setMinimumWidth(0 if narrow else round(_LIST * size))
        self._left.setMaximumWidth(16_777_215 if narrow else round(_LIST * size))
        self.contents.setVisible(narrow)

    def _show_contents(self) -> None:
        """The table of contents."""
        entries = []
        for group in aide.sommaire():
            entries.append(Entry(group.titre))
            entries += [Entry(aide.chapitre(cle).titre, cle) for cle in group.cles]
        self.nothing.hide()
        self.list.show_entries(entries)
        self.list.mark(self._marked)

    @Slot(str)
    def _on_searched(self, text: str) -> None:
        if not text:
            self._show_contents()
            return
        found = aide.chercher(text)
        self.list.show_entries([_entry(each) for each in found])
        self.nothing.setText(
            ""
            if found
            else self.tr("Rien de tel dans le guide. Essayez un seul mot, ou parcourez les chapitres.")
        )
        self.nothing.setVisible(not found)

    @Slot()
    def _on_left_downwards(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        self.list.first()

    @Slot()
    def _on_search_opened(self) -> None:
        if self.search.text().strip():
            self.list.first()
            self.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_list_entered(self) -> None:
        self._choose(False)
        self.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_contents_clicked(self) -> None:
        self._choose(True)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_numbers_clicked(self) -> None:
        self.read_help(URGENCES)


def _entry(found: Trouvaille) -> Entry:
    renvoi = "#".join(filter(None, (found.cle, found.ancre)))
    chapter = found.chapitre if found.ancre else ""
    return Entry(found.titre, renvoi, chapter, found.extrait, found.gras)
