"""The journal: what was done and when, filtered; its chain verified; exported for an audit without names."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTimer, Slot
from PySide6.QtGui import QHideEvent

from iscg_desktop.domain.dates import format_date
from iscg_desktop.errors import UserError
from iscg_desktop.messages import explained
from iscg_desktop.services.journal import EtatJournal, FiltreJournal, LigneJournal
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.conformite_words import action_words, objet_words, reference_words
from iscg_desktop.ui.dialogs.file_dialog import choose_place
from iscg_desktop.ui.dialogs.steps_dialog import in_steps
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.type_ahead import TypeAhead

translate = QCoreApplication.translate
_SHOWN = 500


class JournalSection(Section):
    """Lines, the newest first; never what was written, only that it was."""

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__(
            services,
            hub,
            translate("Journal", "Journal"),
            translate("Journal", "Ce qui a été fait, et quand ; jamais le contenu."),
        )
        self.verify_button = self.head.add_secondary(self.tr("&Vérifier"), icon="shield-check")
        self.export_button = self.head.add_secondary(self.tr("E&xporter sans noms…"), icon="download")
        self.verify_button.clicked.connect(self._on_verify_clicked)
        self.export_button.clicked.connect(self._on_export_clicked)
        today = services.clock.today
        self.fields = {
            "action": Field(self.tr("&Action"), TypeAhead()),
            "objet": Field(self.tr("&Objet"), TypeAhead()),
            "du": Field(self.tr("D&u"), DateEdit(today)),
            "au": Field(self.tr("Ju&squ’au"), DateEdit(today)),
        }
        grid = FormGrid()
        for field in self.fields.values():
            grid.add(field, 3)
            field.widget.committed.connect(self._on_filter_committed)
        filters = Card()
        filters.add(grid)
        self._reading = QTimer(self, singleShot=True, interval=0)  # the lines, in a turn of their own
        self._reading.timeout.connect(self._show)
        self._count = Quiet()
        self.table = DataTable(
            [
                Column(self.tr("Quand"), _moment, sort=lambda each: each.id),
                Column(self.tr("Action"), lambda each: action_words(each.action)),
                Column(self.tr("Objet"), lambda each: objet_words(each.objet), stretch=True),
                Column(self.tr("Référence"), lambda each: reference_words(each.reference)),
            ],
            fit_rows=16,
            name=self.tr("Lignes du journal"),
        )
        lines = Card()
        lines.add(self._count)
        lines.add(self.table)
        self.add(filters)
        self.add(lines)
        self.body.addStretch()

    def reload(self) -> None:
        journal = self._services.journal
        self.fields["action"].widget.set_choices(
            [Choice(each, action_words(each)) for each in journal.actions()]
        )
        self.fields["objet"].widget.set_choices(
            [Choice(each, objet_words(each)) for each in journal.objets()]
        )
        self._reading.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._reading.stop()

    def _asked(self) -> FiltreJournal:
        return FiltreJournal(**{name: field.widget.value() for name, field in self.fields.items()})

    @Slot()
    def _show(self) -> None:
        asked = self._asked()
        lines = self._services.journal.lignes(asked, _SHOWN)
        count = self._services.journal.compte(asked)
        words = self.tr("%n ligne(s)", "", count)
        if count > len(lines):
            words += self.tr(", les {0} dernières sont montrées").format(len(lines))
        self._count.setText(words)
        self.table.set_records(lines)

    @Slot(object)
    def _on_filter_committed(self, _value: object) -> None:
        self._show()

    @Slot()
    def _on_verify_clicked(self) -> None:
        work = self._services.journal.verifying()
        in_steps(self, self.tr("Vérification du journal"), work, self._on_verified, self._on_refused)

    @Slot(object)
    def _on_verified(self, state: EtatJournal) -> None:
        if state.probleme is not None:
            words = self.tr("La chaîne se rompt à la ligne {0} : elle a été changée hors du programme.")
            words = words.format(state.probleme.line).replace(" :", "\u00a0:")
            self.message.show_message("alert", explained(words, "conformite#journal"))
            return
        since = format_date(state.depuis.astimezone().date()) if state.depuis else ""
        words = self.tr("La chaîne est entière : %n ligne(s), depuis le {0}.", "", state.lignes)
        self.message.show_message("good", words.format(since).replace(" :", "\u00a0:"))

    @Slot()
    def _on_export_clicked(self) -> None:
        place = choose_place(self, self.tr("Exporter le journal"), self.tr("journal.csv"))
        if place is None:
            return
        work = self._services.journal.saving(self._asked(), place)
        in_steps(self, self.tr("Écriture du journal"), work, self._on_saved, self._on_refused)

    @Slot(object)
    def _on_refused(self, error: UserError) -> None:
        show_error(self.message, error)

    @Slot(object)
    def _on_saved(self, _nothing: None) -> None:
        self.message.show_message("good", self.tr("Le journal est écrit, sans rien qui mène à une personne."))
        self._show()


def _moment(line: LigneJournal) -> str:
    return f"{line.moment.astimezone():%d/%m/%Y %H:%M}"
