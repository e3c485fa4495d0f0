"""The list of dossiers: the filters of the coffre say what a plain reading says, in one order, none lost or twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.coupon import Coupon
from iscg_desktop.domain.dates import Naissance, months_before
from iscg_desktop.domain.dossier import Dossier
from iscg_desktop.domain.fiche_liaison import FicheContent
from iscg_desktop.domain.fiche_sections import InformationAccord, Reponse, Urgence
from iscg_desktop.domain.liste_dossiers import (
    LONGEST_NAME,
    TOUS,
    VUES_FOURNIES,
    Colonne,
    Contact,
    Etat,
    Filtre,
    Signe,
    Tri,
    Vue,
)
from iscg_desktop.errors import InvalidInput
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.storage import dossiers as storage
from tests.vie import TODAY, TestClock, draft, open_services, victime

PROBLEMATIQUES = ("violences_conjugales_physiques", "mineur_en_danger", "conflit_voisinage", "alcool")
NAMES = ("Éon", "Eon", "Zola", "zima", "Œillet", "", "Aïssa", "d’Argoat", "%_';--", "N" * 1000)


@dataclass(frozen=True, repr=False)
class World:
    """A coffre of varied dossiers, and what a plain reading of each says."""

    services: Services
    session: Session
    dossiers: tuple[Dossier, ...]


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with TemporaryDirectory() as folder:
        clock = TestClock()
        services, session = open_services(Path(folder), clock)
        for rank in range(40):
            _live(services, session, clock, rank)
        clock.day = TODAY
        ids = [row["id"] for row in session.vault.execute("SELECT id FROM dossiers")]
        yield World(services, session, tuple(services.dossiers.reread(each) for each in ids))
        session.vault.close()


def _live(services: Services, session: Session, clock: TestClock, rank: int) -> None:
    """One dossier: its age, its persons and what waits in it depend on its rank."""
    day = TODAY - timedelta(days=(rank * 37) % 500)
    clock.day = day
    births = (
        Naissance(annee=TODAY.year - 18),
        Naissance(date=date(2008, 11, 24)),
        Naissance(age_estime=17),
        None,
    )
    nom = NAMES[rank % len(NAMES)]
    people = [victime(nom_naissance=nom, nom_usage="", prenom="", naissance=births[rank % 4],
                      commune=("35253", "35238", None)[rank % 3])]  # fmt: skip
    if rank % 5 == 0:
        people.append(
            victime(nom_naissance="Autre", naissance=Naissance(date=date(2015, 2, 28)), commune="35238")
        )
    problematique = PROBLEMATIQUES[rank % 4]
    if problematique not in services.listes["problematique"]:
        problematique = services.listes["problematique"].valeurs[rank % 4].code
    whole = draft(
        date=day, unite_id=(1, 2, None)[rank % 3], personnes=tuple(people), problematique_principale=problematique,
        regime=("adulte_difficulte", "protection_enfance")[rank % 2], saisine=None,
        issue="realise" if rank % 7 else "absent",
    )  # fmt: skip
    recorded = services.entretiens.record(whole)
    if rank % 4 == 1:
        services.journee.add_relance(day + timedelta(days=(rank * 13) % 400), "Rappeler", recorded.dossier_id)
    if rank % 3 == 0:
        content = services.fiches.prepare(recorded.orientation_ids[0])
        told = replace(content.information, informee_le=day, parents_informes=Reponse.OUI)
        issued = services.fiches.issue(recorded.orientation_ids[0], _whole(content, told))
        if rank % 2:
            services.retours.record(issued.fiche_id, Coupon(suite="sans_suite", date=day))
    if rank % 6 == 2:
        services.referent.add(recorded.dossier_id, "À revoir ensemble")
    if rank % 5 == 3:
        services.dossiers.close(recorded.dossier_id, "Relais pris")


def _whole(content: FicheContent, told: InformationAccord) -> FicheContent:
    someone = replace(content.personne, designation=content.personne.designation or "une personne")
    return replace(content, information=told, urgence=Urgence.DIFFEREE, personne=someone)


# --- what a plain reading says ----------------------------------------------------------------------------


def _plain(world: World, filtre: Filtre) -> set[int]:
    return {dossier.id for dossier in world.dossiers if _lets_through(world, filtre, dossier)}


def _lets_through(world: World, filtre: Filtre, dossier: Dossier) -> bool:
    liste = world.services.listes["problematique"]
    principale = dossier.problematique_principale
    lives = {each.personne.identite.commune for each in dossier.personnes}
    return all(
        (
            not filtre.etats or (Etat.OUVERT if dossier.clos_le is None else Etat.CLOS) in filtre.etats,
            not filtre.unites or dossier.unite_id in filtre.unites,
            not filtre.familles
            or (principale is not None and liste.famille_of(principale) in filtre.familles),
            not filtre.communes or bool(lives & filtre.communes),
            not filtre.regimes or dossier.regime in filtre.regimes,
            not filtre.contacts or any(_within(each, dossier.dernier_contact) for each in filtre.contacts),
            all(_has(world, signe, dossier) for signe in filtre.signes),
        )
    )


def _within(contact: Contact, day: date) -> bool:
    ago = {
        Contact.MOINS_DE_30_JOURS: day >= TODAY - timedelta(days=30),
        Contact.MOINS_DE_3_MOIS: day >= date(2026, 8, 23),
        Contact.MOINS_D_UN_AN: day >= date(2025, 11, 23),
        Contact.PLUS_DE_3_MOIS: day < date(2026, 8, 23),
        Contact.PLUS_DE_6_MOIS: day < date(2026, 5, 23),
        Contact.PLUS_D_UN_AN: day < date(2025, 11, 23),
    }
    return ago[contact]


def _has(world: World, signe: Signe, dossier: Dossier) -> bool:
    if signe is Signe.A_REVOIR:
        return dossier.a_revoir
    if signe is Signe.MINEUR:
        ages = [each.personne.identite.age(TODAY)[0] for each in dossier.personnes]
        return any(age is not None and age < 18 for age in ages)
    if signe is Signe.SANS_RETOUR:
        day = world.services.journee
        return dossier.id in {fiche.dossier_id for fiche in day.fiches_lues(day.fiches_sans_retour())}
    return any(e.kind == "relance" and e.issue == "a_faire" and e.date <= TODAY for e in dossier.evenements)


# --- and what the coffre answers --------------------------------------------------------------------------

UNITES = st.frozensets(st.sampled_from([1, 2, 99]), max_size=2)
FILTRES = st.builds(
    Filtre,
    etats=st.frozensets(st.sampled_from(Etat), max_size=2),
    unites=UNITES,
    familles=st.frozensets(
        st.sampled_from(["intrafamilial", "enfance_jeunesse", "voisinage", "inconnue"]), max_size=2
    ),
    communes=st.frozensets(st.sampled_from(["35253", "35238", "99999"]), max_size=2),
    regimes=st.frozensets(st.sampled_from(["adulte_difficulte", "protection_enfance"]), max_size=1),
    contacts=st.frozensets(st.sampled_from(Contact), max_size=2),
    signes=st.frozensets(st.sampled_from(Signe), max_size=2),
)
TRIS = st.builds(Tri, st.sampled_from(Colonne), st.booleans())


@given(filtre=FILTRES, tri=TRIS)
def test_a_filter_lets_through_what_a_plain_reading_does(world: World, filtre: Filtre, tri: Tri) -> None:
    shown = world.services.liste_dossiers.ids("", filtre, tri)
    assert len(shown) == len(set(shown))
    assert set(shown) == _plain(world, filtre)


@pytest.mark.parametrize("signe", Signe)
def test_each_sign_is_carried_by_some_and_not_by_all(world: World, signe: Signe) -> None:
    shown = world.services.liste_dossiers.ids("", Filtre(signes=frozenset({signe})), None)
    assert 0 < len(shown) < len(world.dossiers)


@given(tri=TRIS, size=st.integers(1, 50))
def test_windows_of_any_sort_lose_and_repeat_nothing(world: World, tri: Tri, size: int) -> None:
    liste = world.services.liste_dossiers
    ids = liste.ids("", Filtre(), tri)
    seen = [line.id for start in range(0, len(ids), size) for line in liste.lines(ids[start : start + size])]
    assert tuple(seen) == ids
    assert set(ids) == {dossier.id for dossier in world.dossiers}


@given(tri=TRIS)
def test_the_order_is_that_of_what_is_shown(world: World, tri: Tri) -> None:
    lines = world.services.liste_dossiers.lines(world.services.liste_dossiers.ids("", Filtre(), tri))
    keys = [_key(world.services, line, tri.colonne) for line in lines]
    known = [key for key in keys if key is not None]
    assert keys[: len(known)] == known  # what is not known comes last, whatever the direction
    assert known == sorted(known, reverse=tri.descendant)


def _key(services: Services, line: object, colonne: Colonne) -> object:
    from iscg_desktop.storage.dossiers import folded

    got = {
        Colonne.NUMERO: lambda: (line.numero[:4], int(line.numero[5:])),  # type: ignore[attr-defined]
        Colonne.PERSONNES: lambda: folded(line.noms.split(", ")[0]).replace("personne sans nom", "") or None,  # type: ignore[attr-defined]
        Colonne.PROBLEMATIQUE: lambda: (
            folded(services.listes.libelle("problematique", line.problematique))
            if line.problematique
            else None  # type: ignore[attr-defined]
        ),
        Colonne.UNITE: lambda: folded(line.unite) or None,  # type: ignore[attr-defined]
        Colonne.ENTRETIENS: lambda: line.entretiens,  # type: ignore[attr-defined]
        Colonne.CONTACT: lambda: line.dernier_contact,  # type: ignore[attr-defined]
    }
    return got[colonne]()


@given(
    text=st.sampled_from(["eon", "zola", "argoat", "zzz", "'; DROP TABLE dossiers; --"]),
    filtre=FILTRES,
    tri=st.none() | TRIS,
)
def test_a_search_and_a_filter_are_both_obeyed(
    world: World, text: str, filtre: Filtre, tri: Tri | None
) -> None:
    services = world.services
    found = [line.id for line in services.dossiers.find(text, limit=1000)]
    shown = services.liste_dossiers.ids(text, filtre, tri)
    assert set(shown) == set(found) & _plain(world, filtre)
    if tri is None:
        assert list(shown) == [each for each in found if each in set(shown)]


def test_an_erased_dossier_is_left_out_of_its_window(world: World) -> None:
    ids = world.services.liste_dossiers.ids("", Filtre(), None)
    assert [line.id for line in world.services.liste_dossiers.lines([ids[0], 10**9, ids[1]])] == list(ids[:2])


# --- views -------------------------------------------------------------------------------------------------

VUES = st.builds(Vue, st.text(min_size=1, max_size=LONGEST_NAME).map(str.strip).filter(bool), FILTRES, TRIS)


@given(vue=VUES)
def test_a_view_comes_back_as_it_was_kept(world: World, vue: Vue) -> None:
    liste = world.services.liste_dossiers
    if vue.nom.casefold() in {each.nom.casefold() for each in VUES_FOURNIES}:
        return
    liste.keep_vue(vue)
    assert liste.vues() == (*VUES_FOURNIES, vue)
    liste.keep_vue(replace(vue, tri=Tri(Colonne.NUMERO)))  # the same name: replaced, not doubled
    assert liste.vues() == (*VUES_FOURNIES, replace(vue, tri=Tri(Colonne.NUMERO)))
    liste.drop_vue(vue.nom)
    assert liste.vues() == VUES_FOURNIES


@pytest.mark.parametrize(
    ("nom", "code"),
    [
        ("", "vue_sans_nom"),
        ("  ", "vue_sans_nom"),
        ("v" * 61, "vue_nom_long"),
        ("OUVERTS", "vue_deja_fournie"),
    ],
)
def test_a_name_that_will_not_do_is_refused(world: World, nom: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        world.services.liste_dossiers.keep_vue(Vue(nom))
    assert [problem.code for problem in refused.value.problems] == [code]
    assert world.services.liste_dossiers.vues() == VUES_FOURNIES


KEYS = st.sampled_from(["nom", "filtre", "tri"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(kept=JSON)
def test_whatever_lies_in_their_place_the_views_are_read(kept: object) -> None:
    vue = Vue.from_json(kept)
    assert vue is None or vue.nom


@given(
    codes=st.lists(
        st.text(max_size=20) | st.sampled_from(["etats:ouvert", "unites:1", "unites:²", "signes:x"])
    )
)
def test_a_filter_knows_its_own_codes_only(codes: list[str]) -> None:
    filtre = Filtre.of_codes(codes)
    assert Filtre.of_codes(filtre.codes()) == filtre
    assert bool(filtre) == bool(filtre.codes())


def test_the_first_view_shows_everything(world: World) -> None:
    assert not TOUS.filtre
    assert len(world.services.liste_dossiers.ids("", TOUS.filtre, TOUS.tri)) == len(world.dossiers)


@given(day=st.dates(date(1990, 1, 1), date(2090, 1, 1)), months=st.integers(0, 40))
def test_months_before_is_the_same_day_or_the_last_of_the_month(day: date, months: int) -> None:
    earlier = months_before(day, months)
    assert (day.year * 12 + day.month) - (earlier.year * 12 + earlier.month) == months
    assert earlier.day == day.day or (earlier + timedelta(days=1)).month != earlier.month


TYPED = st.sampled_from(
    ("e", "éon", "z", "zola", "d", "argoat", "n", "autre", "2026", "20", "0001", "a z", "o", "rien", "")
)


@given(typed=TYPED | st.text(alphabet="aeinoztérd2 ", min_size=1, max_size=4), screen=st.integers(1, 45))
def test_the_first_results_are_the_first_ones_of_all(world: World, typed: str, screen: int) -> None:
    """What is shown at once does not move when the rest comes."""
    every = world.services.liste_dossiers.ids(typed, TOUS.filtre, None)
    if typed.strip():
        assert world.services.liste_dossiers.ids(typed, TOUS.filtre, None, screen) == every[:screen]
    assert len(set(every)) == len(every)


def test_of_very_many_the_newest_come_first(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weighing all those that « 20 » finds is what a large coffre would wait for; a screen is the first of all."""
    every = [dossier.id for dossier in world.dossiers]
    found = {typed: world.session.read.dossiers.search_ids(typed, 1_000) for typed in ("20", "eon")}
    assert set(found["20"]) == set(every)
    monkeypatch.setattr(storage, "_WEIGHED", len(every) - 1)
    for screen in (1, 7, 1_000):
        newest = tuple(sorted(every, reverse=True)[:screen])
        assert world.session.read.dossiers.search_ids("20", screen) == newest
        assert world.session.read.dossiers.search_ids("20", screen, names_only=True) == newest
        assert world.session.read.dossiers.search_ids("eon", screen) == found["eon"][:screen]  # few: weighed
        whole = world.services.liste_dossiers.ids("20", TOUS.filtre, None)
        assert world.services.liste_dossiers.ids("20", TOUS.filtre, None, screen) == whole[:screen]


def test_what_the_first_results_do_without_is_not_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen that names fill leaves the notes unread: reading them is what a large coffre would wait for."""
    asked: list[bool] = []
    dossiers = world.session.read.dossiers
    search = dossiers.search_ids

    def counted(text: str, limit: int, *, names_only: bool = False) -> tuple[int, ...]:
        asked.append(names_only)
        return search(text, limit, names_only=names_only)

    monkeypatch.setattr(dossiers, "search_ids", counted)
    assert len(world.services.liste_dossiers.ids("éon", TOUS.filtre, None, 3)) == 3
    assert False not in asked
    world.services.liste_dossiers.ids("éon", TOUS.filtre, None)
    assert False in asked
