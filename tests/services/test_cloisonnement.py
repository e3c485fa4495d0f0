"""Victim and mis en cause in one dossier: nothing of the one on the fiche of the other unless it is ticked."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from iscg_desktop.domain.cloisonnement import Cote, Element, Partie, Regle, cote_of, visible_to
from iscg_desktop.domain.document import Fait
from iscg_desktop.domain.entretien import PersonneDraft
from iscg_desktop.domain.fiche_liaison import FicheContent, Item
from iscg_desktop.domain.mentions import TypeDocument
from iscg_desktop.domain.orientation import OrientationDraft
from iscg_desktop.domain.personne import Identite, Profil
from iscg_desktop.errors import InvalidInput
from iscg_desktop.services.services import Services
from tests.vie import TODAY, draft, open_services, victime

ELLE = Identite(
    nom_naissance="Trévidic", nom_usage="Kerzoncuf", prenom="Soazig", sexe="femme",
    adresse="12 venelle des Lavandières", telephone="06 11 22 33 44", contact_sur="07 55 66 77 88",
    vit_avec="Gwenaël rentre à 18 h", informee_le=TODAY,
)  # fmt: skip
LUI = Identite(
    nom_naissance="Kerzoncuf", prenom="Gwenaël", surnom="Titouan", sexe="homme", adresse="3 chemin du Moulin Noir",
    telephone="06 99 88 77 66", vit_avec="Soazig vient le dimanche", informee_le=TODAY,
)  # fmt: skip


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    with TemporaryDirectory() as folder:
        opened, session = open_services(Path(folder))
        yield opened
        session.vault.close()


@dataclass(frozen=True)
class Scene:
    """A fiche about one of the two, in a dossier that holds both."""

    about: Identite
    other: Identite
    orientation_id: int


STATUTS = {
    True: ("victime", "voie_victimisation", "famille_victime"),
    False: ("mis_en_cause", "famille_mis_en_cause"),
}


def _scene(services: Services, *, victim: bool, statuts: tuple[str, str], present: tuple[bool, bool], outside: bool,
           recit: str, motif: str) -> Scene:  # fmt: skip
    """Record a dossier of both; ``outside`` orients outside of the entretien."""
    people = [
        PersonneDraft(identite=identite, profil=Profil(statut=statut), presente=here, accord="oui")
        for identite, statut, here in zip((ELLE, LUI), statuts, present, strict=True)
    ]
    rank = 0 if victim else 1
    orientation = OrientationDraft(rank, "service_social_secteur", 1, "oui", motif)
    recorded = services.entretiens.record(
        draft(
            personnes=tuple(people), orientations=() if outside else (orientation,), elements_transmissibles=recit,
            issue="realise" if any(present) else "absent",
            reponses=("accueil", "mise_a_l_abri", "aide_aux_demarches"),
        )
    )  # fmt: skip
    about, other = (ELLE, LUI) if victim else (LUI, ELLE)
    if not outside:
        return Scene(about, other, recorded.orientation_ids[0])
    added, _ = services.orientations.add(recorded.dossier_id, recorded.personne_ids[rank], orientation)
    return Scene(about, other, added)


def _words(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return set(re.findall(r"[a-z]+", "".join(c for c in plain if not unicodedata.combining(c))))


def _names(identite: Identite) -> set[str]:
    return _words(f"{identite.nom_naissance} {identite.nom_usage} {identite.prenom} {identite.surnom}")


def _secrets(scene: Scene) -> set[str]:
    """Words that name the other and not the person herself."""
    return _names(scene.other) - _names(scene.about)


def _pdf_text(services: Services, fiche_id: int) -> str:
    pdf = services.fiches.pdf(fiche_id)
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def _complete(content: FicheContent) -> FicheContent:
    return replace(
        content, information=replace(content.information, comment="oralement", portee="la situation")
    )


TEXTES = st.sampled_from(
    [
        "", "Demande un logement.", "Soazig a quitté le domicile.", "gwenael l’attend le soir.", "TITOUAN la menace.",
        "Madame TRÉVIDIC demande à être mise à l’abri.", "Les époux Kerzoncuf se séparent.",
    ]
)  # fmt: skip
SCENES = {
    "victim": st.booleans(),
    "elle": st.sampled_from(STATUTS[True]),
    "lui": st.sampled_from(STATUTS[False]),
    "present": st.tuples(st.booleans(), st.booleans()),
    "outside": st.booleans(),
    "recit": TEXTES,
    "motif": TEXTES,
}


@settings(max_examples=30)
@given(**SCENES)
def test_no_word_of_the_other_reaches_a_printed_fiche_unless_ticked(
    services: Services, victim: bool, elle: str, lui: str, present: tuple[bool, bool], outside: bool, recit: str,
    motif: str,
) -> None:  # fmt: skip
    scene = _scene(services, victim=victim, statuts=(elle, lui), present=present, outside=outside, recit=recit,
                   motif=motif or "Évaluation")  # fmt: skip
    content = _complete(services.fiches.prepare(scene.orientation_id))
    try:
        issued = services.fiches.issue(scene.orientation_id, content)
    except InvalidInput as refused:
        crossing = {problem.field for problem in refused.problems}
        assert crossing == {
            "motif"
        }  # what is not ticked by default forbids nothing: only the motif is always said
        assert _words(motif) & _secrets(scene)
        return
    text = _pdf_text(services, issued.fiche_id)
    assert not _words(text) & _secrets(scene)
    for place in (scene.other.adresse, scene.other.telephone, scene.other.contact_sur):
        assert not place or place not in text


@settings(max_examples=20)
@given(recit=TEXTES, elle_presente=st.booleans())
def test_the_mis_en_cause_never_learns_what_the_victim_undertakes(
    services: Services, recit: str, elle_presente: bool
) -> None:
    scene = _scene(services, victim=False, statuts=("victime", "mis_en_cause"),
                   present=(elle_presente, not elle_presente), outside=False, recit=recit,
                   motif="Évaluation")  # fmt: skip
    content = services.fiches.prepare(scene.orientation_id)
    if elle_presente:
        assert content.demarches == ()
        assert Item.RECIT not in content.items
    else:
        assert content.demarches != ()


def test_the_victim_s_account_stays_ticked_on_her_own_fiche(services: Services) -> None:
    scene = _scene(services, victim=True, statuts=("victime", "mis_en_cause"), present=(True, False), outside=False,
                   recit="Madame demande un logement.", motif="Évaluation")  # fmt: skip
    content = services.fiches.prepare(scene.orientation_id)
    assert Item.RECIT in content.items
    assert content.contact_sur.qui_vit_la == "quelqu’un d’autre peut répondre ou ouvrir le courrier"


@pytest.mark.parametrize("path", ["motif", "recit"])
def test_once_ticked_the_other_party_may_be_named(services: Services, path: str) -> None:
    scene = _scene(services, victim=True, statuts=("victime", "mis_en_cause"), present=(True, False), outside=False,
                   recit="Gwenaël la suit.", motif="Évaluation")  # fmt: skip
    content = replace(_complete(services.fiches.prepare(scene.orientation_id)), **{path: "Gwenaël la suit."})
    named = replace(content, items=content.items | {Item.RECIT})
    assert {p.code for p in services.fiches.problems(named, scene.orientation_id)} == {
        "fiche_nomme_autre_partie"
    }
    ticked = replace(named, items=named.items | {Item.AUTRE_PARTIE})
    assert services.fiches.problems(ticked, scene.orientation_id) == ()


@pytest.mark.parametrize(
    "words", ["Elle loge au 12, venelle des Lavandières.", "La joindre au 07.55.66.77.88", "tél. 0611223344"]
)
def test_where_the_victim_is_never_goes_on_the_fiche_of_the_mis_en_cause_even_ticked(
    services: Services, words: str
) -> None:
    scene = _scene(services, victim=False, statuts=("victime", "mis_en_cause"), present=(False, True), outside=False,
                   recit="", motif="Évaluation")  # fmt: skip
    content = _complete(services.fiches.prepare(scene.orientation_id))
    written = replace(content, recit=words, items=content.items | {Item.RECIT, Item.AUTRE_PARTIE})
    problems = services.fiches.problems(written, scene.orientation_id)
    assert [(p.field, p.code) for p in problems] == [("recit", "fiche_situe_autre_partie")]


def _crossed(services: Services, *, about_her: bool, lui: str, recit: str) -> Scene:
    """She was the victime, then mise en cause too in the same dossier: violence went both ways."""
    scene = _scene(services, victim=about_her, statuts=("victime", "mis_en_cause"), present=(True, True), outside=False,
                   recit=recit, motif="Évaluation")  # fmt: skip
    dossier_id = services.orientations.get(scene.orientation_id).dossier_id
    ids = [each.personne.id for each in services.dossiers.reread(dossier_id).personnes]
    rank = 0 if about_her else 1
    recorded = services.entretiens.record(
        draft(
            dossier_id=dossier_id, saisine=None, elements_transmissibles=recit,
            personnes=tuple(
                PersonneDraft(personne_id, identite, Profil(statut=statut), accord="oui", statut_confirme=True)
                for personne_id, identite, statut in zip(ids, (ELLE, LUI), ("mis_en_cause", lui), strict=True)
            ),
            orientations=(OrientationDraft(rank, "service_social_secteur", 1, "oui", "Évaluation"),),
        )
    )  # fmt: skip
    return replace(scene, orientation_id=recorded.orientation_ids[0])


@pytest.mark.parametrize("about_her", [True, False])
@pytest.mark.parametrize("lui", ["mis_en_cause", "victime"])
def test_where_violence_went_both_ways_each_is_still_kept_from_the_other(
    services: Services, about_her: bool, lui: str
) -> None:
    said = "Soazig et Gwenaël se menacent."
    scene = _crossed(services, about_her=about_her, lui=lui, recit=said)
    content = _complete(services.fiches.prepare(scene.orientation_id))
    assert Item.RECIT not in content.items
    assert content.autres_parties == ()
    assert services.fiches.proches(scene.orientation_id).foyer == ()
    issued = services.fiches.issue(scene.orientation_id, content)
    text = _pdf_text(services, issued.fiche_id)
    assert not _words(text) & _secrets(scene)
    named = replace(content, recit=said, items=content.items | {Item.RECIT})
    assert {each.code for each in services.fiches.problems(named, scene.orientation_id)} == {
        "fiche_nomme_autre_partie"
    }
    found = replace(
        content,
        recit=f"Vit au {scene.other.adresse}.",
        items=content.items | {Item.RECIT, Item.AUTRE_PARTIE},
    )
    assert [each.code for each in services.fiches.problems(found, scene.orientation_id)] == [
        "fiche_situe_autre_partie"
    ]


def test_one_roof_is_no_secret(services: Services) -> None:
    """Two who live at one address and share one telephone: hers is on her fiche."""
    people = tuple(
        replace(victime(nom_usage="", nom_naissance=nom, prenom=prenom), profil=Profil(statut=statut))
        for nom, prenom, statut in (("Canari", "Zoé", "victime"), ("Canari", "Yann", "mis_en_cause"))
    )
    recorded = services.entretiens.record(
        draft(personnes=people, elements_transmissibles="Au 2 impasse du Four, 06 00 00 00 02.")
    )
    content = services.fiches.prepare(recorded.orientation_ids[0])
    written = replace(content, items=content.items | {Item.RECIT})
    assert services.fiches.problems(written, recorded.orientation_ids[0]) == ()


# --- the rule itself ----------------------------------------------------------------------------------------

PARTIES = st.builds(Partie, st.integers(1, 3), st.sampled_from(Cote))


@given(recipient=PARTIES, item=PARTIES, element=st.sampled_from(Element))
def test_only_her_own_is_said_without_a_tick(recipient: Partie, item: Partie, element: Element) -> None:
    said = visible_to(recipient, item, element) is Regle.OUI
    assert said == (recipient.personne_id == item.personne_id)


@pytest.mark.parametrize("element", [Element.ADRESSE, Element.CONTACT, Element.DEMARCHES])
@pytest.mark.parametrize("other", [Cote.VICTIME, Cote.AUTRE])
def test_what_finds_the_victim_is_never_said_to_the_mis_en_cause(other: Cote, element: Element) -> None:
    assert visible_to(Partie(1, Cote.MIS_EN_CAUSE), Partie(2, other), element) is Regle.JAMAIS


def test_what_another_undertakes_is_said_to_nobody() -> None:
    for one, other in product(Cote, Cote):
        assert visible_to(Partie(1, one), Partie(2, other), Element.DEMARCHES) is Regle.JAMAIS


def test_every_statut_has_its_side(services: Services) -> None:
    sides = {valeur.code: cote_of(valeur.code) for valeur in services.listes["statut"].valeurs}
    assert {code for code, cote in sides.items() if cote is Cote.MIS_EN_CAUSE} == set(STATUTS[False])
    assert {code for code, cote in sides.items() if cote is Cote.VICTIME} == set(STATUTS[True])


def test_a_document_that_names_both_sides_says_whom(services: Services) -> None:
    people = [
        PersonneDraft(
            identite=identite, profil=Profil(statut=statut), presente=statut == "victime", accord="oui"
        )
        for identite, statut in ((ELLE, "victime"), (LUI, "mis_en_cause"))
    ]
    dossier_id = services.entretiens.record(
        draft(personnes=tuple(people), orientations=(), regime="protection_enfance")
    ).dossier_id
    content = services.documents.prepare(dossier_id, TypeDocument.INFORMATION_PREOCCUPANTE)

    def named(**said: object) -> list[str]:
        told = replace(content, concernes=(), **said)  # type: ignore[arg-type]
        return [each.identite.prenom for each in services.documents.named_on_both_sides(dossier_id, told)]

    assert named(danger="Soazig a peur.") == []
    assert named(danger="Monsieur Kerzoncuf a crié.") == [], "both bear that name"
    assert named(danger="Soazig a peur de Titouan.") == ["Soazig", "Gwenaël"]
    faits = (Fait(quand="hier", texte="GWENAEL la suit"),)
    assert named(faits=faits, demande="Protéger Mme TREVIDIC") == ["Soazig", "Gwenaël"]
    assert named(emetteur=replace(content.emetteur, nom="Trévidic Gwenaël")) == []
