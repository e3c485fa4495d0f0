"""The bilan of a quarter: exact counts inside, protected figures out, arrêté once and for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from iscg_desktop.disclosure.protected import ProtectedBilan
from iscg_desktop.domain.dates import format_date_courte
from iscg_desktop.domain.period import Periode
from iscg_desktop.errors import UserError
from iscg_desktop.services.bilans import PreparedBilan, Trimestre
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.dialogs.folder_dialog import choose_folder
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.pages.bilan_cards import KeyFigures, MissingCard, TableCard
from iscg_desktop.ui.tasks import Task, TaskRunner
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.columns import Columns
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Text
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage
from iscg_desktop.ui.widgets.type_ahead import TypeAhead


class BilanPage(ScrollPage):
    """Chooses a quarter, shows its counts, closes it and hands its files over."""

    prepared = Signal()  # the protected figures are shown, ready to be arrêtés

    def __init__(self, services: Services, hub: ChangesHub, tasks: TaskRunner) -> None:
        header = PageHeader(self.tr("Bilan"))
        super().__init__(header)
        self.title = self.tr("Bilan")
        self._services, self._hub, self._tasks = services, hub, tasks
        self._task: Task | None = None
        self._cards: Iterator[QWidget | None] = iter(())
        self._cards_timer = QTimer(self, interval=0)
        self._cards_timer.timeout.connect(self._on_cards_timeout)
        self._ready: tuple[PreparedBilan, ProtectedBilan] | None = None
        self._trimestres: dict[str, Trimestre] = {}
        self.period = TypeAhead(placeholder=self.tr("3e trimestre 2026"))
        self.message = InlineMessage()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.primary = header.set_primary(self.tr("Préparer le bilan"), icon="shield-check")
        self.confirmation = _Confirmation()
        self.confirmation.hide()
        self._figures = QWidget()
        self._column = QVBoxLayout(self._figures)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        for widget in (
            Field(self.tr("&Période"), self.period),
            self.message,
            self.progress,
            self.confirmation,
        ):
            self.add(widget)
        self.add(self._figures)
        self.period.committed.connect(self._on_period_committed)
        self.primary.clicked.connect(self._on_primary_clicked)
        self.confirmation.confirmed.connect(self._on_confirmed)
        self.confirmation.cancelled.connect(self._on_confirmation_cancelled)
        hub.changed.connect(self._on_changed)

    def activated(self) -> None:
        """Read the quarters again; keeps the one chosen, else proposes the oldest still to be arrêté."""
        trimestres = self._services.bilans.trimestres()
        self._trimestres = {t.periode.code: t for t in trimestres}
        self.period.set_choices((t.periode.code, self._name(t)) for t in trimestres)
        if self.period.value() not in self._trimestres:
            due = [t for t in trimestres if t.etat == "a_arreter"]
            self.period.set_value((due[-1] if due else trimestres[0]).periode.code)
        else:
            self.period.set_value(self.period.value())
        self._show()

    def _name(self, trimestre: Trimestre) -> str:
        state = {
            "en_cours": self.tr("en cours"),
            "a_arreter": self.tr("à arrêter"),
            "arrete": self.tr("arrêté"),
        }[trimestre.etat]
        return f"{trimestre.periode.libelle} – {state}"

    @property
    def _chosen(self) -> Trimestre | None:
        return self._trimestres.get(self.period.value() or "")

    def _show(self) -> None:
        """Show the chosen quarter; whatever was being prepared is dropped."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._ready = None
        self.progress.hide()
        self.confirmation.hide()
        trimestre = self._chosen
        self.primary.setVisible(trimestre is not None and trimestre.etat != "en_cours")
        if trimestre is None:
            return
        assert self.header is not None
        self.header.set_subtitle(trimestre.periode.months)
        protected = None
        if trimestre.etat == "arrete":
            protected = self._services.bilans.protected(trimestre.periode)
            day = format_date_courte(trimestre.arrete_le) if trimestre.arrete_le else ""
            words = self.tr("Arrêté le {date}. Les ajouts tardifs comptent au trimestre ouvert.")
            self.message.show_message("good", words.replace("{date}", day))
            self.primary.setText(self.tr("Remettre les fichiers…"))
        elif trimestre.etat == "a_arreter":
            self.message.show_message(
                "info", self.tr("Ces chiffres sont exacts : ils ne quittent pas le coffre.")
            )
            self.primary.setText(self.tr("Préparer le bilan"))
        else:
            self.message.show_message(
                "info", self.tr("Ce trimestre n’est pas fini : ses chiffres bougent encore.")
            )
        self._fill(trimestre.periode, protected)

    def _fill(self, periode: Periode, protected: ProtectedBilan | None) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._cards = self._make_cards(periode, protected)
        self._cards_timer.start()

    def _make_cards(self, periode: Periode, protected: ProtectedBilan | None) -> Iterator[QWidget | None]:
        """The rows of the page, None where one is only half made: all at once would hold the window."""
        bilans = self._services.bilans
        comptes = bilans.comptes(periode)
        yield None
        summary = Card()
        summary.add(KeyFigures(comptes))
        yield summary
        missing = bilans.missing(comptes)
        makers: list[Callable[[], QWidget]] = [partial(MissingCard, missing)] if missing else []
        for compte in comptes:
            if len(compte.tableau.dimensions) == 1 and compte.total:
                table = protected.table(compte.tableau.code) if protected else None
                makers.append(partial(TableCard, compte, table))
        for place in range(0, len(makers), 2):
            left = makers[place]()
            yield None
            yield Columns(left, makers[place + 1]() if place + 1 < len(makers) else QWidget())

    @Slot()
    def _on_cards_timeout(self) -> None:
        row = next(self._cards, self)
        if row is self:
            self._cards_timer.stop()
        elif row is not None:
            self._column.addWidget(row)

    @Slot()
    def _on_primary_clicked(self) -> None:
        trimestre = self._chosen
        if trimestre is None:
            return
        if trimestre.etat == "arrete":
            self.hand_over(trimestre.periode)
            return
        try:
            prepared = self._services.bilans.prepare(trimestre.periode)
        except UserError as error:
            show_error(self.message, error)
            return
        self.primary.setEnabled(False)
        self.progress.setRange(0, 0)
        self.progress.show()
        self._task = self._tasks.run(
            self._services.bilans.protect,
            prepared,
            on_done=lambda protected: self._on_protected(prepared, protected),
            on_error=self._on_protection_failed,
            on_progress=self._on_progress,
            cancellable=True,
        )

    def _on_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _on_protection_failed(self, error: BaseException) -> None:
        self.progress.hide()
        self.primary.setEnabled(True)
        if not isinstance(error, UserError):
            raise error
        show_error(self.message, error)

    def _on_protected(self, prepared: PreparedBilan, protected: ProtectedBilan) -> None:
        self._task = None
        self.progress.hide()
        self.primary.setEnabled(True)
        self._ready = (prepared, protected)
        self._fill(prepared.periode, protected)
        self.primary.hide()
        self.confirmation.ask(protected)
        self.prepared.emit()

    @Slot()
    def _on_confirmation_cancelled(self) -> None:
        self._show()

    @Slot()
    def _on_confirmed(self) -> None:
        if self._ready is None:
            return
        prepared, protected = self._ready
        try:
            changes = self._services.bilans.arreter(prepared, protected)
        except UserError as error:
            show_error(self.message, error)
            return
        self._hub.announce(changes)
        self.activated()
        self.hand_over(prepared.periode)

    def hand_over(self, periode: Periode) -> None:
        """Ask for a folder and write the files there; she may do it again later, the bytes are kept."""
        folder = choose_folder(self, self.tr("Où remettre le bilan"), Path.home())
        if folder is not None:
            self.export_to(periode, folder)

    def export_to(self, periode: Periode, folder: Path) -> None:
        """Write the files of a period arrêtée into a folder and say so."""
        try:
            written = self._services.bilans.export(periode, folder)
        except UserError as error:
            show_error(self.message, error)
            return
        names = ", ".join(path.name for path in written)
        words = self.tr("{fichiers} : écrits dans {dossier}.")
        self.message.show_message(
            "good", words.replace("{fichiers}", names).replace("{dossier}", str(folder))
        )

    @Slot(object)
    def _on_period_committed(self, _code: object) -> None:
        self._show()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if (
            self.isVisible()
            and changes.kinds & {"entretiens", "fiches", "orientations"}
            and self._ready is None
        ):
            self.activated()


class _Confirmation(Card):
    """Says what the file will hold and asks whether to close the quarter."""

    confirmed = Signal()
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("Le bilan est prêt"))
        self._words = Text()
        self.add(self._words)
        self.add(Text(self.tr("Ce trimestre sera arrêté : les ajouts tardifs compteront au suivant.")))
        self.confirm = Button(self.tr("Arrêter et remettre…"), kind="primary", icon="check")
        self.cancel = Button(self.tr("Pas maintenant"))
        for button, signal in ((self.confirm, self.confirmed), (self.cancel, self.cancelled)):
            button.clicked.connect(signal)
            self.add(button)

    def ask(self, protected: ProtectedBilan) -> None:
        given, masked = protected.chiffres_donnes, protected.chiffres_masques
        words = self.tr(
            "{donnes} chiffres donnés, {masques} masqués (•). Aucun chiffre de moins de {seuil}, zéro compris ; "
            "aucun ne se recalcule à partir des autres chiffres de ce bilan."
        )
        values = {"{donnes}": given, "{masques}": masked, "{seuil}": protected.seuil}
        for mark, value in values.items():
            words = words.replace(mark, str(value))
        self._words.setText(words)
        self.show()
        self.confirm.setFocus()
