"""The convention of the post: what it says, the days of its comités, and so what the day's page recalls."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.domain.dates import format_date
from iscg_desktop.messages import explained
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.convention_form import ConventionForm
from iscg_desktop.ui.forms.page_drafts import FieldGroup, PageDrafts
from iscg_desktop.ui.forms.section import FormSection
from iscg_desktop.ui.messages import settle_all
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line import Line

translate = QCoreApplication.translate


class ConventionSection(FormSection):
    """One form, and the comités added one by one."""

    form: ConventionForm

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__(
            services,
            hub,
            translate("Convention", "Convention du poste"),
            translate("Convention", "La page du jour rappelle ce qu’elle demande."),
            key="convention",
        )
        today = services.clock.today
        self.form = ConventionForm(today)
        self.comite = Field(self.tr("&Jour du comité de suivi"), DateEdit(today, prefer="future"))
        self._days = QVBoxLayout()
        self._days.setSpacing(2)
        self._card = self._make_comites()
        self.add(self.form)
        self.add(self._card)
        self.body.addStretch()
        self._typed = FieldGroup({"comite": self.comite}, self)
        self.drafts = PageDrafts(services, "reglages:convention", self)
        self.drafts.follow("comite", self._typed, enter=False)
        self.begin(self.form.edited)

    def keep_now(self) -> bool:
        assert self.drafts is not None
        kept = [super().keep_now(), self.drafts.keep_now()]
        return all(kept)

    def show_in_force(self) -> None:
        self.form.show_convention(self._services.convention.get())

    def reload(self) -> None:
        super().reload()
        self._show_days()

    def save(self) -> bool:
        if not settle_all(self.form.fields.values()):
            return False
        service = self._services.convention
        before = service.get()
        now = self.form.read(before)
        return self.settle_in(
            lambda: service.set(now),
            self.tr("La convention est enregistrée."),
            lambda: service.set(before),
            self.form.fields,
        )

    def named(self) -> tuple[QWidget, ...]:
        return (self.form,)

    def _make_comites(self) -> Card:
        card = Card(self.tr("Comité de suivi"))
        add = Button(self.tr("&Ajouter"), icon="plus")
        add.clicked.connect(self._on_add_clicked)
        self.comite.widget.returnPressed.connect(self._on_add_clicked)
        card.add(self.comite)
        card.add(add)
        card.add(self._days)
        return card

    def _show_days(self) -> None:
        while (item := self._days.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        days = self._services.convention.get().comites
        if not days:
            self._days.addWidget(Quiet(self.tr("Aucun jour noté. Ajoutez ceux que vous connaissez.")))
        for day in days:
            self._days.addWidget(self._line(day))

    def _line(self, day: date) -> QWidget:
        remove = Button("", kind="quiet", icon="x")
        remove.setAccessibleName(self.tr("Retirer le {jour}").format(jour=format_date(day)))
        remove.setToolTip(self.tr("Retirer"))
        remove.setProperty("jour", day.isoformat())
        remove.clicked.connect(self._on_remove_clicked)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Line(format_date(day), icon="calendar"), 1)
        row.addWidget(remove)
        return holder

    def _set_days(self, days: tuple[date, ...], said: str) -> bool:
        service = self._services.convention
        before = service.get()
        return self.do(
            lambda: service.set(replace(service.get(), comites=days)),
            said,
            lambda: service.set(replace(service.get(), comites=before.comites)),
        )

    @Slot()
    def _on_add_clicked(self) -> None:
        if not self.comite.widget.settle():
            return
        day = self.comite.widget.value()
        if day is None:
            self.comite.set_error(
                explained(self.tr("Écrivez le jour, par exemple 12/3."), "saisie#les-dates")
            )
            self.comite.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        days = self._services.convention.get().comites
        if self._set_days(
            (*days, day), self.tr("Le comité du {jour} est noté.").format(jour=format_date(day))
        ):
            assert self.drafts is not None
            self._typed.clear()
            self.drafts.drop("comite")
            self.drafts.follow("comite", self._typed, enter=False)

    @Slot()
    def _on_remove_clicked(self) -> None:
        gone = date.fromisoformat(self.sender().property("jour"))
        days = tuple(day for day in self._services.convention.get().comites if day != gone)
        self._set_days(days, self.tr("Le comité est retiré."))
