"""Sharing the annuaire: the same on the other side, nothing of a person in it, all of an import or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from iscg_desktop.domain.contact_partenaire import ContactDraft
from iscg_desktop.domain.partenaire import Correspondant, Partenaire, PartenaireDraft
from iscg_desktop.errors import UserError
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.storage.partenaires import Partenaires
from tests.services.test_annuaire import CMP
from tests.vie import TODAY, draft, open_services


@pytest.fixture
def coffre(tmp_path: Path) -> Iterator[tuple[Services, Session]]:
    services, session = open_services(tmp_path)
    yield services, session
    session.vault.close()


def _content(services: Services) -> list[Partenaire]:
    """The annuaire, the order of its ids aside."""
    found = [replace(each, id=0) for each in services.annuaire.all()]
    return sorted(found, key=lambda each: each.uid)


def test_the_annuaire_is_the_same_in_an_empty_coffre(
    coffre: tuple[Services, Session], tmp_path: Path
) -> None:
    services, _ = coffre
    structure, _ = services.annuaire.add(CMP)
    services.annuaire.add(PartenaireDraft("=1+1", "ccas", telephone="+33 2 00", communes=("35001",)))
    services.annuaire.close(structure, TODAY)
    path = tmp_path / "annuaire.csv"
    services.annuaire_echange.save(path, correspondants=True)
    (tmp_path / "autre").mkdir()
    other, session = open_services(tmp_path / "autre")
    with session.vault:
        other.annuaire.delete(1)
        lecture = other.annuaire_echange.reader()(path)
        done = other.annuaire_echange.take(lecture, ())
        assert (done.ajoutees, done.mises_a_jour) == (3, 0)
        assert _content(other) == _content(services)
        assert {line.sort for line in other.annuaire_echange.preview(lecture).lignes} == {"identique"}
        assert session.read.journal.entries(limit=1)[0].action == "import"


def test_nothing_of_a_person_leaves(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    recorded = services.entretiens.record(draft())
    services.annuaire.add(CMP)
    services.contacts.record(ContactDraft(1, TODAY, dossier_id=recorded.dossier_id, note="Mme Lœil rappelle"))
    text = services.annuaire_echange.export(correspondants=False).decode("utf-8-sig")
    for word in ("Lœil", "Péron", "Anaïs", "2026-0001", "Évaluation", "Tréguier", "Abgrall", "correspondant"):
        assert word not in text
    assert "Tréguier" in services.annuaire_echange.export(correspondants=True).decode("utf-8-sig")


def test_what_the_annuaire_has_is_updated_or_skipped_as_she_says(
    coffre: tuple[Services, Session], tmp_path: Path
) -> None:
    services, _ = coffre
    structure, _ = services.annuaire.add(CMP)
    uid = services.annuaire.get(structure).uid
    path = tmp_path / "collègue.csv"
    path.write_text(
        "identifiant;nom;type;ville;telephone;horaires;correspondant_1_nom\n"
        f"{uid};CMP L’Élan;cmp;Liffré;02 99;;Anne Œdie\n"
        ";cdas de valliere;service_social_secteur;VALLIERE;02 98;;Léo Bihan\n"
        ";Nouveau;ccas;;;;\n"
        ";Refusé;zzz;;;;\n",
        "utf-8",
    )
    echange = services.annuaire_echange
    lecture = echange.reader()(path)
    preview = echange.preview(lecture)
    assert [(line.numero, line.sort, line.existante) for line in preview.lignes] == [
        (2, "differente", structure),
        (3, "differente", 1),
        (4, "nouvelle", None),
    ]
    assert [line.numero for line in preview.refus] == [5]
    before = services.annuaire.get(structure)
    assert services.annuaire.count() == 2  # a preview changes nothing
    done = echange.take(lecture, {3})
    assert (done.ajoutees, done.mises_a_jour) == (1, 1)
    assert services.annuaire.get(structure) == before
    kept = services.annuaire.get(1)
    assert (kept.telephone, kept.adresse, kept.ville) == ("02 98", "3 rue des Tilleuls", "VALLIERE")
    assert [person.nom for person in kept.correspondants] == ["Mme Jocelyne Abgrall", "Léo Bihan"]
    echange.take(lecture, {2})
    again = services.annuaire.get(structure)
    assert (again.nom, again.uid, again.horaires) == ("CMP L’Élan", uid, CMP.horaires)
    assert again.correspondants == CMP.correspondants  # Anne Œdie was already there
    assert services.annuaire.count() == 3


def test_an_import_that_fails_half_way_changes_nothing(
    coffre: tuple[Services, Session], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services, _ = coffre
    path = tmp_path / "annuaire.csv"
    path.write_text("nom;type\nUn;ccas\nDeux;ccas\nTrois;ccas\n", "utf-8")
    lecture = services.annuaire_echange.reader()(path)
    real = Partenaires.add

    def fail_on_the_second(self: Partenaires, draft: PartenaireDraft, uid: str | None = None) -> int:
        if draft.nom == "Deux":
            raise UserError("disque_plein")
        return real(self, draft, uid)

    monkeypatch.setattr(Partenaires, "add", fail_on_the_second)
    with pytest.raises(UserError):
        services.annuaire_echange.take(lecture, ())
    assert services.annuaire.count() == 1


def test_two_lines_never_replace_one_structure(coffre: tuple[Services, Session], tmp_path: Path) -> None:
    services, _ = coffre
    uid = services.annuaire.get(1).uid
    path = tmp_path / "annuaire.csv"
    path.write_text(
        f"identifiant;nom;type;ville\n{uid};Renommé;ccas;\n{'b' * 32};CDAS de Vallière;ccas;Vallière\n",
        "utf-8",
    )
    lines = services.annuaire_echange.preview(services.annuaire_echange.reader()(path)).lignes
    assert [line.existante for line in lines] == [1, None]


@pytest.mark.parametrize("name", ["absent.csv", ".", "nul\0.csv"])
def test_a_file_that_cannot_be_read_is_said(
    coffre: tuple[Services, Session], tmp_path: Path, name: str
) -> None:
    with pytest.raises(UserError) as refusal:
        coffre[0].annuaire_echange.reader()(tmp_path / name)
    assert refusal.value.code == "annuaire_fichier_absent"


def test_the_people_of_a_file_are_kept_in_their_order(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    names = ("Zoé", "Anne", "Marc")
    structure, _ = services.annuaire.add(
        replace(CMP, correspondants=tuple(Correspondant(nom) for nom in names))
    )
    assert tuple(person.nom for person in services.annuaire.get(structure).correspondants) == names
