"""Small PDF files, written sign by sign: what stands where is what a test says."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

Said = tuple[float, float, float, str] | tuple[float, float, float, str, str]  # x, y from the top, size, text, font

HEIGHT = 800
_JOINED = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
1 begincodespacerange <00> <FF> endcodespacerange
1 beginbfrange <20> <7E> <0020> endbfrange
1 beginbfchar <23> <00660069> endbfchar
endcmap end end"""


def pdf(*pages: Iterable[Said], rotate: int = 0, extra: str = "", width: int = 600) -> bytes:
    """A PDF with these texts on its pages. `F1` is Helvetica, `F2` its bold kin, and in `F3` a # is
    two letters in one: fi; `extra` goes into the trailer."""
    return file([content(page) for page in pages], rotate=rotate, extra=extra, width=width)


def content(texts: Iterable[Said]) -> bytes:
    """The content of a page."""
    drawn = []
    for x, y, size, text, *font in texts:
        said = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        drawn.append(f"BT /{font[0] if font else 'F1'} {size} Tf 1 0 0 1 {x} {HEIGHT - y} Tm ({said}) Tj ET")
    return "\n".join(drawn).encode("cp1252")


def file(contents: Sequence[bytes], *, rotate: int = 0, extra: str = "", width: int = 600, filters: str = "") -> bytes:
    """A PDF with these contents of pages, which are packed as `filters` says."""
    fonts = "".join(
        f"/F{n} << /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >> "
        for n, name in enumerate(("Helvetica", "Helvetica-Bold"), 1)
    )
    joined = 3 + 2 * len(contents)  # the number of the table that says what the signs of F3 mean
    fonts += f"/F3 << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /ToUnicode {joined} 0 R >> "
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
    ]
    for n, drawn in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {HEIGHT}] /Rotate {rotate} "
            f"/Resources << /Font << {fonts} >> >> /Contents {4 + 2 * n} 0 R >>".encode()
        )
        objects.append(f"<< /Length {len(drawn)} {filters} >> stream\n".encode() + drawn + b"\nendstream")
    objects.append(f"<< /Length {len(_JOINED)} >> stream\n".encode() + _JOINED + b"\nendstream")
    data = b"%PDF-1.4\n"
    places = []
    for n, one in enumerate(objects, 1):
        places.append(len(data))
        data += f"{n} 0 obj\n".encode() + one + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R {extra} >>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF\n".encode()


def bomb(megabytes: int) -> bytes:
    """A PDF of some kilobytes with a page whose content unpacks to so much."""
    packer = zlib.compressobj(9)
    head = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = head + again * (megabytes - 1) + packer.flush()
    return file([zlib.compress(packed)], filters="/Filter [/FlateDecode /FlateDecode]")


def column(x: float, y: float, lines: Iterable[str], size: float = 10, pitch: float = 12) -> list[Said]:
    """Lines below each other."""
    return [(x, y + n * pitch, size, line) for n, line in enumerate(lines)]
