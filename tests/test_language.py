"""spaCy, asked word by word, says what it would say of the whole text, and stays harmless."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import LONGEST_WORD, Language, ModelError, Parser
from pipeline.language.ends import LISTED, PLAIN


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


def test_of_plain_words_spacy_lists_those_that_it_is_asked_about() -> None:
    import spacy

    listed = {word[:-1] for word in spacy.blank("en").Defaults.tokenizer_exceptions if PLAIN.fullmatch(word)}
    assert listed == LISTED


@pytest.mark.parametrize("form", ["{}.", '"{}."', "({}.)", "ex-{}.", "net—{}.”"])
def test_listed_words_get_the_answer_that_spacy_would_give_whatever_stands_about_them(
    language: Language, form: str
) -> None:
    words = [form.format(word) for word in sorted(LISTED)]
    assert {word: language.ends_after(word) for word in words} == language.ends(words)


@given(st.from_regex(PLAIN.pattern, fullmatch=True))
def test_plain_words_get_the_answer_that_spacy_would_give(language: Language, word: str) -> None:
    assert language.ends_after(word) == language.ends([word])[word]


def test_answers_do_not_depend_on_the_company_a_word_keeps(language: Language) -> None:
    together = Language().ends(["rose.", "Mr.", "5.9%.", "Inc."])
    assert together == {word: Language().ends([word])[word] for word in together}


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=()), min_size=1), max_size=5))
def test_any_words_get_an_answer(language: Language, words: list[str]) -> None:
    assert set(language.ends(words)) == set(words)


@pytest.mark.parametrize("sign", ["%", '"', "$", "=", "。", "(", "a:", "\ud800"])
def test_a_long_run_without_blanks_is_cut_before_spacy_sees_it(language: Language, sign: str) -> None:
    began = time.process_time()
    language.ends([sign * 20_000 + "."])
    assert time.process_time() - began < 1
    assert LONGEST_WORD < 400


def test_the_store_of_strings_does_not_grow_with_the_words(language: Language) -> None:
    language.ends(["warm."])
    before = len(language._pipeline[0].vocab.strings)
    language.ends([f"w{n}x." for n in range(5000)])
    assert len(language._pipeline[0].vocab.strings) - before < 100


def test_spacy_is_imported_by_the_constructor_only() -> None:
    code = "import sys, pipeline.language, pipeline.sentences; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# A hand-made parse of one sentence stands in for a trained model: word → head, label, part of speech.
PARSE = {
    "Heating": ("bills", "compound", "NOUN"),
    "bills": ("came", "nsubj", "NOUN"),
    "came": ("came", "ROOT", "VERB"),
    "promptly": ("came", "advmod", "ADV"),
    "to": ("came", "prep", "ADP"),
    "fully": ("tons", "advmod", "ADV"),
    "40": ("tons", "nummod", "NUM"),
    "tons": ("to", "pobj", "NOUN"),
}
SENTENCE = "Heating bills came promptly again to fully 40 tons"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import spacy
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc

    @Pipeline.component("hand_made_parse")
    def parse(doc: Doc) -> Doc:
        where = {token.text: token.i for token in doc}
        told = [PARSE.get(token.text, (token.text, "dep", "X")) for token in doc]
        heads = [where.get(head, 0) for head, _, _ in told]
        return Doc(
            doc.vocab,
            words=[token.text for token in doc],
            spaces=[bool(token.whitespace_) for token in doc],
            heads=heads,
            deps=[label for _, label, _ in told],
            pos=[pos for _, _, pos in told],
        )

    nlp = spacy.blank("en", meta={"name": "hand_made", "version": "1.2.3"})
    nlp.add_pipe("hand_made_parse")
    folder = tmp_path_factory.mktemp("model")
    nlp.to_disk(folder)
    return folder


def test_a_model_tells_the_subject_of_the_verb_that_a_figure_completes(model: Path) -> None:
    parser = Parser(str(model))
    start = SENTENCE.index("40")
    assert parser.subjects(SENTENCE, [(start, len(SENTENCE))]) == ["Heating bills"]
    assert parser.backend == "en_hand_made 1.2.3"


def test_a_model_is_shown_no_sentence_that_would_take_it_long(model: Path) -> None:
    assert Parser(str(model)).subjects("%" * 2000 + " 40 tons", [(2001, 2008)]) == [""]


def test_a_model_that_is_not_there_is_named_with_the_command_that_installs_it() -> None:
    with pytest.raises(ModelError, match="python -m spacy download en_core_web_none"):
        Parser("en_core_web_none")
