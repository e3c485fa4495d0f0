"""The number of a fiche: every slip and swap is found; the QR code belongs to one fiche only."""

from __future__ import annotations

import base64
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iscg_desktop.domain.fiche_numero import (
    JETON_OCTETS,
    Numero,
    lire_qr,
    normaliser_code,
    texte_qr,
    verifier_qr,
)
from iscg_desktop.errors import BugError, UserError

KEYBOARD = string.digits + string.ascii_uppercase + "*+-/_. "
codes = st.from_regex(r"[A-Z][A-Z0-9]{1,5}", fullmatch=True)
numeros = st.builds(Numero, codes, st.integers(2000, 2199), st.integers(1, 9999))
jetons = st.binary(min_size=JETON_OCTETS, max_size=JETON_OCTETS)


def read(text: str) -> Numero | None:
    """The number read, None when it is refused."""
    try:
        return Numero.parse(text)
    except UserError:
        return None


def slips(text: str) -> set[str]:
    """Every text that differs by one character, as it is printed or typed without dashes."""
    return {text[:i] + other + text[i + 1 :] for i in range(len(text)) for other in KEYBOARD} - {text}


def swaps(text: str) -> set[str]:
    return {text[:i] + text[i + 1] + text[i] + text[i + 2 :] for i in range(len(text) - 1)} - {text}


def test_the_check_character_follows_iso_7064_mod_37_2() -> None:
    # Example of the standard's construction, worked by hand: sum of value × 2^place must be 1 mod 37.
    for numero in (Numero("ARD", 2026, 141), Numero("B2", 2031, 9999), Numero("Z9Z9Z9", 2199, 1)):
        body = str(numero).replace("-", "")
        symbols = string.digits + string.ascii_uppercase + "*"
        assert sum(symbols.index(c) << place for place, c in enumerate(reversed(body))) % 37 == 1


def test_every_check_character_occurs_and_none_upsets_a_file_name() -> None:
    numeros_of_a_year = [Numero("ARD", 2026, n) for n in range(1, 2000)]
    assert {n.cle for n in numeros_of_a_year} == set(string.digits + string.ascii_uppercase + "*")
    assert all("*" not in n.nom_fichier and Numero.parse(n.nom_fichier) == n for n in numeros_of_a_year)


@given(numeros)
@settings(max_examples=15, deadline=None)
def test_no_slip_nor_swap_gives_another_number(numero: Numero) -> None:
    for written in (str(numero), str(numero).replace("-", "")):
        for wrong in slips(written) | swaps(written):
            # « + » stands for « * » and a space for a dash: the same number, said otherwise.
            assert read(wrong) in {None, numero}
            if "*" not in wrong and "+" not in wrong and wrong.count("-") == written.count("-"):
                assert read(wrong) is None


def test_all_slips_and_swaps_of_two_neighbours_exhaustively() -> None:
    """Places differ only by a power of two that is invertible mod 37: one code per place is exhaustive."""
    symbols = string.digits + string.ascii_uppercase
    for first in symbols[10:]:
        for second in symbols:
            numero = Numero(first + second, 2026, 141)
            for other in symbols:
                if other != second:
                    assert read(f"{first}{other}-2026-0141-{numero.cle}") is None
            if first != second and second.isalpha():
                assert read(f"{second}{first}-2026-0141-{numero.cle}") is None
    for ordre in range(1, 10_000):
        digits, cle = f"{ordre:04}", Numero("ARD", 2026, ordre).cle
        for wrong in swaps(digits):
            assert read(f"ARD-2026-{wrong}-{cle}") is None
        if digits[-1] != cle and cle.isdigit():
            assert read(f"ARD-2026-{digits[:3]}{cle}-{digits[-1]}") is None


@pytest.mark.parametrize(
    "write",
    [
        str,
        lambda n: str(n).lower(),
        lambda n: str(n).replace("-", ""),
        lambda n: f"  {str(n).replace('-', ' – ')}\n",
        lambda n: str(n).replace("-", "\N{NON-BREAKING HYPHEN}"),
    ],
)
def test_a_number_is_read_as_people_write_it(write: object) -> None:
    numero = Numero("ARD08", 2026, 7)
    assert Numero.parse(write(numero)) == numero  # type: ignore[operator]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ARD",
        "2026-0141",
        "ARD-2026-0000-8",
        "ARD-1926-0141-K",
        "ARDENNES-2026-0141-K",
        "\N{LATIN SMALL LETTER SHARP S}A-2026-0141-K",
        "A٣-2026-0141-K",
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="fiche_numero_illisible"):
        Numero.parse(text)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    numero = read(text)
    assert numero is None or Numero.parse(str(numero)) == numero


def test_a_code_is_set_in_capitals_and_checked() -> None:
    assert normaliser_code(" ard8 ") == "ARD8"
    for wrong in ("", "A", "8ARD", "ARD-8", "ABCDEFG", "É1"):
        with pytest.raises(UserError, match="fiche_code_intervenant"):
            normaliser_code(wrong)
        with pytest.raises(UserError, match="fiche_code_intervenant"):
            Numero(wrong, 2026, 1)


def test_numbers_of_a_year_may_run_out() -> None:
    with pytest.raises(UserError, match="fiche_numeros_epuises"):
        Numero("ARD", 2026, 10_000)
    with pytest.raises(BugError):
        Numero("ARD", 2026, 0)


@given(numeros, jetons)
def test_the_qr_code_gives_back_number_and_token(numero: Numero, jeton: bytes) -> None:
    texte = texte_qr(numero, jeton)
    assert lire_qr(texte) == (numero, jeton)
    assert lire_qr(f" {texte.lower()}\n") == (numero, jeton)
    verifier_qr(texte, numero, jeton)


@given(numeros, jetons, numeros, jetons)
def test_the_code_of_another_fiche_is_refused(
    numero: Numero, jeton: bytes, other: Numero, token: bytes
) -> None:
    if token != jeton:
        with pytest.raises(UserError, match="fiche_qr_autre"):
            verifier_qr(texte_qr(numero, token), numero, jeton)
    if other != numero:
        with pytest.raises(UserError, match="fiche_qr_autre"):
            verifier_qr(texte_qr(other, jeton), numero, jeton)


@given(numeros, jetons, st.data())
def test_a_damaged_code_is_refused(numero: Numero, jeton: bytes, data: st.DataObject) -> None:
    texte = texte_qr(numero, jeton)
    wrong = data.draw(
        st.sampled_from(sorted(slips(texte) | swaps(texte) | {texte[:-1], texte + "A", "", "ISCG1::"}))
    )
    try:
        verifier_qr(wrong, numero, jeton)
    except UserError:
        return
    # Only another spelling of the same code is accepted.
    assert lire_qr(wrong) == (numero, jeton)


@given(numeros, jetons)
def test_a_token_has_one_spelling(numero: Numero, jeton: bytes) -> None:
    """Its last character carries a bit that means nothing: set, the code was edited."""
    texte = texte_qr(numero, jeton)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    other = texte[:-1] + alphabet[alphabet.index(texte[-1]) + 1]
    assert base64.b32decode(other.rpartition(":")[2] + "===") == jeton
    with pytest.raises(UserError, match="fiche_qr_illisible"):
        lire_qr(other)


def test_a_token_of_another_length_is_our_fault() -> None:
    with pytest.raises(BugError):
        texte_qr(Numero("ARD", 2026, 1), b"short")
