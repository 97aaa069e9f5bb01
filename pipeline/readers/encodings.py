"""Bytes of a text → its text, the encoding it was in, and how certain that is. It decodes strictly and guesses nothing.

What is in no Unicode encoding is taken for a legacy one only where the text then reads like a language written in it
(its commonest characters are common, its words keep to one alphabet); otherwise it is a ReadError that names the two
likeliest encodings.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.model import Certainty
from pipeline.patterns import lazy
from pipeline.readers.source import ReadError


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text without its byte order mark; `mark` is the length of that in bytes."""

    text: str
    encoding: str
    certainty: Certainty
    mark: int = 0


_MARKS = (  # that of UTF-32 begins like that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What Python knows by a name as it knows encodings, and no file is saved in.
_NO_CHARSETS = frozenset(
    ("idna", "punycode", "unicode_escape", "unicode-escape", "raw_unicode_escape", "raw-unicode-escape")
)
_PROBE = 4096
_SAMPLE = 200_000  # characters: from them is told what language a text is in


def decode(data: bytes, name: str, given: str = "", declared: str = "") -> Decoded:
    """The text of these bytes. `given` is the user's word and final; `declared`, the file's own, counts where it fits.

    `name` is the report's, for messages.
    """
    if given:
        return _given(data, name, given)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_strict(data, encoding, name, len(mark)), encoding, "certain", len(mark))
    if encoding := _by_nuls(data[:_PROBE]):
        return Decoded(_strict(data, encoding, name), encoding, "certain")
    for encoding in ("utf-8", *_known(declared)):  # what is valid UTF-8 is nothing else, whatever it says of itself
        try:
            return Decoded(data.decode(encoding), encoding, "certain" if encoding == "utf-8" else "declared")
        except UnicodeError:
            continue
    return _legacy(data, name)


def _given(data: bytes, name: str, given: str) -> Decoded:
    if not (known := [*_known(given)]):
        raise ReadError(f"{name}: there is no encoding {given!r}; utf-8, gb18030 and cp1252 are some")
    (encoding,) = known
    for mark, marked in _MARKS:
        if data.startswith(mark) and marked.startswith(encoding):
            return Decoded(_strict(data, marked, name, len(mark)), marked, "given", len(mark))
    return Decoded(_strict(data, encoding, name), encoding, "given")


def _known(encoding: str) -> Iterator[str]:
    """The encoding under its plain name, if there is one of that name that makes text of bytes."""
    try:
        plain = codecs.lookup(encoding.strip()).name if encoding else ""
        if plain and plain not in _NO_CHARSETS and isinstance(b"    ".decode(plain, "ignore"), str):
            # What calls itself Latin-1 or GB2312 is written in their supersets, and so do browsers read it.
            yield {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}.get(plain, plain)
    except (LookupError, ValueError):
        return


def _strict(data: bytes, encoding: str, name: str, mark: int = 0) -> str:
    try:
        return data[mark:].decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start + mark
        wrong = data[at : at + 1].hex()
        kind = encoding.removesuffix("-le").removesuffix("-be").upper()
        raise ReadError(f"{name}: not {kind} text: byte {wrong} at offset {at}; save the file as UTF-8") from None


def _by_nuls(probe: bytes) -> str:
    """The encoding told by where the NULs stand, or nothing.

    Western text has one in every second byte of UTF-16, Chinese reports still in figures and line ends.
    """
    counts = [probe[n::4].count(0) for n in range(4)]
    quarter = max(len(probe) // 4, 1)
    if min(counts[2], counts[3]) * 8 > 7 * quarter:
        return "utf-32-le"
    if min(counts[0], counts[1]) * 8 > 7 * quarter:
        return "utf-32-be"
    even, odd = counts[0] + counts[2], counts[1] + counts[3]
    if odd > 8 * even and odd * 20 >= len(probe):
        return "utf-16-le"
    if even > 8 * odd and even * 20 >= len(probe):
        return "utf-16-be"
    return ""


# Legacy encodings -----------------------------------------------------------------------------------------------------

_HAN = frozenset(
    "的一是在不了有和人这中大为上个国年会要以时到说们生子出多作地用家就公工业市万元增长发展区经济农村县百分比全"
    "與為個國會時長發經濟農縣這們來對產業，。、：；（）《》【】“”０１２３４５６７８９％"
)
# What English that was written with a Chinese or Japanese program has beyond ASCII.
_TYPOGRAPHY = frozenset("‘’“”—–…•·￡£€％℃°±×÷½²③①②，。、（）：；　")
_HIRAGANA = frozenset("のにはをたがでてとしれさいるなかもりっまこそうあく、。")
_HANGUL = frozenset("이다에의는을를가하고은로기지도한사년인시대정원과")
_CYRILLIC = frozenset("оеаинтсрвлкмдпуО")
_RUSSIAN = lazy("[А-Яа-яЁёІіЇїЄєҐґЎў]++")
# The letters beyond A to Z of the languages that are written in cp1252.
_ALPHABETS = tuple(
    frozenset(letters + letters.upper())
    for letters in (
        "àâæçèéêëîïôœùûüÿ",  # French
        "áéíñóúü",  # Spanish
        "äöüßéàè",  # German
        "áâãàçéêíóôõúü",  # Portuguese
        "àèéìíîòóùú",  # Italian
        "æøåéèêóòôäöü",  # Danish, Norwegian
        "åäöéàü",  # Swedish, Finnish
        "éëïöüèáóíú",  # Dutch
        "àçèéíïòóúü",  # Catalan
        "áéíóúýþæöð",  # Icelandic
    )
)
_SIGNS = frozenset("€‚„…†‡‰‹›‘’“”•–—™¡¢£¥§©ª«®°±²³¹µ·º»¼½¾¿×÷¶\u00a0\u00ad")
_WESTERN_WORD = lazy(r"[A-Za-zÀ-ÖØ-öø-ÿŒœŠšŽžŸ]++")
# What only a wrong reading has: a sign or a capital within a word, a letter before a digit, a low quote before a blank.
_WRONG_FORM = lazy(
    r"""[a-zß-ÿ][‚„€†‡‰•™¡¢£¥§©ª®°±²³¹µº¼½¾¿¶][a-zß-ÿ] | [a-zß-ÿ][ÀÂ-ÖØ-Þ] | [a-z][A-Z][à-ÿ] | [À-ÖØ-öø-ÿœŒ]\d
    | ¢[A-Z] | (?<![A-ZÀ-Þ])Ò | ©\\ | [‚„¥]\s | õ(?!e) | Õ(?!E) | (?<!\S)[ÁÂ-ÈÊ-ÒÔ-ÖØ-ÞŒŠŽŸ](?!\S)""",
    re.VERBOSE,
)
_RARE_FORM = lazy(r"[а-яёіїє][А-ЯЁ]|[A-Za-z][А-Яа-яЁё]|[А-Яа-яЁё][A-Za-z]|[а-яЎў]\d|[‚„]\s")


def _shows(common: frozenset[str], percent: int) -> Callable[[str], bool]:
    """A test: of the characters beyond ASCII, so many in a hundred are among the commonest of a language."""

    def test(text: str) -> bool:
        counts = Counter(character for character in text if character > "\x7f")
        if counts.keys() <= _TYPOGRAPHY:
            return True
        return sum(counts[character] for character in common) * 100 >= percent * counts.total()

    return test


def _chinese(text: str) -> bool:
    """Whether this reads like Chinese, or like a western text with signs that GB18030 writes in four bytes: ©."""
    beyond = {character for character in text if character > "\x7f"}
    return beyond <= _TYPOGRAPHY | _SIGNS or _shows(_HAN, 22)(text)


def _western(text: str) -> bool:
    """Whether this reads like a language that is written in cp1252: each word in one alphabet, most in the same."""
    if _WRONG_FORM.search(text) or text.count("¡") > text.count("!") or text.count("¿") > text.count("?"):
        return False
    letters: Counter[str] = Counter()
    for word in _WESTERN_WORD.findall(text):
        if not word.isascii():
            beyond = {letter for letter in word if letter > "\x7f"}
            if not any(beyond <= alphabet for alphabet in _ALPHABETS):
                return False
            letters.update(beyond)
    others = {character for character in text if character > "\x7f"} - letters.keys()
    if not others <= _SIGNS:
        return False
    own = max(sum(letters[letter] for letter in alphabet) for alphabet in _ALPHABETS)
    return letters.total() * 70 < len(text) or own * 100 >= letters.total() * 95


def _russian(text: str) -> bool:
    """Whether this reads like Russian and its kin: common letters, and capitals only where words begin."""
    words = _RUSSIAN.findall(text)
    strange = len(_RARE_FORM.findall(text))
    beyond = {character for character in text if character > "\x7f"} - set("".join(words))
    return (
        strange * 100 <= len(words)
        and beyond <= _SIGNS | {"№"}
        and _shows(_CYRILLIC, 45)("".join(words))
        and any(len(word) > 2 for word in words)
    )


# encoding → whether a text reads like what is written in it
_LEGACY: dict[str, Callable[[str], bool]] = {
    "gb18030": _chinese,
    "big5": _shows(_HAN, 22),
    "shift_jis": _shows(_HIRAGANA, 30),
    "euc_jp": _shows(_HIRAGANA, 30),
    "euc_kr": _shows(_HANGUL, 22),
    "cp1252": _western,
    "cp1251": _russian,
    "koi8_r": _russian,
}


def _legacy(data: bytes, name: str) -> Decoded:
    likely: dict[str, str] = {}  # text → its encoding: where two give the same text, either will do
    for encoding, reads_well in _LEGACY.items():
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if reads_well(text[:_SAMPLE]):
            likely.setdefault(text, encoding)
    if len(likely) == 1:
        ((text, encoding),) = likely.items()
        return Decoded(text, encoding, "likely")
    try:
        data.decode("utf-8")
        wrong = ""
    except UnicodeDecodeError as error:
        wrong = f"not UTF-8 (byte {data[error.start]:02x} at offset {error.start}), and "
    best = [*dict.fromkeys([*likely.values(), *_ranked(data)])][:2]
    which = f"{' or '.join(best)}?" if best else "no encoding fits."
    advice = f"name it with --encoding{f' {best[0]}' if best else ''}, or save the file as UTF-8"
    raise ReadError(f"{name}: {wrong}the encoding could not be decided: {which} {advice}")


def _ranked(data: bytes) -> list[str]:
    """The legacy encodings that may be meant, the likeliest first."""
    import charset_normalizer

    found = charset_normalizer.from_bytes(data[:_SAMPLE], cp_isolation=[*_LEGACY, "cp1250", "cp1253", "cp1254"])
    return [match.encoding for match in found]
