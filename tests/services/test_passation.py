"""Passation: every row goes, counts nothing twice, and opens for the successor alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iscg_desktop.domain.droits import Droit
from iscg_desktop.errors import UserError
from iscg_desktop.services.passation import PassationService
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.storage.kdf import KdfParameters
from iscg_desktop.storage.passation_file import seal, unseal
from tests.services.fiches import issued
from tests.vie import TODAY, TestClock, draft, open_services, victime

PHRASE = "brosse morille swing semis rigolade aubade croix"
Two = tuple[tuple[Services, Session], tuple[Services, Session]]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    """The coffre of who leaves and that of who comes."""
    leaves = open_services(tmp_path / "ancien", TestClock())
    comes = open_services(tmp_path / "nouveau", TestClock())
    yield leaves, comes
    leaves[1].vault.close()
    comes[1].vault.close()


def _rich(services: Services) -> int:
    """A dossier with something of everything."""
    fiche = services.fiches.get(issued(services))
    services.suivi.note([fiche.id], "imprimee", TODAY)
    services.suivi.note([fiche.id], "remise", TODAY)
    line = replace(victime(), personne_id=fiche.personne_id)
    him = victime(nom_naissance="", nom_usage="Tressignaux", prenom="Yann", sexe="homme")
    more = services.entretiens.record(
        draft(dossier_id=fiche.dossier_id, saisine=None, personnes=(line, him), orientations=())
    )
    changed = services.entretiens.draft_of(more.entretien_id)
    services.entretiens.amend(more.entretien_id, replace(changed, notes_de_travail="Revoir lundi."))
    services.personnes.link(fiche.personne_id, more.personne_ids[1], "conjoint")
    services.referent.add(fiche.dossier_id, "Que proposer ?")
    services.droits.noter(fiche.personne_id, Droit.ACCES, TODAY)
    return fiche.dossier_id


def _hand_over(two: Two, path: Path, dossiers: list[int]) -> dict[str, str]:
    (leaves, _), (comes, _) = two
    prepared = leaves.passation.preparer(dossiers)
    leaves.passation.remettre(leaves.passation.sceller(prepared, PHRASE), path, dossiers)
    return comes.passation.recevoir(comes.passation.ouvrir(path, PHRASE)).numeros


def _told(session: Session, dossier_id: int) -> list[tuple[object, ...]]:
    """What the timeline of a dossier says, without the numbers of rows."""
    dossier = session.read.dossiers.get(dossier_id)
    names = [(each.personne.identite, each.statut, each.accueillie) for each in dossier.personnes]
    events = [(each.kind, each.date, each.code, each.detail, each.issue) for each in dossier.evenements]
    return [*names, *events]


def test_all_of_a_dossier_is_there(two: Two, tmp_path: Path) -> None:
    (leaves, old), (comes, new) = two
    dossier_id = _rich(leaves)
    comes.entretiens.record(draft(personnes=(victime(nom_usage="Quemener"),)))
    numeros = _hand_over(two, tmp_path / "remise.passation", [dossier_id])
    assert numeros == {"2026-0001": "2026-0002"}
    (made,) = (each.id for each in comes.dossiers.find("2026-0002"))
    assert _told(new, made) == _told(old, dossier_id)
    assert [each.numero for each in comes.dossiers.find("Tressignaux")] == ["2026-0002"]
    assert comes.personnes.search("Péron Anaïs")
    events = new.read.dossiers.get(made).evenements
    fiche = next(each.id for each in events if each.kind == "fiche")
    assert comes.fiches.pdf(fiche).startswith(b"%PDF")
    amended = next(
        each.id for each in events if each.kind == "entretien" and new.read.entretiens.versions(each.id)
    )
    (version,) = new.read.entretiens.versions(amended)
    known = {each.personne.id for each in new.read.dossiers.get(made).personnes}
    assert {line.personne_id for line in version.entretien.personnes} == known
    assert [line.nom for line in comes.droits.demandes()] == ["LŒIL Anaïs"]
    assert len(new.unites()) == len(old.unites())
    assert new.vault.execute("PRAGMA foreign_key_check").rows == ()
    assert new.read.journal.verify() is None


def test_what_was_counted_there_is_not_counted_here(two: Two, tmp_path: Path) -> None:
    (leaves, _), (comes, new) = two
    dossier_id = _rich(leaves)
    own = comes.entretiens.record(draft(personnes=(victime(nom_usage="Quemener"),)))
    before = new.read.statistics.lignes(("2026-T4",))
    _hand_over(two, tmp_path / "remise", [dossier_id])
    assert len(new.read.statistics.lignes(("2026-T4",))) == len(before)
    assert [each.periode.code for each in comes.bilans.trimestres()] == ["2026-T4"]
    line = replace(victime(), personne_id=own.personne_ids[0])
    comes.entretiens.record(
        draft(dossier_id=own.dossier_id, saisine=None, personnes=(line,), orientations=())
    )
    assert len(new.read.statistics.lignes(("2026-T4",))) == len(before) + 1, "what comes next counts"


def test_twice_is_refused_and_nothing_is_added(two: Two, tmp_path: Path) -> None:
    (leaves, _), (comes, new) = two
    dossier_id = _rich(leaves)
    _hand_over(two, tmp_path / "remise", [dossier_id])
    count = new.read.dossiers.count()
    with pytest.raises(UserError, match="passation_deja_recue"):
        comes.passation.recevoir(comes.passation.ouvrir(tmp_path / "remise", PHRASE))
    assert new.read.dossiers.count() == count


def test_refusals(two: Two, tmp_path: Path) -> None:
    (leaves, old), (comes, _) = two
    dossier_id = _rich(leaves)
    with pytest.raises(UserError, match="passation_sans_dossier"):
        leaves.passation.preparer([])
    with pytest.raises(UserError, match="dossier_efface"):
        leaves.passation.preparer([99])
    prepared = leaves.passation.preparer([dossier_id])
    with pytest.raises(UserError, match="phrase_de_passe_faible"):
        leaves.passation.sceller(prepared, "courte")
    leaves.passation.remettre(leaves.passation.sceller(prepared, PHRASE), tmp_path / "remise", [dossier_id])
    assert old.read.journal.entries(limit=1)[0].action == "passation"
    with pytest.raises(UserError, match="passation_phrase"):
        PassationService.ouvrir(tmp_path / "remise", "une autre phrase de passe assez longue")
    with pytest.raises(UserError, match="passation_illisible"):
        PassationService.ouvrir(tmp_path / "absente", PHRASE)
    opened = comes.passation.ouvrir(tmp_path / "remise", PHRASE)
    with pytest.raises(UserError, match="passation_autre_version"):
        comes.passation.recevoir(opened | {"schema": "autre"})


def test_no_word_of_anyone_can_be_read_in_the_file(two: Two, tmp_path: Path) -> None:
    (leaves, _), _ = two
    data = leaves.passation.sceller(leaves.passation.preparer([_rich(leaves)]), PHRASE)
    for word in ("Péron", "Anaïs", "Tressignaux", "Vallière"):
        assert word.encode() not in data


SEALED = seal({"tables": {"dossiers": []}}, PHRASE, KdfParameters.floor())


@settings(max_examples=25, deadline=None)
@given(place=st.integers(0, len(SEALED) - 1), value=st.integers(1, 255), cut=st.booleans())
def test_whatever_byte_is_changed_or_cut_it_is_refused(place: int, value: int, cut: bool) -> None:
    broken = SEALED[:place] if cut else SEALED[:place] + bytes([SEALED[place] ^ value]) + SEALED[place + 1 :]
    with pytest.raises(UserError) as refused:
        unseal(broken, PHRASE)
    assert refused.value.code.startswith(("passation_", "memoire_"))


def test_a_newer_file_says_so() -> None:
    newer = SEALED.replace(b'"version": 1', b'"version": 2')
    with pytest.raises(UserError, match="passation_plus_recente"):
        unseal(newer, PHRASE)


def test_only_open_dossiers_are_proposed(two: Two) -> None:
    (leaves, _), _ = two
    first = leaves.entretiens.record(draft()).dossier_id
    second = leaves.entretiens.record(draft(personnes=(victime(nom_usage="Quemener"),))).dossier_id
    leaves.dossiers.close(first, "relais fait")
    assert leaves.passation.ouverts() == (second,)
