"""The grid of an employer: its own lines, each mapped once to one of our figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Slot

from iscg_desktop.domain.grille import Grille, LigneGrille
from iscg_desktop.errors import UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.dialogs.file_dialog import choose_file
from iscg_desktop.ui.drafted_page import DraftedPage
from iscg_desktop.ui.forms.grille_form import GrilleForm
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.widgets.delete_button import DeleteButton


class GrillePage(DraftedPage):
    """Takes the lines of an employer, proposes a figure for each, keeps the whole under a name."""

    form_name = "grille"

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__(services, hub, self.tr("Grille d’un destinataire"))
        self._nom = ""
        self._lack: UserError | None = None
        self._form = GrilleForm()
        self.file = self._header.add_secondary(self.tr("Lire un tableur…"), icon="upload")
        self.delete = DeleteButton(self.tr("Supprimer cette grille"))
        self.lay_out(self._form, self.delete)
        self.file.clicked.connect(self._on_file_clicked)
        self._form.fields["lignes"].widget.committed.connect(self._on_lines_committed)
        self.delete.confirmed.connect(self._on_deleted)

    @property
    def form(self) -> GrilleForm:
        """The form of the page."""
        return self._form

    def start(self, nom: str) -> None:
        """Begin a grid, or amend the one of that name; goes on with what was left half-typed of it."""
        self.open(self._services.grilles.cle(nom), partial(self.take_context, {"nom": nom}))
        self._say_lack()

    def resume(self, cle: str) -> None:
        super().resume(cle)
        if [libelle for libelle, _ in self._form.cibles.value()] != [each.libelle for each in self._typed()]:
            self._on_lines_committed(None)  # left before the lines were read
        self._say_lack()

    def set_discreet(self, discreet: bool) -> None:
        """A grid names figures, never persons; what she typed is hidden all the same."""
        self._form.set_discreet(discreet)

    def grille(self) -> Grille:
        """The grid as it stands on the page."""
        return self._form.grille()

    def context(self) -> dict[str, Any]:
        return {"nom": self._nom}

    def take_context(self, context: Mapping[str, Any]) -> None:
        found = {each.nom: each for each in self._services.grilles.all()}.get(context["nom"])
        self._nom = "" if found is None else found.nom
        self.delete.setVisible(bool(self._nom))
        self._offer()
        self._form.show_grille(found or Grille("", ()))

    def record(self) -> tuple[Changes, str]:
        changes = self._services.grilles.keep(self.grille(), ancien=self._nom)
        return changes, self.tr("Grille enregistrée")

    def _offer(self) -> None:
        """Offer the figures that a line may ask for, if there are any yet."""
        self._lack = None
        try:
            found = self._services.grilles.catalogue()
        except UserError as error:
            found, self._lack = (), error
        self._form.cibles.set_choices((cible.code, cible.libelle) for cible in found)

    def _say_lack(self) -> None:
        if self._lack is not None:
            show_error(self.message, self._lack)

    def _typed(self) -> tuple[LigneGrille, ...]:
        return self._services.grilles.read_text(str(self._form.value("lignes") or ""))

    @Slot(object)
    def _on_lines_committed(self, _text: object) -> None:
        """Lines were typed: what was there keeps its figure, or none; a new one gets a proposal."""
        before: dict[str, list[str]] = defaultdict(list)
        for libelle, code in self._form.cibles.value():
            before[libelle].append(code)
        lignes = self._typed()
        known = [bool(each.code or before[each.libelle]) for each in lignes]
        kept = [
            LigneGrille(each.libelle, each.code or before[each.libelle].pop(0)) if there else each
            for each, there in zip(lignes, known, strict=True)
        ]
        self._map(kept, known)

    def _map(self, lignes: Sequence[LigneGrille], known: Sequence[bool]) -> None:
        """Show lines, those not known yet with the likeliest figure."""
        new = [each for each, there in zip(lignes, known, strict=True) if not there]
        try:
            proposed = iter(self._services.grilles.propose(new) if new else ())
        except UserError as error:
            proposed = iter(new)
            show_error(self.message, error)
        self._form.map_lines(
            each if there else next(proposed) for each, there in zip(lignes, known, strict=True)
        )
        self._form.edited.emit()

    @Slot()
    def _on_file_clicked(self) -> None:
        kinds = self.tr("Tableurs (*.xlsx *.ods *.xls *.csv)")
        path = choose_file(self, self.tr("La liste du destinataire"), kinds)
        if path is None:
            return
        try:
            lignes = self._services.grilles.read_file(path)
        except UserError as error:
            show_error(self.message, error)
            return
        self._form.show_lines(lignes)
        self._map(lignes, [bool(each.code) for each in lignes])

    @Slot()
    def _on_deleted(self) -> None:
        changes = self._services.grilles.remove(self._nom)
        if self._keeper is not None:
            self._keeper.drop()
            self._keeper = None
        self._hub.announce(changes)
        self.left.emit()
