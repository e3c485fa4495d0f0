"""Shows a chapter of the guide: its words in the type of the program, its pictures as wide as the column."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QBrush,
    QFont,
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextListFormat,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from iscg_desktop.domain.guide import Chapitre, ancre
from iscg_desktop.services import aide
from iscg_desktop.ui.style_sheet import HEADING, TITLE
from iscg_desktop.ui.theme import Theme, color

_LINE_HEIGHT = 140  # per cent
_MARGIN, _INDENT = 20, 22  # pixels


class GuideReader(QTextBrowser):
    """One chapter at a time.

    Tab goes from link to link, the arrows scroll.

    Signals:
        followed: Reference of the link that was pressed.
    """

    followed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chapitre: Chapitre | None = None
        self._name = name
        self.setObjectName("guide")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setAccessibleName(name)
        self.anchorClicked.connect(self._on_anchor_clicked)
        theme = Theme.worn()
        if theme is not None:
            theme.changed.connect(self._on_theme_changed)

    @property
    def cle(self) -> str:
        """Key of the chapter shown, or ""."""
        return self._chapitre.cle if self._chapitre is not None else ""

    def show_chapter(self, chapitre: Chapitre, anchor: str = "") -> None:
        """Show a chapter, from its beginning or from one of its headings."""
        if chapitre is not self._chapitre:
            self._chapitre = chapitre
            self._draw()
            self.setAccessibleName(f"{self._name} : {chapitre.titre}")
        self._go(anchor)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        path = name.toString() if isinstance(name, QUrl) else name
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        return QImage(str(aide.image(path)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_pictures(self.document())

    def _draw(self) -> None:
        if self._chapitre is None:
            return
        # Dressed before it is shown: it is laid out once.
        document = QTextDocument(self)
        document.setDefaultFont(self.font())
        document.setDocumentMargin(_MARGIN)
        document.setIndentWidth(_INDENT)
        document.setMarkdown(
            self._chapitre.source,
            QTextDocument.MarkdownFeature.MarkdownDialectGitHub
            | QTextDocument.MarkdownFeature.MarkdownNoHTML,
        )
        for block in _blocks(document):
            self._dress(block)
            points = block.textList()
            if points is not None and points.format().style() == QTextListFormat.Style.ListCircle:
                shape = points.format()
                shape.setStyle(QTextListFormat.Style.ListDisc)
                points.setFormat(shape)
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _dress_table(frame)
        self._fit_pictures(document)
        self.setDocument(document)

    def _dress(self, block: QTextBlock) -> None:
        """Sizes, margins and colours of a paragraph."""
        body = self.font().pointSizeF()
        level = block.blockFormat().headingLevel()
        shape = QTextBlockFormat(block.blockFormat())
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        if level:
            size = {1: TITLE, 2: 1.25}.get(level, HEADING)
            words = QTextCharFormat()
            words.setFontPointSize(body * size)
            words.setFontWeight(QFont.Weight.DemiBold)
            cursor.setCharFormat(words)  # the size that Markdown gives would win over a merged one
            shape.setTopMargin(0 if level == 1 else 22)
            shape.setBottomMargin(10 if level == 1 else 4)
        else:
            shape.setBottomMargin(4 if block.textList() is not None else 10)
            if not any(each.isImageFormat() for _, _, each in _fragments(block)):
                shape.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            self._dress_words(block)
        cursor.setBlockFormat(shape)

    def _dress_words(self, block: QTextBlock) -> None:
        for start, length, shape in _fragments(block):
            words = QTextCharFormat()
            if shape.isAnchor():
                words.setForeground(color("accent"))
                words.setFontUnderline(True)
            elif shape.fontFixedPitch():
                # A key of the keyboard, or what is typed.
                words.setFontFixedPitch(False)
                words.setFontFamilies([self.font().family()])
                words.setFontWeight(QFont.Weight.DemiBold)
                words.setBackground(color("soft"))
            else:
                continue
            cursor = QTextCursor(block)
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(words)

    def _fit_pictures(self, document: QTextDocument) -> None:
        """Pictures as wide as the column, and no wider than they are."""
        room = self.viewport().width() - 2 * document.documentMargin()
        for block in _blocks(document):
            for start, length, shape in _fragments(block):
                if not shape.isImageFormat():
                    continue
                picture = QTextImageFormat(shape.toImageFormat())
                own = QImage(str(aide.image(picture.name())))
                width = max(round(min(room, own.width())), 1)
                if picture.width() == width:
                    continue
                self._keep_smooth(document, picture.name(), own, width)
                picture.setWidth(width)
                picture.setHeight(own.height() * width / max(own.width(), 1))
                cursor = QTextCursor(document)
                cursor.setPosition(start)
                cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(picture)

    def _keep_smooth(self, document: QTextDocument, name: str, picture: QImage, width: int) -> None:
        """Have the document draw a picture reduced beforehand: what it reduces itself is hard to read."""
        ratio = self.devicePixelRatioF()
        reduced = picture.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
        reduced.setDevicePixelRatio(ratio)
        document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), reduced)

    def _go(self, anchor: str) -> None:
        """Bring a heading to the top."""
        found = next(
            (
                block
                for block in _blocks(self.document())
                if block.blockFormat().headingLevel() > 1 and ancre(block.text()) == anchor
            ),
            None,
        )
        bar = self.verticalScrollBar()
        if found is None:
            bar.setValue(0)
            return
        top = self.document().documentLayout().blockBoundingRect(found).top()
        bar.setValue(int(top) - 12)

    @Slot(QUrl)
    def _on_anchor_clicked(self, link: QUrl) -> None:
        chapter = link.path().removesuffix(".md") or self.cle
        self.followed.emit("#".join(filter(None, (chapter, link.fragment()))))

    @Slot()
    def _on_theme_changed(self) -> None:
        place = self.verticalScrollBar().value()
        self._draw()
        self.verticalScrollBar().setValue(place)


def _blocks(document: QTextDocument) -> list[QTextBlock]:
    blocks, block = [], document.begin()
    while block.isValid():
        blocks.append(block)
        block = block.next()
    return blocks


def _fragments(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    """Place, length and format of each run of a paragraph."""
    found = []
    pieces = block.begin()
    while not pieces.atEnd():
        piece = pieces.fragment()
        found.append((piece.position(), piece.length(), piece.charFormat()))
        pieces += 1
    return found


def _dress_table(table: QTextTable) -> None:
    shape = table.format()
    shape.setBorder(1)
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderBrush(QBrush(color("line")))
    shape.setBorderCollapse(True)
    shape.setCellPadding(7)
    shape.setCellSpacing(0)
    shape.setBottomMargin(12)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table.setFormat(shape)
    for row in range(table.rows()):
        for column in range(table.columns()):
            cursor = table.cellAt(row, column).firstCursorPosition()
            plain = cursor.blockFormat()
            plain.setBottomMargin(0)
            plain.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
            cursor.setBlockFormat(plain)
