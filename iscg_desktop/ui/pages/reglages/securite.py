"""The security page: what protects the coffre now, the code of the veil, what nothing here protects."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import QCoreApplication, Slot

from iscg_desktop.domain.dates import format_date_courte
from iscg_desktop.services import securite
from iscg_desktop.services.securite import EtatMachine
from iscg_desktop.services.services import Services
from iscg_desktop.services.voile import CodeChoisi
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.code_card import CodeCard
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.labels import Text
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.list_card import ListCard

translate = QCoreApplication.translate


class SecuriteSection(Section):
    """Live checks; nothing is said that was not asked just now.

    Args:
        tasks: Where the machine is asked, and codes are made.
    """

    def __init__(self, services: Services, hub: ChangesHub, tasks: TaskRunner) -> None:
        super().__init__(
            services,
            hub,
            translate("Securite", "Sécurité"),
            translate("Securite", "Ce qui protège vos dossiers sur cet ordinateur, vérifié à l’instant."),
        )
        self._tasks = tasks
        self._machine: EtatMachine | None = None
        self.checks = ListCard(self.tr("Vérifié maintenant"), icon="shield-check", shown=20)
        self.code = CodeCard(tasks)
        self.add(self.checks)
        self.add(self.code)
        self.add(LimitsCard())
        self.body.addStretch()
        self.code.ready.connect(self._on_code_ready)
        self.code.remove.clicked.connect(self._on_remove_clicked)

    def reload(self) -> None:
        self.code.show_state(self._services.securite.session().par_code)
        self._show()
        self._tasks.run(
            securite.examine,
            self._services.securite.folder,
            on_done=self._on_examined,
            on_error=self._on_failed,
        )

    def keep_now(self) -> bool:
        self.code.wipe()
        return True

    def _show(self) -> None:
        rows = [*self._session_rows(), *self._machine_rows()]
        self.checks.show_rows([(None, row) for row in rows], len(rows))

    def _session_rows(self) -> Iterator[Line]:
        state = self._services.securite.session()
        yield Line(
            self.tr("Coffre chiffré"),
            self.tr("Sans votre phrase ou votre fiche de secours, personne ne le lit."),
            chip=Chip("good", self.tr("oui")),
        )
        yield Line(
            self.tr("Voile (F12)"),
            self.tr("Après {n} minutes sans rien toucher.").format(n=state.voile_minutes),
            chip=Chip("good", self.tr("code court"))
            if state.par_code
            else Chip("warn", self.tr("sans code court")),
        )
        yield Line(
            self.tr("Verrou (Ctrl+L)"),
            self.tr("Après {n} minutes, et dès que la session est verrouillée ou mise en veille.").format(
                n=state.verrouillage_minutes
            ),
            chip=Chip("good", self.tr("oui")),
        )

        yield Line(
            self.tr("Dernière sauvegarde vérifiée"),
            self.tr("Copiez-la aussi sur une clé, gardée ailleurs que l’ordinateur."),
            chip=self._day(state.sauvegarde, state.sauvegarde_ancienne),
        )
        yield Line(
            self.tr("Dernier exercice avec la fiche de secours"),
            self.tr("Une fois par an, elle prouve qu’elle ouvre ce coffre."),
            chip=self._day(state.exercice, state.exercice_du),
        )

    def _machine_rows(self) -> Iterator[Line]:
        if self._machine is None:
            yield Line(self.tr("Cet ordinateur"), chip=Chip("quiet", self.tr("vérification en cours")))
            return
        machine = self._machine
        yield Line(
            self.tr("Chiffrement du disque"),
            {
                "chiffre": self.tr("Le disque du coffre est chiffré par le système."),
                "en_clair": self.tr("Demandez à votre service informatique de l’activer."),
                "inconnu": self.tr("Le système ne l’a pas dit. Demandez à votre service informatique."),
            }[machine.disque],
            chip=self._found(machine.disque),
        )
        yield Line(
            self.tr("Mémoire que le système range sur le disque"),
            {
                "chiffre": self.tr("Elle est chiffrée."),
                "en_clair": self.tr("Des mots lus ici peuvent y rester. Le chiffrement du disque y remédie."),
                "inconnu": self.tr("Le système ne l’a pas dit."),
                "aucun": self.tr("Ce système n’en range pas."),
            }[machine.echange],
            chip=Chip("good", self.tr("aucune"))
            if machine.echange == "aucun"
            else self._found(machine.echange),
        )
        yield self._yes_or_no(self.tr("Pas d’image de la mémoire après une panne"), machine.sans_image)
        if machine.dossier_ferme is not None:
            yield self._yes_or_no(
                self.tr("Dossier du coffre fermé aux autres comptes"), machine.dossier_ferme
            )
        if machine.hors_captures:
            yield self._yes_or_no(self.tr("Fenêtre absente des captures d’écran"), True)
        else:
            yield Line(
                self.tr("Captures d’écran"),
                self.tr("Ce système ne permet pas de les empêcher."),
                chip=Chip("warn", self.tr("possibles")),
            )

    def _day(self, day: date | None, due: bool) -> Chip:
        words = self.tr("jamais") if day is None else format_date_courte(day)
        return Chip("warn" if due else "good", words)

    def _found(self, state: str) -> Chip:
        if state == "chiffre":
            return Chip("good", self.tr("oui"))
        return (
            Chip("alert", self.tr("non trouvé")) if state == "en_clair" else Chip("quiet", self.tr("inconnu"))
        )

    def _yes_or_no(self, words: str, yes: bool) -> Line:
        return Line(words, chip=Chip("good", self.tr("oui")) if yes else Chip("alert", self.tr("non")))

    @Slot(object)
    def _on_examined(self, machine: EtatMachine) -> None:
        self._machine = machine
        self._show()

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, OSError):
            raise error
        self._machine = EtatMachine("inconnu", "inconnu", False, False, None)
        self._show()

    @Slot(object)
    def _on_code_ready(self, code: CodeChoisi) -> None:
        if self.do(
            lambda: self._services.voile.choose(code), self.tr("Ce code lève le voile dès maintenant.")
        ):
            self.code.wipe()

    @Slot()
    def _on_remove_clicked(self) -> None:
        self.do(
            lambda: self._services.voile.choose(None),
            self.tr("Le voile se lève maintenant avec votre phrase de passe."),
        )


class LimitsCard(Card):
    """What nothing here protects, said plainly."""

    def __init__(self) -> None:
        super().__init__(self.tr("Ce que le programme ne protège pas"), icon="triangle-alert")
        for words in (
            self.tr(
                "Sous le voile, le coffre reste ouvert dans la mémoire. Si vous quittez la pièce, verrouillez."
            ),
            self.tr("Sur un ordinateur piégé, un programme qui enregistre les touches connaît votre phrase."),
            self.tr(
                "Le système garde ce qu’il veut de son côté\u00a0: veille prolongée, file d’attente de l’imprimante,"
                " copies du disque faites par le service informatique."
            ),
            self.tr("Les papiers et les fichiers sortis du coffre ne dépendent plus de lui."),
            self.tr("Sans la phrase de passe ni la fiche de secours, personne ne peut rouvrir le coffre."),
        ):
            self.add(Text(words))
