"""A week of work in a real window, and what the coffre holds in the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from iscg_desktop.domain.partenaire import PartenaireDraft
from iscg_desktop.services.coffre import open_session, unlock
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.coffres import PASSPHRASE
from tests.documents.lecture import pages, squashed
from tests.fenetre import Ecran, colours
from tests.vie import TestClock, draft, open_services, victime
from tests.walk import semaine


@contextmanager
def opened(folder: Path) -> Iterator[tuple[Services, Session]]:
    """The coffre, closed again afterwards."""
    key = unlock(folder / "coffre", PASSPHRASE)
    session = open_session(folder / "coffre", key, clock=TestClock(semaine.VENDREDI).clock)
    try:
        yield Services(session), session
    finally:
        session.vault.close()


def prepare(folder: Path) -> None:
    """What the week finds: a person known since September, and the service that serves her commune."""
    clock = TestClock(semaine.AVANT)
    services, session = open_services(folder, clock)
    known(services)
    session.vault.close()


def known(services: Services) -> None:
    services.orientations.add_partenaire(
        PartenaireDraft(
            "CDAS des Marches",
            "service_social_secteur",
            adresse="1 rue du Lavoir",
            code_postal="35133",
            ville="Saint-Aubin",
            communes=("35253",),
        )
    )
    whole = draft()
    assert whole.saisine is not None
    saisine = replace(whole.saisine, date=semaine.AVANT)
    she = (victime(informee_le=semaine.AVANT),)
    whole = replace(whole, date=semaine.AVANT, orientations=(), personnes=she, saisine=saisine)
    services.entretiens.record(whole, None)


@pytest.mark.fenetre
@pytest.mark.timeout(180)
def test_a_week_of_work(ecran: Ecran, tmp_path: Path) -> None:
    prepare(tmp_path)
    source = Path(semaine.__file__).read_text(encoding="utf-8")
    done = ecran.run_script(source, str(tmp_path / "coffre"), str(tmp_path), timeout=170)
    assert done.returncode == 0, done.stderr
    pictures = sorted(tmp_path.glob("*di-*.png"))
    assert len(pictures) > 40
    assert {path.name for path in pictures if colours(QImage(str(path))) < 20} == set()
    read_the_papers(tmp_path)
    with opened(tmp_path) as (services, session):
        ask_the_coffre(services)
        assert session.read.journal.verify() is None


def read_the_papers(folder: Path) -> None:
    """What each printed document says, and what it must not say."""
    papers = {path.stem: path.read_bytes() for path in folder.glob("*.pdf")}
    said = {name: squashed(" ".join(pages(pdf))) for name, pdf in papers.items()}
    fiche = said["fiche"]
    assert squashed(semaine.RECIT) in fiche
    assert "LePéron" in fiche or "LEPÉRON" in fiche
    assert "CDASdesMarches" in fiche
    for name in ("fiche", "lot", "bordereau", "feuille-du-jour", "note-information"):
        assert semaine.AUTRE_PARTIE.upper() not in said[name].upper(), name
    assert squashed(semaine.SUITE_DU_RECIT) not in fiche  # written the day after it was issued
    assert said["lot"].startswith(fiche[:200])
    for name in ("bordereau", "feuille-du-jour"):
        assert "PÉRON" not in said[name].upper(), name
        assert "LŒIL" not in said[name].upper(), name
    bordereau = said["bordereau"]
    assert "MKE-2026-0001" in bordereau
    assert "CDASdesMarches" in bordereau
    assert "CONFIDENTIEL" in bordereau
    assert "1/1" in bordereau
    assert squashed(semaine.POINT) in said["points"]
    assert "àAnaïsLœil" in said["note-information"]


def ask_the_coffre(services: Services) -> None:
    """States and counts at the end of the week."""
    assert services.saisines.counts() == {
        "a_traiter": 2, "contact_tente": 1, "sans_suite": 1, "dossier_ouvert": 2,
    }  # fmt: skip
    assert services.brouillons.all() == ()
    known, followed = sorted(services.dossiers.find("leperon"), key=lambda line: line.numero)
    assert known.entretiens == 1
    assert followed.entretiens == 2
    dossier = services.dossiers.reread(followed.id)
    assert dossier.clos_le == semaine.VENDREDI
    assert len(dossier.personnes) == 2
    (fiche,) = services.fiches.recent()
    steps = [step.etape for step in services.fiches.trace(fiche.id)]
    assert steps == ["a_imprimer", "imprimee", "remise", "retour"]
    (orientation,) = services.dossiers.orientations(dossier.id)
    assert orientation.suite == "accompagnement_engage"
    (tournee,) = services.tournees.all()
    assert tournee.faite
    assert len(services.contacts.of_dossier(dossier.id)) == 1
    assert [each.point.texte for each in services.referent.waiting()] == [semaine.POINT]
    assert services.journee.relances() == ()
    (note,) = services.documents.of_dossier(dossier.id)
    assert note.document == "note_information"
