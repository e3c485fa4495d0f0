"""Any sequence of edits keeps every code readable and counted under a shipped one; refusals are said field by field."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.bilan import by_familles, by_valeurs
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE, Nomenclature, Valeur
from iscg_desktop.domain.nomenclature_edition import (
    FIXED,
    LONGEST_LABEL,
    added,
    as_counted,
    counting_codes,
    is_read_by_rules,
    numbered,
    offered,
    relabelled,
    reordered,
    takes_additions,
    with_original_labels,
)
from iscg_desktop.errors import InvalidInput
from iscg_desktop.reference.nomenclatures import shipped

SHIPPED = shipped()


def _codes(error: pytest.ExceptionInfo[InvalidInput]) -> list[str]:
    return [problem.code for problem in error.value.problems]


def _with(liste: Nomenclature, *valeurs: Valeur) -> Nomenclature:
    """The list with these values changed or added."""
    known = {valeur.code: valeur for valeur in liste.valeurs} | {v.code: v for v in valeurs}
    return replace(liste, valeurs=tuple(known.values()))


@pytest.mark.parametrize("libelle", ["", "   ", "—", " . "])
def test_words_are_needed(libelle: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        relabelled(SHIPPED["demande"], "sante", libelle)
    assert _codes(refused) == ["libelle_vide"]


def test_a_label_is_short_and_the_only_one_of_its_list() -> None:
    demande = SHIPPED["demande"]
    with pytest.raises(InvalidInput) as refused:
        relabelled(demande, "sante", "x" * 1000)
    assert _codes(refused) == ["libelle_trop_long"]
    assert relabelled(demande, "sante", "x" * LONGEST_LABEL).libelle == "x" * LONGEST_LABEL
    taken = demande.libelle_de("mediation")
    with pytest.raises(InvalidInput) as refused:
        relabelled(demande, "sante", f"  {taken.upper()} ")
    assert _codes(refused) == ["libelle_en_double"]
    assert relabelled(demande, "mediation", taken).libelle == taken


def test_a_value_of_hers_names_the_shipped_one_it_counts_under() -> None:
    new = added(SHIPPED["problematique"], "Vol de bétail", "vol_escroquerie")
    assert (new.compte_sous, new.famille) == (
        "vol_escroquerie",
        SHIPPED["problematique"].valeur("vol_escroquerie").famille,
    )
    again = added(_with(SHIPPED["problematique"], new), "Vol, de bétail", "vol_escroquerie")
    assert again.code != new.code
    for liste, compte_sous, codes in (
        ("problematique", None, ["compte_sous_manquant"]),
        ("problematique", "inconnu", ["compte_sous_manquant"]),
        ("problematique", NON_RENSEIGNE, ["compte_sous_regle"]),
        ("suite", "accompagnement_engage", ["compte_sous_regle"]),
        ("issue", "realise", ["liste_fixe", "compte_sous_regle"]),
    ):
        with pytest.raises(InvalidInput) as refused:
            added(SHIPPED[liste], "Autre chose", compte_sous)
        assert _codes(refused) == codes
    with pytest.raises(InvalidInput) as refused:  # under a value of hers
        added(_with(SHIPPED["problematique"], new), "Vol de chevaux", new.code)
    assert _codes(refused) == ["compte_sous_manquant"]


def test_every_code_named_by_the_rules_exists() -> None:
    for liste in FIXED:
        assert liste in SHIPPED
    for code in ("realise", "injoignable"):
        assert is_read_by_rules("issue", code)
    assert is_read_by_rules("sexe", "femme")
    assert is_read_by_rules("tranche_age", "13_17")
    assert is_read_by_rules("demande", NON_RENSEIGNE)
    assert not is_read_by_rules("demande", "sante")
    assert not takes_additions("issue")
    assert takes_additions("demande")


def test_what_the_rules_read_stays_offered_and_one_value_at_least() -> None:
    with pytest.raises(InvalidInput) as refused:
        offered(SHIPPED["issue"], "realise", active=False)
    assert _codes(refused) == ["valeur_de_regle"]
    liste = SHIPPED["motif_sans_suite"]
    for code in [valeur.code for valeur in liste.valeurs][1:]:
        liste = _with(liste, offered(liste, code, active=False))
    with pytest.raises(InvalidInput) as refused:
        offered(liste, liste.valeurs[0].code, active=False)
    assert _codes(refused) == ["derniere_valeur"]


def test_the_labels_of_origin_do_not_fall_on_those_of_hers() -> None:
    demande = SHIPPED["demande"]
    sante = demande.libelle_de("sante")
    edited = _with(demande, relabelled(demande, "sante", "Soins"))
    edited = _with(edited, added(edited, sante, "ecoute"))
    with pytest.raises(InvalidInput) as refused:
        with_original_labels(edited, demande)
    assert refused.value.problems[0].values == {"libelle": sante}


LABELS = st.one_of(
    st.text(max_size=12), st.sampled_from(["", "Santé", "sante", "a" * 1000, "Écoute", "Écoute bis"])
)


@given(st.sampled_from(sorted(SHIPPED)), st.data())
def test_any_sequence_of_edits_keeps_codes_readable_and_counted(code: str, data: st.DataObject) -> None:
    origin = liste = SHIPPED[code]
    recorded = {valeur.code for valeur in liste.valeurs}
    for _ in range(data.draw(st.integers(1, 12))):
        picked = data.draw(st.sampled_from([valeur.code for valeur in liste.valeurs]))
        kind = data.draw(st.sampled_from(("relabel", "add", "offer", "move", "reset")))
        try:
            if kind == "relabel":
                liste = _with(liste, relabelled(liste, picked, data.draw(LABELS)))
            elif kind == "add":
                new = added(liste, data.draw(LABELS), picked)
                assert new.code not in liste
                liste = _with(liste, new)
            elif kind == "offer":
                liste = _with(liste, offered(liste, picked, active=data.draw(st.booleans())))
            elif kind == "move":
                moved = reordered(liste, picked, data.draw(st.integers(-5, 5)))
                liste = replace(liste, valeurs=numbered(liste.valeur(each) for each in moved))
            else:
                liste = replace(liste, valeurs=with_original_labels(liste, origin))
        except InvalidInput:
            continue
        recorded |= {valeur.code for valeur in liste.valeurs}
    assert recorded == {valeur.code for valeur in liste.valeurs}
    assert any(valeur.active for valeur in liste.valeurs)
    labels = [liste.libelle_de(each) for each in recorded]
    assert len(set(labels)) == len(labels)
    assert all(label.strip() and len(label) <= LONGEST_LABEL for label in labels)
    counted = as_counted(liste, origin)
    assert all(counted.counted_as(each) in origin for each in recorded)
    categories = by_valeurs(counted)
    assert [(c.code, c.libelle) for c in categories] == [(v.code, v.libelle) for v in origin.valeurs]
    for each in recorded:
        assert sum(each in categorie.valeurs for categorie in categories) == 1
        if origin.familles:
            assert sum(each in famille.valeurs for famille in by_familles(counted)) == 1


def test_what_counts_under_is_offered_for_it() -> None:
    offered_codes = {valeur.code for valeur in counting_codes(SHIPPED["suite"])}
    assert offered_codes == {"rdv_fixe", "refus_personne", "refus_partenaire", "sans_suite"}
