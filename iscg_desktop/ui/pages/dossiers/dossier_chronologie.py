"""What happened in a dossier, day by day; an entretien opens in place, whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from iscg_desktop.domain.dates import format_date, format_duree
from iscg_desktop.domain.dossier import TimelineEvent
from iscg_desktop.domain.entretien import Entretien
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.services.entretiens import EntretiensService
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.dossier_words import ICONS, Dit, say
from iscg_desktop.ui.theme import color
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import LinkButton
from iscg_desktop.ui.widgets.labels import Heading, Quiet, Text
from iscg_desktop.ui.widgets.late import show_when
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.list_card import RING, ListCard

_AT_ONCE = 9  # a screen


class ChronologieCard(ListCard):
    """The events of a dossier under the day of each, the newest first.

    Signals:
        fiche_opened: Id of an issued fiche.
        entretien_opened: Id of an entretien to correct, or to keep a pièce jointe with.
        document_opened: Id of another issued document.
    """

    fiche_opened = Signal(int)
    entretien_opened = Signal(int)
    document_opened = Signal(int)

    def __init__(self, entretiens: EntretiensService, listes: ListesService) -> None:
        super().__init__(self.tr("Ce qui s’est passé"), shown=_AT_ONCE)
        self._entretiens, self._listes = entretiens, listes
        self._open: set[int] = set()
        self._discreet = False
        self.keep_rows()  # of a dossier after another: a fifth of the time of opening one

    def show_events(
        self,
        events: Sequence[TimelineEvent],
        names: Mapping[int, str],
        today: date,
        *,
        discreet: bool,
        another: bool,
    ) -> None:
        """Show these events.

        Args:
            events: The newest first.
            names: What to call each person.
            today: Civil date: what comes after is said to come.
            discreet: Leave out names and what she typed.
            another: The dossier is not the one shown before.
        """
        self._discreet = discreet
        if another:
            self._open.clear()
            self.forget_wanted()
        self.show_rows(self._events(events, names, today), len(events))

    def open_entretien(self, entretien_id: int) -> None:
        """Open an entretien in place, if its line is shown."""
        for row in self.rows():
            assert isinstance(row, EventRow)
            if row.evenement.kind == "entretien" and row.evenement.id == entretien_id and not row.is_open:
                self._toggle(row)

    def _events(
        self, events: Sequence[TimelineEvent], names: Mapping[int, str], today: date
    ) -> Iterator[tuple[object, QWidget]]:
        day: date | None = None
        kept = iter(tuple(self.kept_rows))  # as they are now: those made here are not to be met again
        for event in events:
            heading = ""
            if event.date != day:
                day = event.date
                heading = format_date(day)
                if day >= today:
                    heading += self.tr(" · aujourd’hui") if day == today else self.tr(" · à venir")
            row = next(kept, None)
            if row is None:
                row = self._make()
            assert isinstance(row, EventRow)
            row.show_event(event, heading, say(event, self._listes, names, discreet=self._discreet))
            is_open = event.kind == "entretien" and event.id in self._open
            row.set_detail(self._detail(event.id) if is_open else None)
            yield None, row

    def make_ahead(self) -> bool:
        """Make a line more of those shown at once, before it is asked for; False when all are there."""
        if len(self.kept_rows) >= _AT_ONCE:
            return False
        row = self._make()
        row.hide()
        self.keep(row)
        for part in row.findChildren(QWidget):
            part.ensurePolished()
        return True

    def _make(self) -> EventRow:
        row = EventRow()
        row.activated.connect(self._on_row_activated)
        return row

    def _detail(self, entretien_id: int) -> QWidget:
        entretien: Entretien = self._entretiens.get(entretien_id)
        detail = EntretienDetail(entretien, self._listes, discreet=self._discreet)
        detail.opened.connect(self.entretien_opened)
        return _Beside(detail)

    def _toggle(self, row: EventRow) -> None:
        if row.is_open:
            self._open.discard(row.evenement.id)
            row.set_detail(None)
        else:
            self._open.add(row.evenement.id)
            row.set_detail(self._detail(row.evenement.id))

    @Slot(object)
    def _on_row_activated(self, row: EventRow) -> None:
        event = row.evenement
        if event.kind == "entretien":
            self._toggle(row)
        elif event.kind == "fiche":
            self.fiche_opened.emit(event.id)
        elif event.kind == "document":
            self.document_opened.emit(event.id)
        elif event.parent_id is not None:
            self.fiche_opened.emit(event.parent_id)


class EventRow(QWidget):
    """A line, under its day when it is the first of it, over what it opens.

    Attributes:
        evenement: The event it says.
        line: Its words.

    Signals:
        activated: Itself.
    """

    activated = Signal(object)

    _OPENS = ("entretien", "fiche", "etape", "document")

    def __init__(self) -> None:
        super().__init__()
        self.line = Line("")
        self._heading = Heading()
        self._heading.setContentsMargins(RING, 10, RING, 2)
        self._detail: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._heading)
        self._column.addWidget(self.line)
        self.line.activated.connect(self._on_line_activated)

    def show_event(self, event: TimelineEvent, heading: str, dit: Dit) -> None:
        """Be the line of an event; ``heading`` is its day, "" under another of that day."""
        self.evenement = event
        self._heading.setText(heading)
        show_when(self._heading, bool(heading))
        opens = event.kind in self._OPENS
        self.line.say(dit.text, dit.sub, state=dit.state, icon=ICONS[event.kind], clickable=opens)

    @property
    def is_open(self) -> bool:
        """Whether something is shown under the line."""
        return self._detail is not None

    def set_detail(self, detail: QWidget | None) -> None:
        """Show something under the line, or nothing."""
        if self._detail is not None:
            self._column.removeWidget(self._detail)
            self._detail.hide()
            self._detail.deleteLater()
        self._detail = detail
        if detail is not None:
            self._column.addWidget(detail)
            detail.show()

    @Slot()
    def _on_line_activated(self) -> None:
        self.activated.emit(self)


class EntretienDetail(QWidget):
    """A recorded entretien, whole; in discreet mode without the words she typed.

    Signals:
        opened: Its id, to show it on its own page.
    """

    opened = Signal(int)

    def __init__(self, entretien: Entretien, listes: ListesService, *, discreet: bool) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        when = [
            format_duree(entretien.duree) if entretien.duree is not None else "",
            listes.libelle("lieu", entretien.lieu) if entretien.lieu != NON_RENSEIGNE else "",
            listes.unite(entretien.unite_id),
        ]
        self._add(self.tr("Cadre"), " · ".join(part for part in when if part))
        if not discreet:
            present = [line.nom for line in entretien.personnes if line.presente]
            self._add(self.tr("Présents"), ", ".join(present))
        codes = (entretien.problematique_principale, *entretien.problematiques)
        for title, liste, answers in (
            (self.tr("Problématiques"), "problematique", codes),
            (self.tr("Demandes"), "demande", entretien.demandes),
            (self.tr("Réponses"), "reponse", entretien.reponses),
        ):
            self._add(title, ", ".join(listes.libelle(liste, code) for code in answers))
        if discreet:
            self._add(self.tr("Textes"), self.tr("Textes masqués (F9)"))
        else:
            self._add(self.tr("Éléments transmissibles"), entretien.elements_transmissibles, wide=True)
            self._add(self.tr("Notes de travail (hors fiche)"), entretien.notes_de_travail, wide=True)
        more = LinkButton(self.tr("Corriger, pièces jointes…"))
        more.clicked.connect(partial(self.opened.emit, entretien.id))
        self._grid.addWidget(more, self._grid.rowCount(), 0, 1, 2, Qt.AlignmentFlag.AlignLeft)

    def _add(self, title: str, text: str, *, wide: bool = False) -> None:
        """A name and what it holds, under the ones before; a running text takes the whole width."""
        if not text.strip():
            return
        rank, words = self._grid.rowCount(), Text(text)
        if wide:
            self._grid.addWidget(Quiet(title), rank, 0, 1, 2)
            self._grid.addWidget(words, rank + 1, 0, 1, 2)
        else:
            self._grid.addWidget(Quiet(title), rank, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, rank, 1)


class _Beside(QWidget):
    """Sets what is opened apart with a bar at its left."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(RING + 28, 4, RING, 10)
        column.addWidget(content)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QPainter(self).fillRect(RING + 16, 4, 2, self.height() - 14, color("accent"))
