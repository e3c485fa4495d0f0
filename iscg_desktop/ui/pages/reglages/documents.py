"""The look of the documents: logo, service and coordinates of the employer, beside a specimen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.mise_en_page_form import MiseEnPageForm
from iscg_desktop.ui.forms.section import FormSection
from iscg_desktop.ui.messages import settle_all
from iscg_desktop.ui.tasks import TaskRunner

translate = QCoreApplication.translate


class DocumentsSection(FormSection):
    """What the employer adds to the documents to come; those issued stay as they are."""

    form: MiseEnPageForm

    def __init__(self, services: Services, hub: ChangesHub, tasks: TaskRunner) -> None:
        super().__init__(
            services,
            hub,
            translate("DocumentsSection", "Mise en page des documents"),
            translate(
                "DocumentsSection", "En-tête et pied des fiches, bordereaux et autres documents à venir."
            ),
            key="documents",
        )
        self.form = MiseEnPageForm(services.mise_en_page, tasks)
        self.add(self.form)
        self.body.addStretch()
        self.begin(self.form.edited)

    def show_in_force(self) -> None:
        self.form.show_look(*self._services.mise_en_page.get())

    def save(self) -> bool:
        form, service = self.form, self._services.mise_en_page
        if not settle_all(form.fields.values()):
            return False
        before = service.get()
        now = (form.read(), form.logo, form.value("dpo"))
        return self.settle_in(
            lambda: service.set(*now),
            self.tr("Mise en page enregistrée. Les documents déjà établis ne changent pas."),
            lambda: service.set(*before),
            form.fields,
        )

    def set_discreet(self, discreet: bool) -> None:
        super().set_discreet(discreet)
        self.form.preview.cover(self.tr("Aperçu masqué (F9)") if discreet else "")
