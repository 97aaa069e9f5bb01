"""spaCy, asked word by word, says what it would say of the whole text, and stays harmless."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import LONGEST_WORD, Language


@pytest.fixture(scope="module")
def language() -> Language:
    return Language()


@pytest.mark.parametrize(
    ("word", "ends"),
    [
        ("rose.", True),
        ("5.9%.", True),
        ("2009.", True),
        ("funds.)", True),
        ('record."', True),
        ("why?", True),
        ("Mr.", False),
        ("e.g.", False),
        ("Inc.", False),
        ("Oct.", False),
        ("J.", False),
    ],
)
def test_a_word_ends_a_sentence_or_is_an_abbreviation(language: Language, word: str, ends: bool) -> None:
    assert language.ends([word]) == {word: ends}


def test_words_alone_get_the_answers_of_the_sentencizer_over_the_whole_text(language: Language) -> None:
    import spacy

    whole = spacy.blank("en")
    whole.add_pipe("sentencizer")
    text = (
        "Mr. Lee of Hill Inc. paid $5.9 million in Oct. Exports rose 5.9%. They were 1,422 tons (see Fig. 3). "
        'It was a "record." The U.S. share fell to No. 2. Was it so? It was! Rates in St. Paul were approx. 3 percent. '
    ) * 20
    starts = {sentence.start_char for sentence in whole(text).sents}
    words = [word for word in text.split() if word.rstrip("\"')")[-1] in ".?!"]
    known = language.ends(words)
    at = 0
    for word in words:
        at = text.index(word, at) + len(word)
        assert known[word] == (at + 1 in starts or at + 1 == len(text)), (word, at)


def test_answers_do_not_depend_on_the_company_a_word_keeps(language: Language) -> None:
    together = Language().ends(["rose.", "Mr.", "5.9%.", "Inc."])
    assert together == {word: Language().ends([word])[word] for word in together}


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=()), min_size=1), max_size=5))
def test_any_words_get_an_answer(language: Language, words: list[str]) -> None:
    assert set(language.ends(words)) == set(words)


@pytest.mark.parametrize("sign", ["%", '"', "$", "=", "。", "(", "a:", "\ud800"])
def test_a_long_run_without_blanks_is_cut_before_spacy_sees_it(language: Language, sign: str) -> None:
    began = time.perf_counter()
    language.ends([sign * 20_000 + "."])
    assert time.perf_counter() - began < 1
    assert LONGEST_WORD < 400


def test_the_store_of_strings_does_not_grow_with_the_words(language: Language) -> None:
    language.ends(["warm."])
    before = len(language._nlp.vocab.strings)
    language.ends([f"w{n}x." for n in range(5000)])
    assert len(language._nlp.vocab.strings) - before < 100


def test_spacy_is_imported_by_the_constructor_only() -> None:
    code = "import sys, pipeline.language, pipeline.sentences; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
