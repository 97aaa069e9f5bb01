"""The encoding of a text is found out or said to be open; a text is never read in a wrong one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.readers import ReadError, ReadOptions, read_bytes

TEXTS = {
    "English": "The cost rose by £5 million – “a record” – or 3½ times that of the café in Curaçao.\n",
    "Chinese": "2009年全市财政扶贫资金6.05亿元，比上年增长22%，解决了30万人的饮水问题，农村贫困人口减少到142万人。\n",
    "French": "L’année dernière, les dépenses se sont élevées à 605 millions d’euros, soit 22 % de plus qu’en 2008.\n",
    "Spanish": "El año pasado la inversión ascendió a 605 millones de euros, y los niños recibieron más educación.\n",
    "Russian": "В прошлом году расходы составили 605 миллионов рублей, что на 22 % больше, чем в 2008 году.\n",
    "English with Chinese quotes": "Exports “rose” by 5% — the people’s goods.\n",
    "Polish": "W ubiegłym roku wydatki wyniosły 605 milionów złotych, a liczba ubogich wsi zmniejszyła się.\n",
    "Czech": "V loňském roce výdaje vzrostly o 22 %, příjmy domácností klesly a počet chudých obcí se snížil.\n",
    "Hungarian": "A kiadások 22 %-kal nőttek, a települések száma csökkent, az ő bevételük is.\n",
    "Turkish": "Geçen yıl harcamalar yüzde 22 arttı, köylerin sayısı düştü, işsizlik oranı değişmedi.\n",
    "Greek": "Το περασμένο έτος οι δαπάνες αυξήθηκαν κατά 22%.\n",
    "Japanese": "昨年の輸出は5%増加し、農家の収入は3万円になりました。\n",
    "Korean": "지난해 수출은 5% 증가하였고 농가 소득은 3만 원이 되었다. 이는 사상 최고이다.\n",
}
READ = {
    "English": ["cp1252", "gb18030"],
    "Chinese": ["gb18030", "gbk"],
    "French": ["cp1252"],
    "Spanish": ["cp1252", "latin-1"],
    "Russian": ["cp1251", "koi8-r"],
    "English with Chinese quotes": ["gbk", "cp1252"],
    "Japanese": ["shift_jis", "euc_jp"],
    "Korean": ["euc_kr"],
}
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-32"]
LEGACY = [
    *("gb18030", "gbk", "big5", "shift_jis", "euc_jp", "euc_kr", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254"),
    *("latin-1", "iso8859-2", "koi8-r", "mac_roman", "cp866"),
]


def cases(encodings: dict[str, list[str]]) -> Iterator[object]:
    for language, names in encodings.items():
        for name in names:
            yield pytest.param(TEXTS[language], name, id=f"{language} in {name}")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *cases({language: UNICODE for language in TEXTS}),
        *cases({language: names for language, names in READ.items() if language != "English"}),
        *cases({"English": ["cp1252"]}),
    ],
)
def test_a_text_is_read_in_the_encoding_it_is_in(text: str, encoding: str) -> None:
    report = read_bytes(text.encode(encoding), "report")
    assert report.text == text
    assert report.certainty == ("certain" if encoding in UNICODE else "likely")


@pytest.mark.parametrize(("text", "encoding"), [*cases({language: LEGACY for language in TEXTS})])
def test_no_text_is_ever_read_wrong(text: str, encoding: str) -> None:
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        return  # the encoding lacks the language's letters: nobody can have written it so
    try:
        assert read_bytes(data, "report").text == text
    except ReadError as error:
        assert "the encoding could not be decided" in str(error)


def test_the_message_names_the_two_likeliest_encodings() -> None:
    with pytest.raises(ReadError) as raised:
        read_bytes(TEXTS["Czech"].encode("cp1250"), "report")
    assert str(raised.value) == (
        "report: not UTF-8 (byte f2 at offset 4), and the encoding could not be decided: cp1250 or cp1252? "
        "name it with --encoding cp1250, or save the file as UTF-8"
    )


@pytest.mark.parametrize("encoding", ["cp1250", "CP1250", "windows-1250"])
def test_the_users_word_is_final(encoding: str) -> None:
    report = read_bytes(TEXTS["Czech"].encode("cp1250"), "report", options=ReadOptions(encoding=encoding))
    assert (report.text, report.encoding, report.certainty) == (TEXTS["Czech"], "cp1250", "given")


def test_a_byte_order_mark_is_no_text_also_where_the_encoding_is_given() -> None:
    data = TEXTS["Czech"].encode("utf-16")
    assert read_bytes(data, "report", options=ReadOptions(encoding="utf-16")).text == TEXTS["Czech"]


@pytest.mark.parametrize(
    ("encoding", "message"),
    [
        pytest.param("utf-8", "not UTF-8 text: byte f2 at offset 4", id="it does not fit"),
        pytest.param("klingon", "there is no encoding 'klingon'", id="no such encoding"),
        pytest.param("base64", "there is no encoding 'base64'", id="a codec that makes no text"),
    ],
)
def test_an_encoding_that_cannot_be_is_refused(encoding: str, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read_bytes(TEXTS["Czech"].encode("cp1250"), "report", options=ReadOptions(encoding=encoding))
