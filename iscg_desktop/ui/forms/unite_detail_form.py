"""One unité, opened or amended; and the day it closes, perhaps into another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Slot

from iscg_desktop.domain.unite import Unite
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.forms.choices import code_of, identifier, of_unites
from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.forms.unite_form import guess
from iscg_desktop.ui.widgets.choice import choices_of
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.commune_field import CommuneField
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.type_ahead import TypeAhead


class UniteDetailForm(Form):
    """Name, force, type, place in the tree; force and type are guessed from the name of a new one.

    Args:
        listes: Lists and communes.
        today: The civil date.

    Attributes:
        unite_id: The one shown; 0 for a new one.
    """

    def __init__(self, listes: ListesService, today: Callable[[], date]) -> None:
        super().__init__()
        self._guessing = False
        self.unite_id = 0
        grid = FormGrid()
        self.add(grid, "nom", self.tr("&Nom de l’unité"), LineEdit(self.tr("Brigade de Saint-Aubin")), 6)
        force = ChoiceRow(choices_of(listes["force"]), clearable=False)
        self.add(grid, "force", self.tr("&Force"), force, 6)
        self.add(grid, "type", self.tr("&Type"), TypeAhead(choices_of(listes["type_unite"])), 4)
        self._parent = TypeAhead()
        self.add(grid, "parent_id", self.tr("&Dépend de"), self._parent, 4)
        self.add(
            grid,
            "ouverte_le",
            self.tr("&Ouverte le"),
            DateEdit(today),
            4,
            hint=self.tr("Vide : elle existait déjà."),
        )
        self.add(
            grid, "commune", self.tr("&Commune"), CommuneField(listes.search_communes, listes.commune), 4
        )
        self.add(grid, "telephone", self.tr("Té&léphone"), LineEdit(), 4)
        self.column.addWidget(grid)
        self.fields["nom"].widget.edited.connect(self._on_nom_edited)

    def begin(self, unite: Unite | None, parents: Iterable[Unite]) -> None:
        """Show a unité, or an empty form for a new one."""
        self._guessing, self.unite_id = unite is None, unite.id if unite else 0
        shown = unite or Unite(0, "", "", "")
        self._parent.set_choices(of_unites(parents))
        for name in ("nom", "force", "type", "commune", "telephone", "ouverte_le"):
            self.put(name, getattr(shown, name) or None)
        self.put("parent_id", code_of(shown.parent_id))
        self.fields["ouverte_le"].setVisible(unite is None)
        for field in self.fields.values():
            field.clear_error()

    def read(self) -> Unite:
        """What is typed."""
        values = self.values()
        return Unite(
            self.unite_id,
            values["nom"],
            values["force"] or "",
            values["type"] or "",
            commune=values["commune"],
            telephone=values["telephone"],
            parent_id=identifier(values["parent_id"]),
            ouverte_le=values["ouverte_le"],
        )

    @Slot()
    def _on_nom_edited(self) -> None:
        if self._guessing:
            force, kind = guess(self.value("nom"))
            if force is not None:
                self.put("force", force)
                self.put("type", kind)


class FermetureForm(Form):
    """The day a unité closes, and the one that takes over.

    Args:
        today: The civil date.
    """

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        grid = FormGrid()
        self._successeur = TypeAhead()
        self.add(grid, "fermee_le", self.tr("Dernier &jour"), DateEdit(today), 4)
        self.add(
            grid,
            "successeur_id",
            self.tr("&Reprise par"),
            self._successeur,
            8,
            hint=self.tr("Vide : elle ferme sans être reprise."),
        )
        self.column.addWidget(grid)

    def begin(self, others: Iterable[Unite]) -> None:
        """An empty form."""
        self._successeur.set_choices(of_unites(others))
        for name, field in self.fields.items():
            self.put(name, None)
            field.clear_error()


def amended(typed: Unite, before: Unite) -> Unite:
    """A unité as typed, with what the form does not show."""
    return replace(
        before, nom=typed.nom, force=typed.force, type=typed.type, commune=typed.commune,
        telephone=typed.telephone,
    )  # fmt: skip
