"""One document other than a fiche: completed beside its live preview, then issued for good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Slot

from iscg_desktop.domain.document import DocumentContent
from iscg_desktop.domain.fiche_controles import Manque
from iscg_desktop.domain.mentions import TypeDocument
from iscg_desktop.errors import Problem, UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.completion import CompletionPage
from iscg_desktop.ui.forms.document_form import DocumentForm
from iscg_desktop.ui.forms.fiche_gate import FicheGate
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.pages.fiches.document_etabli import DocumentPanel
from iscg_desktop.ui.tasks import TaskRunner

_FORM = "document"


@dataclass(frozen=True, slots=True)
class _Work:
    """What is being completed."""

    dossier_id: int
    document: TypeDocument
    personne_id: int | None = None
    remplace_id: int | None = None

    @property
    def cle(self) -> str:
        """Name of its draft."""
        return f"{_FORM}:{self.dossier_id}:{self.document}:{self.personne_id or 0}:{self.remplace_id or 0}"

    @classmethod
    def of(cls, cle: str) -> _Work:
        """What a draft of that name completes."""
        _, dossier_id, document, personne_id, remplace_id = cle.split(":")
        return cls(
            int(dossier_id), TypeDocument(document), int(personne_id) or None, int(remplace_id) or None
        )


class DocumentPage(CompletionPage):
    """Completes and issues a document of a dossier, or shows an issued one."""

    form_name = _FORM

    def __init__(self, services: Services, hub: ChangesHub, tasks: TaskRunner) -> None:
        form = DocumentForm(
            services.listes,
            services.clock.today,
            services.fiches.unsupported_characters,
            services.documents.procedure_words,
        )
        say = QCoreApplication.translate
        gate = FicheGate(
            say("DocumentPage", "Le document peut être établi."),
            say("DocumentPage", "Le document ne peut pas encore être établi."),
        )
        words = (
            say("DocumentPage", "É&tablir le document"),
            say("DocumentPage", "Document établi\u00a0: il ne change plus."),
        )
        panel = DocumentPanel(services, hub)
        super().__init__(services, hub, tasks, say("DocumentPage", "Document"), words, form, gate, panel)

    def prepare(self, dossier_id: int, kind: str, personne_id: int | None = None) -> None:
        """Begin a document of a dossier, or go on with it.

        Args:
            dossier_id: The dossier.
            kind: Code of a ``TypeDocument``.
            personne_id: For whom; a note is always for someone.
        """
        self._start(_Work(dossier_id, TypeDocument(kind), personne_id))

    def print_note(self, dossier_id: int, personne_id: int) -> None:
        """Issue the note to a person as it comes, and print it: one key from her dossier.

        That of the same day is printed again: a key pressed twice makes no second one.
        """
        work = _Work(dossier_id, TypeDocument.NOTE_INFORMATION, personne_id)
        known = self._note_of_today(work)
        if known is not None:
            self.show_issued(known)
        else:
            self._start(work)
            # Refused, the page still shows something else, perhaps of someone else.
            if self._work != work:
                return
            self.issue()
        shown = self.panel.document
        hers = shown is not None and (shown.document, shown.personne_id) == (work.document, personne_id)
        if self._work is None and hers:
            self.panel.print()

    def resume(self, cle: str) -> None:
        """Go on with a draft by its name."""
        self._start(_Work.of(cle))

    def show_issued(self, document_id: int) -> None:
        """Show an issued document: its very bytes."""
        if not self._put_away():
            return
        self._show_mode(completing=False)
        document = self._services.documents.get(document_id)
        self.panel.show_document(document)
        self.correct_button.setVisible(not document.remplace_par)
        self.preview.clear()
        self.preview.show_pdf(self._services.documents.pdf(document_id))
        self._say_place()
        self.activated()

    def set_discreet(self, discreet: bool) -> None:
        super().set_discreet(discreet)
        if self._work is not None:
            self._show_gate(self.form.read())
        if discreet and self._work is not None:
            self.primary.setFocus()  # the field she was in is hidden

    def _note_of_today(self, work: _Work) -> int | None:
        """The note issued to the person today, if it still holds."""
        today = self._services.clock.today()
        return next(
            (
                each.id
                for each in self._services.documents.of_dossier(work.dossier_id)
                if (each.document, each.personne_id) == (work.document, work.personne_id)
                and each.etabli_le == today
                and not each.remplace_par
            ),
            None,
        )

    def _start(self, work: _Work) -> None:
        if work == self._work:
            return
        documents = self._services.documents
        try:
            if work.remplace_id is not None:
                content = documents.correction(work.remplace_id)
            else:
                content = documents.prepare(work.dossier_id, work.document, work.personne_id)
        except UserError as error:
            show_error(self.message, error)
            return
        self._begin(work, content)

    def _show_content(self, work: _Work, content: DocumentContent) -> None:
        self.title = self._services.documents.titles[work.document]
        self.form.show_content(content, self._services.documents.offres(work.dossier_id, work.document))
        self.form.show_known(content, discreet=self._discreet)

    def _dossier_of(self, work: _Work) -> int:
        return work.dossier_id

    def _forbids(self, content: DocumentContent) -> tuple[Problem, ...]:
        return self._services.documents.problems(content)

    def _missing(self, content: DocumentContent) -> tuple[Manque, ...]:
        return self._services.documents.missing(content)

    def _beware(self, content: DocumentContent) -> str:
        named = self._services.documents.named_on_both_sides(self._work.dossier_id, content)
        if not named:
            return ""
        said = self.tr(
            "Ce document nomme les deux parties\u00a0: {qui}. Vérifiez que son destinataire doit les connaître."
        )
        who = [each.identite.initiales if self._discreet else each.identite.nom_court for each in named]
        return said.replace("{qui}", ", ".join(who))

    def _without_glyph(self, content: DocumentContent) -> tuple[str, ...]:
        return self._services.documents.without_glyph(content)

    def _previewer(self, content: DocumentContent) -> Callable[[], bytes]:
        return self._services.documents.previewer(content)

    def _issue(self, work: _Work, content: DocumentContent) -> tuple[int, Changes]:
        done = self._services.documents.issue(
            work.dossier_id, work.personne_id, content, work.remplace_id, work.cle
        )
        return done.document_id, done.changes

    @Slot()
    def _correct(self) -> None:
        document = self.panel.document
        if document is not None:
            self._start(_Work(document.dossier_id, document.document, document.personne_id, document.id))

    def _place(self) -> str:
        dossier = self._services.dossiers.reread(self._work.dossier_id)
        return self.tr("Dossier {numero}").replace("{numero}", dossier.numero)

    def _title_of_issued(self) -> tuple[str, str]:
        document = self.panel.document
        if document is None:
            return self.title, ""
        name = document.initiales if self._discreet else document.personne
        title = f"{self._services.documents.titles[document.document]} {document.numero}"
        return title, name
