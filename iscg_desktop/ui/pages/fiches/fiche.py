"""One fiche de liaison: completed beside its live preview, then issued for good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from iscg_desktop.domain.dates import format_date
from iscg_desktop.domain.fiche_controles import Manque
from iscg_desktop.domain.fiche_liaison import FicheContent
from iscg_desktop.errors import Problem, UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.completion import CompletionPage
from iscg_desktop.ui.conformite_words import droit_words
from iscg_desktop.ui.forms.fiche_form import FicheForm
from iscg_desktop.ui.forms.fiche_gate import FicheGate
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.pages.fiches.fiche_etablie import IssuedPanel
from iscg_desktop.ui.tasks import TaskRunner

_FORM = "fiche"


@dataclass(frozen=True, slots=True)
class _Work:
    """What is being completed."""

    orientation_id: int
    remplace_id: int | None = None

    @property
    def cle(self) -> str:
        """Name of its draft."""
        return f"{_FORM}:{self.orientation_id}:{self.remplace_id or 0}"

    @classmethod
    def of(cls, cle: str) -> _Work:
        """What a draft of that name completes."""
        _, orientation_id, remplace_id = cle.split(":")
        return cls(int(orientation_id), int(remplace_id) or None)


class FichePage(CompletionPage):
    """Completes and issues a fiche, or shows an issued one."""

    form_name = _FORM

    def __init__(self, services: Services, hub: ChangesHub, tasks: TaskRunner) -> None:
        self._recipient = ""
        form = FicheForm(
            services.listes,
            services.fiches.libelles_items,
            services.clock.today,
            services.fiches.unsupported_characters,
        )
        words = (
            QCoreApplication.translate("FichePage", "É&tablir la fiche"),
            QCoreApplication.translate("FichePage", "Fiche établie\u00a0: elle ne change plus."),
        )
        title = QCoreApplication.translate("FichePage", "Fiche de liaison")
        super().__init__(services, hub, tasks, title, words, form, FicheGate(), IssuedPanel(services, hub))

    def prepare(self, orientation_id: int) -> None:
        """Begin the fiche of an orientation, or go on with it; one already issued is shown."""
        work = _Work(orientation_id)
        if work == self._work:
            return
        fiche = self._services.fiches.of_orientation(orientation_id)
        if fiche is not None:
            self.show_issued(fiche.id)
            self.message.show_message("info", self.tr("Cette orientation a déjà sa fiche."))
            return
        try:
            content = self._services.fiches.prepare(orientation_id)
        except UserError as error:
            show_error(self.message, error)
            return
        self._begin(work, content)

    def resume(self, cle: str) -> None:
        """Go on with a draft by its name."""
        work = _Work.of(cle)
        if work.remplace_id is None:
            self.prepare(work.orientation_id)
        elif work != self._work:
            self._begin(work, self._services.fiches.correction(work.remplace_id))

    def show_issued(self, fiche_id: int) -> None:
        """Show an issued fiche: its very bytes."""
        if not self._put_away():
            return
        self._show_mode(completing=False)
        fiche = self._services.fiches.get(fiche_id)
        self.panel.show_fiche(fiche)
        self.correct_button.setVisible(not fiche.remplacee_par and fiche.orientation_id is not None)
        self.preview.clear()
        self.preview.show_pdf(self._services.fiches.pdf(fiche_id))
        self._say_place()
        self.activated()

    def _show_content(self, work: _Work, content: FicheContent) -> None:
        self._recipient = content.destinataire.service
        self.form.show_content(content, self._services.fiches.proches(work.orientation_id))
        closed = self._services.fiches.closed_since(work.orientation_id)
        if closed is not None:  # since she oriented there
            said = self.tr("Ce service est fermé depuis le {jour}. Vérifiez à qui cette fiche doit aller.")
            self.message.show_message("warn", said.replace("{jour}", format_date(closed)))

    def _dossier_of(self, work: _Work) -> int:
        return self._services.orientations.get(work.orientation_id).dossier_id

    def _forbids(self, content: FicheContent) -> tuple[Problem, ...]:
        assert self._work is not None
        return self._services.fiches.problems(content, self._work.orientation_id)

    def _missing(self, content: FicheContent) -> tuple[Manque, ...]:
        return self._services.fiches.missing(content)

    def _beware(self, content: FicheContent) -> str:
        """What persons of the dossier limited or opposed: it is seen before anything leaves."""
        assert self._work is not None
        orientation = self._services.orientations.get(self._work.orientation_id)
        lines = []
        for each in self._services.droits.lasting_in(orientation.dossier_id):
            hers = each.personne_id == orientation.personne_id
            said = (
                self.tr(
                    "La personne a demandé, depuis le {jour}\u00a0: {droit}. Voyez si cette fiche peut partir."
                )
                if hers
                else self.tr("Une autre personne du dossier a demandé, depuis le {jour}\u00a0: {droit}.")
            )
            lines.append(
                said.replace("{jour}", format_date(each.depuis)).replace(
                    "{droit}", droit_words(each.demande.droit).lower()
                )
            )
        return "\n".join(lines)

    def _without_glyph(self, content: FicheContent) -> tuple[str, ...]:
        return self._services.fiches.without_glyph(content)

    def _previewer(self, content: FicheContent) -> Callable[[], bytes]:
        return self._services.fiches.previewer(content)

    def _issue(self, work: _Work, content: FicheContent) -> tuple[int, Changes]:
        done = self._services.fiches.issue(work.orientation_id, content, work.remplace_id, work.cle)
        return done.fiche_id, done.changes

    def _correct(self) -> None:
        """A new version that names the old one, filled with what was issued."""
        fiche = self.panel.fiche
        if fiche is not None and fiche.orientation_id is not None:
            self._begin(_Work(fiche.orientation_id, fiche.id), self._services.fiches.correction(fiche.id))

    def _place(self) -> str:
        return self._recipient

    def _title_of_issued(self) -> tuple[str, str]:
        fiche = self.panel.fiche
        if fiche is None:
            return self.title, ""
        name = fiche.initiales if self._discreet else fiche.personne
        title = self.tr("Fiche {numero}").replace("{numero}", fiche.numero)
        return title, " · ".join(filter(None, (name, fiche.partenaire)))
