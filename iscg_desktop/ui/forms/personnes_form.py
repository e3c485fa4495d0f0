"""The persons of the entretien, one line each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.entretien import PersonneDraft
from iscg_desktop.services.listes import ListesService
from iscg_desktop.services.services import Services
from iscg_desktop.ui.forms.fold_list import FoldList
from iscg_desktop.ui.forms.personne_line import PersonneLine
from iscg_desktop.ui.widgets.choice import Choice


class PersonnesForm(FoldList[PersonneLine]):
    """The persons present or concerned; a line on which nothing was said is no person.

    It begins with one blank line, open.

    Args:
        listes: The lists of coded values.
        today: Tells the day.
        services: Look for persons the coffre knows; without them nobody is proposed.

    Signals:
        renamed: What names a line changed, or the lines did.
    """

    renamed = Signal()

    def __init__(
        self,
        listes: ListesService,
        today: Callable[[], date],
        services: Services | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._listes, self._today, self._services = listes, today, services
        self._titles: tuple[str, ...] = ()
        self._discreet = False
        self.structure_changed.connect(self._on_structure_changed)

    def add_person(self, *, open_it: bool = True) -> PersonneLine:
        """Add a person nobody knows yet: the first is taken to be there, the others only mentioned.

        A person counted as met by mistake would make the bilan wrong; one not yet said to be there is seen.
        """
        taken = {int(line.uid) for line in self.lines}
        line = PersonneLine(self._listes, self._today, str(max(taken, default=0) + 1))
        line.know(PersonneDraft(presente=not self.lines))
        line.set_discreet(self._discreet)
        line.edited.connect(self._on_line_edited)
        line.candidates_wanted.connect(partial(self._look_for, line))
        line.candidate_taken.connect(partial(self._take, line))
        self.add_line(line, open_it=open_it)
        return line

    def add_known(self, persons: Iterable[PersonneDraft]) -> None:
        """Show the persons of a dossier; the first takes the place of the blank line."""
        for rank, person in enumerate(persons):
            (self.lines[0] if rank == 0 else self.add_person(open_it=False)).know(person)
        self._announce_titles()

    def show_recorded(self, persons: Iterable[PersonneDraft], *, frozen: bool) -> None:
        """Show the lines of a recorded entretien; ``frozen`` when a bilan already arrêté counts them."""
        self.add_known(persons)
        for line, person in zip(self.lines, persons, strict=False):
            line.know(person, recorded=True)
        if frozen:
            self.freeze()
        self.open(None)

    def freeze(self) -> None:
        """Let what a bilan already arrêté counts be read only; no line comes nor goes."""
        for line in self.lines:
            line.freeze()
            line.set_removable(False)

    def confirm(self) -> None:
        """Take every fact of every person as it is shown."""
        for line in self.lines:
            line.confirm()
        self.edited.emit()

    def said(self, named: Iterable[str] = ()) -> list[PersonneLine]:
        """Lines that are persons: something was said of them, or an orientation names them."""
        kept = set(named)
        return [line for line in self.lines if line.uid in kept or not line.is_blank()]

    def choices(self) -> tuple[Choice, ...]:
        """The persons, as an orientation offers them."""
        return tuple(Choice(line.uid, line.title()) for line in self.lines)

    def set_discreet(self, discreet: bool) -> None:
        """Blank the names, or show them again."""
        self._discreet = discreet
        for line in self.lines if self._taken is None else (*self.lines, self._taken[1]):
            line.set_discreet(discreet)
        self.say_farewell_again()
        self._announce_titles()

    def state(self) -> list[dict[str, Any]]:
        """State of each line."""
        return [line.state() | {"ouverte": line.is_open} for line in self.lines]

    def restore(self, states: Iterable[Mapping[str, Any]]) -> None:
        """Put back the lines that ``state`` gave."""
        states = list(states)
        for rank, state in enumerate(states):
            (self.lines[0] if rank == 0 else self.add_person(open_it=False)).restore(state)
        if not states:
            self.drop(self.lines[0])
        opened = (line for line, state in zip(self.lines, states, strict=True) if state["ouverte"])
        self.open(next(opened, None))

    def make(self, line: PersonneLine) -> None:
        line.make()

    def farewell(self, line: PersonneLine) -> str:
        if line.is_blank():
            return ""
        return self.tr("{0} est hors de cet entretien.").format(line.title())

    def _look_for(self, line: PersonneLine) -> None:
        """Propose who a new person may be; those of the other lines are here already."""
        if self._services is not None and line.is_new:
            here = [each.personne_id for each in self.lines if each.personne_id is not None]
            line.show_candidates(
                self._services.personnes.candidates(line.draft().identite, but=here, limit=3)
            )

    def _take(self, line: PersonneLine, personne_id: int) -> None:
        if self._services is not None:
            entretiens = self._services.entretiens
            known = entretiens.known_as(personne_id, line.draft())
            line.become(known, entretiens.replaced_by(known))

    def _announce_titles(self) -> None:
        titles = tuple(line.title() for line in self.lines)
        if titles != self._titles:
            self._titles = titles
            self.renamed.emit()

    @Slot()
    def _on_line_edited(self) -> None:
        self._announce_titles()
        self.edited.emit()

    @Slot()
    def _on_structure_changed(self) -> None:
        self._announce_titles()
