"""Who she is and who employs her, as fiches and bilans print it."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.intervenant import Intervenant
from iscg_desktop.services import coffre
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.intervenant_form import IntervenantForm
from iscg_desktop.ui.forms.section import FormSection
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.inline_message import InlineMessage

translate = QCoreApplication.translate


class IdentiteSection(FormSection):
    """Identity and employer; changing the département says from when it counts."""

    form: IntervenantForm

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__(
            services,
            hub,
            translate("Identite", "Vous et votre employeur"),
            translate("Identite", "Ce qui suit est imprimé sur vos fiches et nomme vos bilans."),
            key="identite",
        )
        listes = services.listes
        self.form = IntervenantForm(listes["diplome"], listes["employeur"], coffre.departements())
        self._departement = InlineMessage("info", dismissible=False)
        self._card = Card()
        self._card.add(self.form)
        self._card.add(self._departement)
        self.add(self._card)
        self.body.addStretch()
        self.begin(self.form.edited)
        self.form.fields["departement"].widget.committed.connect(self._on_departement_committed)

    def show_in_force(self) -> None:
        now = self._services.coffre.intervenant
        if now is not None:
            self.form.restore(_state(now))
        self._tell_departement()

    def reload(self) -> None:
        super().reload()
        self._tell_departement()

    def save(self) -> bool:
        before, now = self._services.coffre.intervenant, self.form.settle()
        if now is None:
            return False
        service = self._services.coffre
        return self.settle_in(
            lambda: service.set_up(now),
            self.tr("Votre identité est enregistrée. Les fiches déjà établies ne changent pas."),
            lambda: service.set_up(before or now),
            self.form.fields,
        )

    def named(self) -> tuple[QWidget, ...]:
        return (self._card,)

    @Slot(object)
    def _on_departement_committed(self, _code: object) -> None:
        self._tell_departement()

    def _tell_departement(self) -> None:
        """Say which département the bilans of the year count by, when it is not the one shown."""
        chosen = self.form.fields["departement"].widget.value() or ""
        found = self._services.coffre.departement_compte(chosen)
        if found is None:
            self._departement.clear()
            return
        nom, year = found
        words = self.tr(
            "Les bilans de {annee} gardent les intercommunalités du département du 1er janvier, {nom}. Celles du"
            " nouveau département viendront le 1er janvier {suivante}."
        )
        self._departement.show_message("info", words.format(annee=year, nom=nom, suivante=year + 1))


def _state(intervenant: Intervenant) -> dict[str, object]:
    """State of the form for what is in force; nothing is proposed over it."""
    values = dataclasses.asdict(intervenant)
    own = [name for name in ("code", "qualite") if values[name]]
    return {**values, "article_40": values.pop("rappeler_article_40"), "own": own}
