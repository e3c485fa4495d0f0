"""The requirements of the coffre: each test bears the number of what it proves, a campaign writes the table of proofs.

A test says ``@pytest.mark.exigence("S1")``, takes `ampleur` to do more in a campaign than in the suite, and tells its
figure with `chiffre`. ``python3 packaging/start.py campagne`` runs them all in full and writes `PREUVES`.
"""

from __future__ import annotations

import platform
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

import pytest

_T = TypeVar("_T")
Chiffre = Callable[[str], None]


class Ampleur(Protocol):
    """Chooses between what the suite does and what a campaign does."""

    def __call__(self, reduced: _T, whole: _T, /) -> _T: ...


ROOT = Path(__file__).resolve().parents[1]
PREUVES = ROOT / "docs" / "securite-preuves.md"

EXIGENCES = {
    "S1": "Rien de ce qui est enregistré ne se perd quand le programme est tué.",
    "S2": "Ni quand le courant est coupé, quoi que le disque ait oublié, mélangé ou déchiré.",
    "S3": "Les réglages dont dépend la durée de ce qui est écrit sont relus à chaque ouverture.",
    "S4": "Un disque plein est dit en clair et le brouillon reste à l’écran.",
    "S5": "Une réserve, libérée alors, laisse enregistrer et fermer.",
    "S6": "Une erreur d’écriture à n’importe quel octet laisse intact ce qui était enregistré.",
    "S7": "Ce qui est à demi tapé est dans le coffre en deux secondes et revient, au même champ, après une panne.",
    "S8": "« Enregistré » ne paraît qu’une fois l’écriture faite.",
    "S9": "À l’ouverture, chaque page est vérifiée, avant la première écriture.",
    "S10": "Un coffre tronqué est refusé, avec la marche à suivre, et laissé tel quel.",
    "S11": "Une page ancienne remise à sa place est trouvée.",
    "S12": "Un coffre abîmé est sauvé dans un nouveau, et ce qui est sauvé est compté.",
    "S13": "Les sauvegardes sont faites par la base elle-même, rouvertes et vérifiées avant d’en retirer d’anciennes.",
    "S14": "Une sauvegarde vérifiée précède chaque migration ; tuée à tout pas, elle laisse l’ancien ou le nouveau.",
    "S15": "Tout fichier écrit hors du coffre est écrit à côté, relu, puis nommé.",
    "S16": "Une seconde fenêtre est refusée dans la seconde, la première vient devant ; rien n’attend après une panne.",
    "S17": "Rien d’autre que SQLite n’ouvre le fichier de la base.",
    "S18": "Jamais de base en clair.",
    "S19": "Aucune erreur, aucun journal ne cite une clé ou une phrase de passe.",
    "S20": "Une phrase fausse : un message, aucune écriture.",
    "S21": "« é » ouvre le coffre de quelque façon qu’il soit tapé.",
    "S22": "Un en-tête qui demande une mémoire absurde est refusé sans la prendre.",
    "S23": "Une copie de l’en-tête perdue n’empêche rien ; un changement tué laisse l’ancienne phrase ou la nouvelle.",
    "S24": "Chaque faute d’un caractère dans le code de secours est trouvée, et son groupe nommé.",
    "S25": "Le coffre n’est créé qu’une fois le code de secours retapé et éprouvé.",
    "S26": "Un renouvellement de clé tué à n’importe quel pas laisse exactement un coffre qui s’ouvre.",
    "S27": "La dérivation de clé est celle de la norme.",
    "S28": "Le coffre s’ouvre en 1,5 s, à un coût mesuré sur la machine.",
    "S30": "Après un effacement, aucun octet de la personne n’est à portée, et rien ne la ramène.",
    "S33": "Le programme ne laisse pas d’image de sa mémoire.",
    "S34": "Les variables d’environnement hostiles sont sans effet.",
    "S35": "Dossier 0700, fichiers 0600, quel que soit l’umask.",
    "S37": "Le voile et le verrou viennent seuls, et dès que la session est quittée.",
    "S38": "Le verrou ferme tout ; rien ne reste dans aucune fenêtre.",
    "S39": "Après le verrou, aucun processus ne tient de texte ni de clé.",
    "S40": "Le mode discret cache les noms en moins de 100 ms.",
    "S41": "Le presse-papiers est vidé après 20 s, au verrou et à la sortie.",
    "S46": "Une sauvegarde, quoi qu’on lui ait fait, est lue ou refusée en une phrase.",
    "S47": "Le journal des gestes ne dit jamais le contenu, et son enchaînement se vérifie.",
}
"""What is promised, by number."""

_INTRODUCTION = (
    "Page écrite par `python3 packaging/start.py campagne`, qui refait toutes les épreuves en entier ;"
    " `python3 packaging/start.py campagne S1 S2` ne refait que celles-là."
    " `python3 packaging/start.py mutations` retire chaque protection tour à tour et montre l’épreuve qui rougit."
)
_NEVER = "pas encore mesuré"
_ROW = re.compile(r"\| `(?P<test>[^`]+)` \| (?P<figure>.*) \| (?P<day>\S*) \|")
_HEADING = re.compile(r"## (S\d+) · ")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The two switches of a campaign."""
    group = parser.getgroup("exigences")
    group.addoption("--en-entier", action="store_true", help="as much as a campaign does, not a share of it")
    group.addoption("--preuves", type=Path, metavar="FILE", help="write the table of proofs there")
    group.addoption("--exigence", default="", metavar="S1,S2", help="only the tests of these requirements")


def pytest_configure(config: pytest.Config) -> None:
    """Keep the figures of this run where all tests of it go by."""
    if config.getoption("--preuves"):
        config.pluginmanager.register(_Campagne(config.getoption("--preuves")), "campagne-preuves")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what was not asked for; give campaigns their time."""
    asked = set(filter(None, config.getoption("--exigence").split(",")))
    unknown = asked - EXIGENCES.keys()
    if unknown:
        raise pytest.UsageError(f"no such requirement: {', '.join(sorted(unknown))}")
    left_out = []
    for item in items:
        numbers = numbers_of(item)
        if numbers - EXIGENCES.keys():
            raise pytest.UsageError(f"{item.nodeid}: no such requirement: {numbers - EXIGENCES.keys()}")
        item.user_properties += [("exigence", number) for number in sorted(numbers)]
        if asked and not numbers & asked:
            left_out.append(item)
        if config.getoption("--en-entier") and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(7200))
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def numbers_of(item: pytest.Item) -> set[str]:
    """The requirements that a test proves."""
    return {number for mark in item.iter_markers("exigence") for number in mark.args}


@pytest.fixture
def en_entier(request: pytest.FixtureRequest) -> bool:
    """Whether this is a campaign."""
    return bool(request.config.getoption("--en-entier"))


@pytest.fixture
def ampleur(en_entier: bool) -> Ampleur:
    """Chooses between what the suite does and what a campaign does: ``ampleur(10, 500)``."""
    return lambda reduced, whole: whole if en_entier else reduced


@pytest.fixture
def chiffre(record_property: Callable[[str, object], None]) -> Chiffre:
    """Tells the figure of the test, in French, for the table: ``chiffre("500 morts, 0 ligne perdue")``."""

    def tell(figure: str) -> None:
        print(f"\n{figure}")
        record_property("chiffre", figure)

    return tell


@dataclass
class Preuve:
    """One test of one requirement, parameters together.

    Attributes:
        figure: What it told last.
        day: Day it ran last, AAAA-MM-JJ.
    """

    test: str
    figure: str = _NEVER
    day: str = "–"


@dataclass
class _Cases:
    """What the cases of one test gave in this run."""

    figures: list[str] = field(default_factory=list)
    passed: int = 0
    skipped: str = ""
    failed: int = 0

    def figure(self) -> str:
        if self.failed:
            told = "".join(f" : {figure}" for figure in dict.fromkeys(self.figures))
            return f"**rouge** ({self.failed} sur {self.failed + self.passed}){told}"
        if self.passed == 0:
            return f"laissé de côté : {self.skipped}"
        told = " ; ".join(dict.fromkeys(self.figures))
        return told or ("passé" if self.passed == 1 else f"{self.passed} cas passés")


class _Campagne:
    """Gathers what the tests of a run told, and writes the table at its end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: dict[tuple[str, str], _Cases] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Called for each step of each test, in the process that commands the others."""
        if report.when != "call" and report.passed:
            return
        told = [(str(name), str(value)) for name, value in report.user_properties]
        for number in (value for name, value in told if name == "exigence"):
            cases = self._seen.setdefault((number, report.nodeid.partition("[")[0]), _Cases())
            cases.figures += [value for name, value in told if name == "chiffre"]
            if report.skipped:
                reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
                cases.skipped = str(reason).removeprefix("Skipped: ")
            else:
                cases.passed += report.passed
                cases.failed += report.failed

    def pytest_sessionfinish(self) -> None:
        """Write the table: what ran, and what ran before and was not asked for this time."""
        before = self._path.read_text("utf-8") if self._path.is_file() else ""
        today = date.today().isoformat()
        proofs = parse(before)
        for (number, test), cases in self._seen.items():
            proofs.setdefault(number, {})[test] = Preuve(test, cases.figure(), today)
        if self._seen:
            self._path.write_text(render(proofs), "utf-8")


def parse(page: str) -> dict[str, dict[str, Preuve]]:
    """The proofs of a page, by requirement and test; those whose test is gone are left out."""
    proofs: dict[str, dict[str, Preuve]] = {}
    number = ""
    for line in page.splitlines():
        heading, row = _HEADING.match(line), _ROW.fullmatch(line)
        if heading:
            number = heading[1]
        elif row and number in EXIGENCES and _is_there(row["test"]):
            proofs.setdefault(number, {})[row["test"]] = Preuve(**row.groupdict())
    return proofs


def _is_there(test: str) -> bool:
    path, _, name = test.partition("::")
    file = ROOT / path
    return file.is_file() and f"def {name.rpartition('::')[2]}(" in file.read_text("utf-8")


def render(proofs: dict[str, dict[str, Preuve]]) -> str:
    """The page of proofs."""
    return "\n".join(
        [
            "# Ce qui est promis, l’épreuve, le dernier chiffre",
            "",
            _INTRODUCTION,
            "",
            f"Dernière campagne : Python {platform.python_version()}, {platform.system()}.",
            "",
            *(line for number in EXIGENCES for line in _section(number, proofs.get(number, {}).values())),
        ]
    )


def _section(number: str, proofs: Iterable[Preuve]) -> Iterable[str]:
    yield f"## {number} · {EXIGENCES[number]}"
    yield ""
    yield "| Épreuve | Dernier chiffre | Le |"
    yield "|---|---|---|"
    for proof in sorted(proofs, key=lambda proof: proof.test):
        yield f"| `{proof.test}` | {proof.figure} | {proof.day} |"
    yield ""
