"""How time grows with what is read: told by the least of many tries, as a busy machine only adds to each."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any


def seconds(work: Callable[[Any], object], text: Any) -> float:
    """The time of this process; what else the machine does is not counted."""
    start = time.process_time()
    work(text)
    return time.process_time() - start


def grows_no_faster_than(power: int, work: Callable[[Any], object], text: Any, little: float) -> bool:
    """Whether twice the text takes no more than the power of two times as long; what takes `little` is not measured."""
    half, whole = text[: len(text) // 2], seconds(work, text)
    if whole < little:
        return True
    part = seconds(work, half)
    for _ in range(30):  # a busy machine adds to a time, and not to each try: the least of several tells
        if whole < 1.2 * 2**power * part:
            break
        whole, part = min(whole, seconds(work, text)), min(part, seconds(work, half))
    return whole < 1.3 * 2**power * part
