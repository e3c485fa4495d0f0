"""A contact with a partner: with whom, when, which way, how, about what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.contact_partenaire import ContactDraft
from iscg_desktop.domain.dossier import DossierLine
from iscg_desktop.domain.partenaire import PartenaireLine
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.forms.choices import code_of, coded, identifier
from iscg_desktop.ui.forms.dossier_field import DossierField
from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.text_area import TextArea
from iscg_desktop.ui.widgets.type_ahead import TypeAhead


class ContactForm(Form):
    """A contact; a telephone call she made today about a situation is already answered.

    Args:
        listes: The lists of coded values.
        today: Tells the day.
        search: Dossiers for what is typed.
        numero_of: Number of the dossier of an id.
    """

    def __init__(
        self,
        listes: ListesService,
        today: Callable[[], date],
        search: Callable[[str], tuple[DossierLine, ...]],
        numero_of: Callable[[int], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._types = listes["type_partenaire"]
        canal, objet = listes["canal_contact"], listes["objet_contact"]
        self.dossier = DossierField(search, numero_of)
        grid = FormGrid()
        self.add(grid, "partenaire_id", self.tr("&Avec"), TypeAhead(), 8)
        self.add(grid, "date", self.tr("&Date"), DateEdit(today), 4)
        senses = (("emis", self.tr("Passé")), ("recu", self.tr("Reçu")))
        self.add(grid, "sens", self.tr("&Sens"), ChoiceRow(senses, clearable=False), 4)
        self.add(grid, "canal", self.tr("&Canal"), ChoiceRow(coded(canal), clearable=False), 8, liste=canal)
        self.add(grid, "objet", self.tr("&Objet"), ChoiceRow(coded(objet), clearable=False), 8, liste=objet)
        self.add(grid, "dossier_id", self.tr("Dossie&r (facultatif)"), self.dossier, 4)
        hint = self.tr("Des faits seulement. La note ne sort jamais du coffre.")
        self.add(grid, "note", self.tr("No&te (facultatif)"), TextArea(rows=2), 12, hint=hint)
        self.column.addWidget(grid)

    def offer(self, structures: Iterable[PartenaireLine]) -> None:
        """Offer the structures of the annuaire, those worked with most often first."""
        lines = tuple(structures)
        often = sorted((line for line in lines if line.contacts), key=lambda line: -line.contacts)
        self.fields["partenaire_id"].widget.set_choices(
            (Choice(str(line.id), line.nom, self._types.libelle_de(line.type), line.ville) for line in lines),
            recent=[str(line.id) for line in often[:5]],
        )

    def show_draft(self, draft: ContactDraft) -> None:
        """Show a contact."""
        self.put("partenaire_id", code_of(draft.partenaire_id))
        self.put("dossier_id", code_of(draft.dossier_id))
        for name in ("date", "sens", "canal", "objet", "note"):
            self.put(name, getattr(draft, name))

    def read(self) -> ContactDraft:
        """The contact as it stands."""
        values: dict[str, Any] = self.values()
        for name in ("partenaire_id", "dossier_id"):
            values[name] = identifier(values[name])
        return ContactDraft(**values)
