"""The keys after the first day: drill, new sheet, stronger lock, rotation; the coffre always opens one way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from iscg_desktop.errors import UserError
from iscg_desktop.services import cles, coffre
from iscg_desktop.services.cles import NouvelleFiche
from iscg_desktop.services.coffre import open_session
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.storage.backup import list_backups
from iscg_desktop.storage.header_copies import read_copies
from iscg_desktop.storage.kdf import KdfParameters
from iscg_desktop.storage.unlock import unlock_with_passphrase, unlock_with_recovery
from tests.coffres import PASSPHRASE, make_coffre
from tests.vie import MAELLE, TODAY, TestClock, draft

NEW = "Une phrase toute neuve pour des clés neuves"
FLOOR = KdfParameters.floor()
Vie = tuple[Services, Session]


def _refusal(call: Callable[[], object]) -> str:
    with pytest.raises(UserError) as refused:
        call()
    return refused.value.code


@pytest.mark.exigence("S25")
def test_the_drill_is_due_a_year_after_the_first_day_and_proves_the_sheet(tmp_path: Path) -> None:
    made, clock = make_coffre(tmp_path / "coffre"), TestClock()
    session = open_session(made.folder, made.key, clock=clock.clock)
    services = Services(session)
    services.coffre.set_up(MAELLE)
    assert services.cles.dernier_exercice() == TODAY
    clock.day += timedelta(days=364)
    assert not services.cles.exercice_du()
    clock.day += timedelta(days=1)
    assert services.cles.exercice_du()
    other = make_coffre(tmp_path / "autre")
    assert _refusal(lambda: services.cles.exercer(other.code)) == "code_secours_incorrect"
    assert _refusal(lambda: services.cles.exercer(made.code[:-6])) == "code_secours_longueur"
    assert services.cles.exercice_du()
    services.cles.exercer(made.code.lower())
    assert not services.cles.exercice_du()
    line = session.read.journal.entries(limit=1)[0]
    assert (line.action, line.objet, line.reference) == ("exercice", "fiche_secours", None)
    # To say again who she is proves nothing of the sheet.
    clock.day += timedelta(days=365)
    services.coffre.set_up(MAELLE)
    assert services.cles.exercice_du()
    session.vault.close()


@pytest.mark.exigence("S25")
def test_a_new_sheet_is_typed_back_then_the_old_one_opens_nothing(tmp_path: Path) -> None:
    made = make_coffre(tmp_path / "coffre")
    session = open_session(made.folder, made.key)
    services, fiche = Services(session), NouvelleFiche()
    assert _refusal(lambda: services.cles.adopter(fiche, made.code)) == "code_secours_different"
    assert unlock_with_recovery(made.folder, made.code).dbk == made.key.dbk
    services.cles.adopter(fiche, "-".join(fiche.groupes))
    assert unlock_with_recovery(made.folder, "".join(fiche.groupes)).dbk == made.key.dbk
    assert _refusal(lambda: unlock_with_recovery(made.folder, made.code)) == "code_secours_incorrect"
    assert unlock_with_passphrase(made.folder, PASSPHRASE).dbk == made.key.dbk
    assert services.cles.dernier_exercice() == date.today()
    session.vault.close()


@pytest.mark.exigence("S28")
def test_a_faster_machine_is_noticed_and_the_lock_made_stronger(tmp_path: Path) -> None:
    made = make_coffre(tmp_path / "coffre")
    assert cles.mesurer(made.folder, measure=lambda _: 0.49).faible
    assert not cles.mesurer(made.folder, measure=lambda _: 0.5).faible
    assert cles.mesurer(made.folder).secondes > 0
    stronger = KdfParameters(64 * 1024, 4, 4)
    assert _refusal(lambda: cles.renforcer(made.folder, NEW)) == "phrase_de_passe_incorrecte"
    session = open_session(made.folder, made.key)
    Services(session).coffre.set_passphrase(cles.renforcer(made.folder, PASSPHRASE, kdf=stronger))
    session.vault.close()
    assert read_copies(made.folder).best.passphrase.kdf == stronger
    assert coffre.unlock(made.folder, PASSPHRASE).dbk == made.key.dbk


@pytest.mark.exigence("S26")
def test_new_keys_refuse_every_writing_until_they_are_in_force(vie: Vie, clock: TestClock) -> None:
    services, session = vie
    services.entretiens.record(draft())
    folder, key = session.vault.folder, session.vault.key
    services.sauvegardes.record(services.sauvegardes.travail().run())
    assert _refusal(services.cles.rotation(NEW, NEW)) == "phrase_de_passe_incorrecte"
    assert _refusal(services.cles.rotation(PASSPHRASE, "court")) == "phrase_de_passe_faible"
    rotation = services.cles.rotation(PASSPHRASE, NEW, kdf=FLOOR)()
    typed = rotation.recovery_code.text
    assert _refusal(lambda: services.cles.begin(rotation, "")) == "code_secours_longueur"
    services.entretiens.record(draft())
    work = services.cles.begin(rotation, typed)
    assert _refusal(lambda: services.entretiens.record(draft())) == "coffre_en_rotation"
    work()
    services.cles.commit(rotation, typed)
    new = coffre.unlock(folder, NEW)
    assert new.dbk != key.dbk
    session = open_session(folder, new, clock=clock.clock)
    services = Services(session)
    assert session.vault.execute("SELECT count(*) FROM dossiers").scalar() == 2
    # The backups of the old keys go with the first one of the new.
    clock.day += timedelta(days=1)
    services.sauvegardes.record(services.sauvegardes.travail().run())
    assert len(list_backups(services.sauvegardes.own_folder, new.vault_id)) == 1
    session.vault.close()


@pytest.mark.exigence("S26")
def test_new_keys_given_up_leave_the_coffre_working(vie: Vie) -> None:
    services, session = vie
    rotation = services.cles.rotation(PASSPHRASE, NEW, kdf=FLOOR)()
    services.cles.begin(rotation, rotation.recovery_code.text)
    services.cles.give_up()
    services.entretiens.record(draft())
    assert len(list(session.vault.folder.glob("data-*.db"))) == 1
