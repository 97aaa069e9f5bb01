"""What laws are tried on: texts, bytes and files put together of what reports, tables and rules are made of."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = (
    "605 million Yuan", "22%", "120 million more than that in 2008", "of which", "A and B, totalling 7", "2/3", "$",
    "1,422,000 people", "respectively", "3.5–4.2%", "(", ")", "【1】", ";", ":", "\n", "\r\n", "\t", " ", "\u200b",
    "\u202e", "\ufeff", "\0", "٣٤", "１２", "½", "²", "half", "twenty-", "1e9", "9" * 40, "https://a.b/1", "No. 28",
    "|", "# A", "**", "<b>", "</b>", "<script>", "&#x31;", "<!--", "```", "====", ".. table::", "\ud800", "%",
    "=1", '"', ",",
)  # fmt: skip
TEXT = st.lists(st.sampled_from(WORDS), max_size=8).map("".join) | st.text(max_size=20)
BYTES = st.binary(max_size=40) | TEXT.map(lambda text: text.encode("utf-8", "replace"))
TOML_LINES = (
    "[[skip]]", "[skip]", "[[unit]]", "[[a.b]]", 'name = "a"', "name = 1", 'reason = "year"', 'pattern = "(a"',
    "pattern = 'a'", "examples = []", "x = 1.5", "words = [1]", "=", '"', "\ufeff",
)  # fmt: skip
TOML = st.lists(st.sampled_from(TOML_LINES)).map("\n".join)
CELLS = ("finding_id", "decision", "F-0123456789abcdef", "fixed", ",", "\n", '"', "\r", "\0", "\xff", "'=")
CSV = st.lists(st.sampled_from(CELLS)).map("".join)
ROW_PIECES = (
    b"a,b", b"a\tb", b"5 tons", b'{"a": "5 tons", "b": 1}', b"\n", b"\r\n", b",", b'"', b"{", b"[]", b"\xff",
    b"PK\x05\x06" + b"\0" * 18,
)  # fmt: skip
ROWS = st.lists(st.sampled_from(ROW_PIECES)).map(b"".join)
OPTION_LINES = (
    "[tool.tieout]", "[tool]", "tieout = 1", "paths = ['raw']", "paths = []", "jobs = 0", "jobs = 'all'", "strict = 1",
    "outt = 'x'", "out = ''", "seconds = 99999999999999999999", "=", '"', "fail-on = 'note'",
)  # fmt: skip
OPTIONS = st.lists(st.sampled_from(OPTION_LINES)).map("\n".join)
HOSTILE_NAMES = (
    "con", "CON.a", "nul", "a", "A", "a b", "summary", "summary.csv", "..a", "a.", "é" * 110, "a\nb", "a:b", "=1", "-",
    "index.html", "\udcff", "findings.csv", "\u202ea",
)  # fmt: skip
NAMES = st.sampled_from(HOSTILE_NAMES) | st.text(st.sampled_from("aA.=-~ \u0301\n*?<|"), min_size=1, max_size=6)
ENCODINGS = "utf-8 utf-8-sig utf-16 utf-16-le utf-32 gb18030 big5 shift_jis euc_kr cp1252 koi8-r".split()
ITEMS = "more than of? ( | ) )? [change:QTY] [x:FOO] PCT N NN LP UP ROUND NONE a.b* YEAR? [:QTY] [a]".split()
NOTATION = st.lists(st.sampled_from(ITEMS)).map(" ".join)
SAID = (
    "605 million Yuan", "22%", "120 million more than that in 2008", "2/3", "1,422,000 people", "3.5–4.2%", "half",
    "twenty-two", "No. 28", "from 3 to 5 km", "$", "(", ")", ";", ",", " and ", " of ", "of which", "12:30",
    "1 May 2009", "3\u200b45", "٣٤", "²", "in 2009",
)  # fmt: skip
SAYING = st.lists(st.sampled_from(SAID), min_size=1, max_size=8).map(" ".join)
PARAGRAPH = SAYING.map("They had {} there in all.".format)
RATIONAL = st.fractions(max_denominator=10**6)
