"""The end of a coffre: only once the successor's file was read again, in words typed out, and then nothing opens it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from iscg_desktop.errors import UserError
from iscg_desktop.services import coffre, restauration
from iscg_desktop.services.fermeture import MOTS
from iscg_desktop.services.passation import PassationService
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.coffres import PASSPHRASE
from tests.vie import TestClock, draft, open_services, victime

PHRASE = "brosse morille swing semis rigolade aubade croix"
Vie = tuple[Services, Session]


def _refusal(call: Callable[[], object]) -> str:
    with pytest.raises(UserError) as refused:
        call()
    return refused.value.code


def _hand_over(services: Services, path: Path, ids: list[int]) -> None:
    prepared = services.passation.preparer(ids)
    services.passation.remettre(services.passation.sceller(prepared, PHRASE), path, ids)


def _read_again(services: Services, path: Path) -> None:
    services.passation.noter_relecture(PassationService.ouvrir(path, PHRASE))


def test_it_is_refused_until_the_file_was_read_again_and_holds_all(vie: Vie, tmp_path: Path) -> None:
    services, session = vie
    first = services.entretiens.record(draft()).dossier_id
    place, record = tmp_path / "remise.passation", tmp_path / "pv.pdf"
    close = lambda words=MOTS: services.fermeture.fermer(words, record)  # noqa: E731
    assert _refusal(close) == "fermeture_non_relue"
    _hand_over(services, place, [first])
    assert _refusal(close) == "fermeture_non_relue", "written is not read"
    _read_again(services, place)
    assert session.read.journal.entries(limit=1)[0].action == "relecture"
    second = services.entretiens.record(draft(personnes=(victime(nom_usage="Quemener"),))).dossier_id
    assert _refusal(close) == "fermeture_dossiers_restants"
    _hand_over(services, place, [first, second])
    _read_again(services, place)
    services.entretiens.record(
        draft(dossier_id=first, saisine=None, orientations=(), personnes=(replace(victime(), personne_id=1),))
    )
    assert _refusal(close) == "passation_depassee"
    assert _refusal(lambda: _read_again(services, place)) == "passation_depassee"
    _hand_over(services, place, [first, second])
    _read_again(services, place)
    assert _refusal(lambda: close("oui")) == "fermeture_mots"
    assert not record.exists()
    assert session.read.journal.entries(limit=1)[0].action == "relecture"


def test_the_file_of_another_coffre_is_not_taken_for_this_one(vie: Vie, tmp_path: Path) -> None:
    services, _ = vie
    services.entretiens.record(draft())
    other, session = open_services(tmp_path / "autre", TestClock())
    _hand_over(other, tmp_path / "remise", [other.entretiens.record(draft()).dossier_id])
    session.vault.close()
    assert _refusal(lambda: _read_again(services, tmp_path / "remise")) == "passation_autre_coffre"


def test_closed_nothing_opens_it_any_more(tmp_path: Path, clock: TestClock) -> None:
    services, session = open_services(tmp_path, clock)
    folder = session.vault.folder
    left = services.entretiens.record(draft(personnes=(victime(nom_usage="Quemener"),))).dossier_id
    services.dossiers.close(left, "relais fait")
    kept = services.entretiens.record(draft()).dossier_id
    stick, away = tmp_path / "cle", tmp_path / "absente"
    for place in (stick, away):
        place.mkdir()
        services.sauvegardes.record(services.sauvegardes.travail(place).run())
    away.rename(tmp_path / "tiroir")
    _hand_over(services, tmp_path / "remise", [kept])
    _read_again(services, tmp_path / "remise")
    seen = services.fermeture.apercu()
    assert (seen.detruits, len(seen.relecture.uids), len(seen.ailleurs)) == (1, 1, 1)
    assert seen.ouverts == ("4e trimestre 2026",)
    services.fermeture.fermer("  Fermer pour de bon ", tmp_path / "pv")
    assert not services.sauvegardes.due(), "no backup of what is closed"
    session.vault.close()
    assert coffre.exists(folder)
    assert _refusal(lambda: coffre.unlock(folder, PASSPHRASE)) == "coffre_ferme"
    assert coffre.finish_closing(folder) == ()
    assert not coffre.exists(folder)
    assert list(stick.iterdir()) == []
    # Told, and true: what is out of reach still opens.
    (copy,) = (tmp_path / "tiroir").glob("*.coffre")
    assert restauration.ouvrir(copy, PASSPHRASE).dossiers == 2
    words = " ".join(
        pypdf.PdfReader(io.BytesIO((tmp_path / "pv.pdf").read_bytes())).pages[0].extract_text().split()
    )
    for said in (
        "2026-0002",
        "1 dossier clos, non transmis",
        "4e trimestre 2026",
        copy.name,
        "Département fictif",
    ):
        assert said in words, said
    for name in ("Péron", "Lœil", "Anaïs", "Quemener"):
        assert name not in words
    # And the successor has what was handed over.
    comes, other = open_services(tmp_path / "nouveau", TestClock())
    comes.passation.recevoir(comes.passation.ouvrir(tmp_path / "remise", PHRASE))
    assert [each.noms for each in comes.dossiers.find("Péron")] == ["LŒIL Anaïs"]
    other.vault.close()


def test_a_record_that_cannot_be_written_closes_nothing(vie: Vie, tmp_path: Path) -> None:
    services, session = vie
    kept = services.entretiens.record(draft()).dossier_id
    _hand_over(services, tmp_path / "remise", [kept])
    _read_again(services, tmp_path / "remise")
    assert (
        _refusal(lambda: services.fermeture.fermer(MOTS, tmp_path / "absent" / "pv")) == "dossier_introuvable"
    )
    assert coffre.finish_closing(session.vault.folder) is None
    assert session.vault.check() == ()
