"""A structure of the annuaire being added or amended."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Signal

from iscg_desktop.domain.partenaire import PartenaireDraft
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.drafted_page import DraftedPage
from iscg_desktop.ui.forms.structure_form import StructureForm


class StructurePage(DraftedPage):
    """Adds a structure, or amends one.

    Signals:
        kept: Id of the structure just recorded.
    """

    form_name = "structure"
    kept = Signal(int)

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__(services, hub, self.tr("Structure"))
        self._partenaire_id: int | None = None
        self._form = StructureForm(services.listes, services.territoires)
        self.lay_out(self._form)

    @property
    def form(self) -> StructureForm:
        """The form of the page."""
        return self._form

    def start(self, partenaire_id: int | None = None) -> None:
        """Begin a new structure, or amend one."""
        fill = partial(self.take_context, {"partenaire": partenaire_id})
        self.open(f"{self.form_name}:{partenaire_id or uuid4()}", fill)

    def context(self) -> dict[str, Any]:
        return {"partenaire": self._partenaire_id}

    def take_context(self, context: Mapping[str, Any]) -> None:
        self._partenaire_id = context["partenaire"]
        new = self._partenaire_id is None
        draft = (
            PartenaireDraft("", None)
            if self._partenaire_id is None
            else self._services.annuaire.get(self._partenaire_id).draft()
        )
        self._header.set_title(self.tr("Nouvelle structure") if new else self.tr("Modifier la structure"))
        self._form.show_draft(draft)

    def activated(self) -> None:
        """The page is shown: a new structure begins with its name."""
        if self._partenaire_id is None:
            super().activated()
        else:
            self._form.fields["nom"].widget.setFocus()

    def record(self) -> tuple[Changes, str]:
        draft, annuaire = self._form.read(), self._services.annuaire
        if self._partenaire_id is None:
            partenaire_id, changes = annuaire.add(draft)
        else:
            partenaire_id, changes = self._partenaire_id, annuaire.change(self._partenaire_id, draft)
        self.kept.emit(partenaire_id)
        return changes, self.tr("Annuaire enregistré")
