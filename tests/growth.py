"""How time grows with what is read: told by the least of many tries, as a busy machine only adds to each."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Any


def seconds(work: Callable[[Any], object], text: Any) -> float:
    """The time of this process; what else the machine does is not counted, nor are the rounds of the collector: they
    go over all that the tests keep, and come when they come.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        start = time.process_time()
        work(text)
        return time.process_time() - start
    finally:
        if collecting:
            gc.enable()


def grows_no_faster_than(power: int, work: Callable[[Any], object], text: Any, little: float) -> bool:
    """Whether twice the text takes no more than the power of two times as long, and 1.3 times that for what a busy
    machine adds, and twice that text again; what takes `little` is not measured.
    """
    quarter, whole = text[: len(text) // 4], seconds(work, text)
    if whole < little:
        return True
    part = seconds(work, quarter)
    for _ in range(10):  # a busy machine adds to a time, and not to each try: the least of several tells
        if whole < (1.3 * 2**power) ** 2 * part:
            return True
        whole, part = min(whole, seconds(work, text)), min(part, seconds(work, quarter))
    return False
