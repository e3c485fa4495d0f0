"""The frozen copy of the territories: whole, linked, and found however a place is typed."""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.paths import resources
from iscg_desktop.reference.places import ACTUELLE, Commune, commune_of_today
from iscg_desktop.reference.territories import Territories

TABLES = resources() / "territoires"


@pytest.fixture(scope="module")
def territories() -> Territories:
    return Territories()


@pytest.fixture(scope="module")
def communes(territories: Territories) -> list[Commune]:
    """Every place of the tables, with those attached that share their code with a commune of today."""
    found = []
    for table in ("communes", "rattachees"):
        for line in (TABLES / f"{table}.tsv").read_text("utf-8").splitlines()[1:]:
            code, name = line.split("\t")[0], line.split("\t")[-1]
            place = territories.commune(code)
            if place is None or place.nom != name:
                same_name = territories.search(name, limit=200)
                place = next(each for each in same_name if (each.code, each.nom) == (code, name))
            found.append(place)
    return found


def _bare(text: str) -> str:
    marks = unicodedata.normalize("NFD", text.replace("œ", "oe").replace("Œ", "OE"))
    return "".join(letter for letter in marks if not unicodedata.combining(letter))


def _spaced(text: str) -> str:
    return text.replace("-", " ").replace("'", " ")


def _typographic(text: str) -> str:
    return text.replace("'", "’").replace("-", "\u2011")


def _abbreviated(text: str) -> str:
    return text.replace("Saint-", "St ").replace("Sainte-", "Ste ")


WRITINGS: list[Callable[[str], str]] = [
    str,
    str.upper,
    str.lower,
    _bare,
    _spaced,
    _typographic,
    _abbreviated,
    lambda text: _spaced(_bare(text)).upper(),
    lambda text: _spaced(_bare(text)).replace(" ", ""),
    lambda text: f"  {text}  ",
    lambda text: unicodedata.normalize("NFD", text),
]


def _same(text: str) -> str:
    return _spaced(_bare(text)).replace(" ", "").lower()


@pytest.mark.parametrize("writing", WRITINGS)
def test_every_place_comes_first_under_its_own_name(
    territories: Territories, communes: list[Commune], writing: Callable[[str], str]
) -> None:
    """First, or behind places of the same name only, « (Le) Saint » being one of « Saint »."""
    homonyms = Counter(_same(place.nom) for place in communes)
    for place in random.Random(7).sample(communes, 600):
        key = _same(place.nom)
        found = territories.search(writing(place.nom), limit=homonyms[key] + 10)
        assert place in found, (place, writing(place.nom))
        before = [_same(each.nom) for each in found[: found.index(place)]]
        articles = {key, "l" + key, "la" + key, "le" + key, "les" + key}
        assert set(before) <= articles, (place, before)


def test_every_place_is_found_by_its_label(territories: Territories, communes: list[Commune]) -> None:
    for place in random.Random(8).sample(communes, 600):
        found = territories.search(place.libelle, limit=40)
        assert place in found, place.libelle
        assert found[0].departement == place.departement
        assert _same(place.nom) in _same(found[0].nom)


def test_every_place_of_today_is_found_by_each_postal_code_and_by_its_code(
    territories: Territories, communes: list[Commune]
) -> None:
    for place in random.Random(9).sample(communes, 600):
        assert all(place in territories.search(code, limit=500) for code in place.codes_postaux)
        today = territories.commune(place.code)
        assert today in territories.search(place.code)
        assert today in territories.search(place.code.lower(), limit=1) or place.code in {
            code for each in territories.search(place.code, limit=500) for code in each.codes_postaux
        }


@given(st.text(max_size=200), st.text(max_size=5), st.integers(-1, 30))
def test_search_never_raises(text: str, departement: str, limit: int) -> None:
    found = SHARED.search(text, departement=departement, limit=limit)
    assert len(found) <= max(limit, 0)
    assert len(set(found)) == len(found)


@given(st.text(alphabet="saint ste'œé-2ab035()", max_size=60))
def test_search_never_raises_on_what_looks_like_a_name(text: str) -> None:
    assert len(SHARED.search(text)) <= 12


SHARED = Territories()


@pytest.mark.parametrize("text", ["", "   ", "--", "(", "\n", "\0", "東京"])
def test_nothing_to_look_for_finds_nothing(territories: Territories, text: str) -> None:
    assert territories.search(text) == []


def test_a_page_pasted_by_mistake_is_no_work(territories: Territories) -> None:
    assert territories.search("Rennes" + " " * 100_000 + "xyz") == territories.search("Rennes")
    assert territories.search("st " * 40)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("st aubin du corm", "Saint-Aubin-du-Cormier (35)"),
        ("saint aub corm", "Saint-Aubin-du-Cormier (35)"),
        ("cormier aubin", "Saint-Aubin-du-Cormier (35)"),
        ("aubin 35140", "Saint-Aubin-du-Cormier (35)"),
        ("mans", "Le Mans (72)"),
        ("l'hay", "L'Haÿ-les-Roses (94)"),
        ("oeting", "Œting (57)"),
        ("ste luce sur l", "Sainte-Luce-sur-Loire (44)"),
        ("sts geosmes", "Saints-Geosmes (52)"),
        ("stes maries", "Saintes-Maries-de-la-Mer (13)"),
        ("stras", "Strasbourg (67)"),
        ("st ", "Le Saint (56)"),
        ("paris 15", "Paris 15e Arrondissement (75)"),
        ("saint denis (93)", "Saint-Denis (93)"),
        ("2a", "Ajaccio (2A)"),
        ("2A004", "Ajaccio (2A)"),
        ("974", "Saint-Denis (974)"),
        ("35 000", "Rennes (35)"),
    ],
)
def test_what_is_typed_finds_what_is_meant(territories: Territories, typed: str, first: str) -> None:
    assert territories.search(typed)[0].libelle == first


def test_st_may_also_be_the_start_of_a_word(territories: Territories) -> None:
    found = [place.nom for place in territories.search("st")]
    assert "Strasbourg" in found
    assert "Saint-Étienne" in found


def test_exact_names_come_before_starts_and_starts_before_words(territories: Territories) -> None:
    def kind(place: Commune) -> int:
        name = _same(place.nom)
        return 0 if name == "aubin" else 1 if name.startswith("aubin") else 2

    for departement in (None, "35", "12"):
        kinds = [kind(place) for place in territories.search("aubin", departement=departement, limit=60)]
        assert kinds == sorted(kinds)
        assert set(kinds) == {0, 1, 2}


def test_the_preferred_departement_comes_first_within_a_kind_then_the_population(
    territories: Territories,
) -> None:
    everywhere = territories.search("saint-aubin-d", limit=99)
    beginning = [place for place in everywhere if _same(place.nom).startswith("saintaubind")]
    found = territories.search("saint-aubin-d", departement="35", limit=len(beginning))
    assert set(found) == set(beginning)
    assert [place.departement for place in found].index("35") == 0
    order = [(place.departement != "35", -(place.population or 0)) for place in found]
    assert order == sorted(order)
    assert {place.departement for place in found} > {"35"}


def test_a_postal_code_leaves_a_seat_to_the_place_with_this_insee_code(territories: Territories) -> None:
    found = territories.search("35140")
    assert found[0].codes_postaux == ("35140",)
    assert found[-1].code == "35140"
    assert len(found) == 12


def test_codes_are_text(territories: Territories) -> None:
    assert territories.commune("01004") == Commune(
        "01004", "Ambérieu-en-Bugey", ("01500",), "240100883", "01", 15934, "actuelle", "01004"
    )
    assert territories.commune("1004") is None
    corsican = territories.commune(" 2a004 ")
    assert corsican is not None
    assert (corsican.nom, corsican.departement) == ("Ajaccio", "2A")


def test_an_attached_place_belongs_to_a_commune_of_today(
    territories: Territories, communes: list[Commune]
) -> None:
    assert Counter(place.type for place in communes).keys() == {
        "actuelle",
        "deleguee",
        "associee",
        "arrondissement",
    }
    for place in communes:
        today = territories.commune(place.actuelle)
        assert today is not None
        assert today.type == "actuelle"
        assert (place.epci, place.departement) == (today.epci, today.departement)
        assert (place.type == "actuelle") == (place == today)


def test_a_place_associated_across_a_departement_counts_where_it_belongs_today(
    territories: Territories,
) -> None:
    place = territories.commune("02285")
    assert place is not None
    assert (place.nom, place.actuelle, place.departement) == ("Escaufourt", "59545", "59")


def test_a_code_no_longer_in_use_gives_the_commune_of_today(territories: Territories) -> None:
    abolished = {
        gone: line.split("\t")[0]
        for line in (TABLES / "communes.tsv").read_text("utf-8").splitlines()[1:]
        for gone in line.split("\t")[4].split()
    }
    assert len(abolished) > 4000
    # Twice the history passes through a commune the place has left since: where it is attached today counts.
    rows = (line.split("\t") for line in (TABLES / "rattachees.tsv").read_text("utf-8").splitlines()[1:])
    abolished |= {code: parent for code, _, parent, *_ in rows if code in abolished}
    for gone, today in abolished.items():
        place = territories.commune(gone)
        assert place is not None
        assert place.actuelle == today


def test_a_shared_code_gives_the_commune_of_today_and_both_are_found_by_name(
    territories: Territories,
) -> None:
    today = territories.commune("01015")
    assert today is not None
    assert (today.nom, today.type) == ("Arboys en Bugey", "actuelle")
    attached = territories.search("arbignieu")[0]
    assert (attached.code, attached.type, attached.actuelle) == ("01015", "deleguee", "01015")


def test_every_epci_and_departement_is_known(territories: Territories, communes: list[Commune]) -> None:
    without = [place.libelle for place in communes if place.epci is None and place.type == "actuelle"]
    assert len(without) == 98
    assert "Ouessant (29)" in without
    for place in communes:
        assert territories.departement(place.departement) is not None
        assert place.epci is None or territories.epci(place.epci) is not None
    assert territories.epci("0") is None
    assert territories.departement("20") is None


def test_the_epcis_of_a_departement(territories: Territories) -> None:
    assert [epci.nom for epci in territories.epcis_of("90")] == [
        "CA Grand Belfort",
        "CC des Vosges du Sud",
        "CC du Sud Territoire",
    ]
    assert territories.epcis_of("00") == []
    departement = territories.departement("2a")
    assert departement is not None
    assert (departement.code, departement.nom, departement.region) == ("2A", "Corse-du-Sud", "Corse")


def test_making_one_reads_nothing(tmp_path: Path) -> None:
    idle = Territories(tmp_path / "absent")
    with pytest.raises(FileNotFoundError):
        idle.commune("35238")


def test_after_loading_nothing_is_read_any_more(tmp_path: Path) -> None:
    for table in TABLES.glob("*.tsv"):
        (tmp_path / table.name).write_bytes(table.read_bytes())
    copy = Territories(tmp_path)
    copy.load()
    for table in tmp_path.glob("*.tsv"):
        table.unlink()
    assert copy.search("saint malo 35")[0].libelle == "Saint-Malo (35)"
    assert copy.search("35288")[-1].code == "35288"
    assert copy.epcis_of("90")
    assert copy.departement("90")


def test_a_commune_read_alone_is_the_one_of_the_tables(
    territories: Territories, communes: list[Commune]
) -> None:
    for commune in random.Random(1).sample([each for each in communes if each.type == ACTUELLE], 40):
        assert commune_of_today(TABLES, commune.code) == commune
    for code in ("", "35", "99999", "code"):
        assert commune_of_today(TABLES, code) is None


def test_a_few_communes_are_told_before_the_tables_are_read(tmp_path: Path) -> None:
    (tmp_path / "communes.tsv").write_bytes((TABLES / "communes.tsv").read_bytes())
    copy = Territories(tmp_path)
    assert [copy.commune(" 35238 ") for _ in range(3)] == [Territories().commune("35238")] * 3
    with pytest.raises(FileNotFoundError):  # an old code: the tables say which commune took its place
        copy.commune("01340")
    many = (copy.commune("35238") for _ in range(40))  # each of them read alone would take longer
    with pytest.raises(FileNotFoundError):
        list(many)


@pytest.mark.parametrize("turn", [0, 20, 40])
def test_read_in_turns_they_answer_before_the_last_too(territories: Territories, turn: int) -> None:
    slow = Territories()
    turns = slow.loading()
    for _ in range(turn):
        next(turns)
    assert slow.commune("01340") == territories.commune("01340")
    assert len(list(turns)) > 10
    assert slow.search("35288 st") == territories.search("35288 st")
    assert slow.search("saint malo 35") == territories.search("saint malo 35")


def test_tables_are_sorted_text_without_repetition() -> None:
    for table in ("communes", "epci", "departements"):
        codes = [
            line.split("\t")[0] for line in (TABLES / f"{table}.tsv").read_text("utf-8").splitlines()[1:]
        ]
        assert codes == sorted(set(codes))
    assert b"\r" not in (TABLES / "communes.tsv").read_bytes()
