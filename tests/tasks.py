"""Tasks for other processes in test_run.py; they stand apart so that those processes load nothing else."""

from __future__ import annotations

import os
import signal
import time

# Seconds that an item may take. A busy machine may keep one that does nothing waiting for as long: then it gets more.
PATIENCE = (1, 5, 25)


def double(number: int) -> int:
    return number * 2


def die_of_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return number


def kill_the_worker_of_three(number: int) -> int:
    if number == 3:
        os.kill(os.getppid(), signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def hang_on_three(number: int) -> int:
    if number == 3:
        time.sleep(600)
    return number


def fail_of_three(number: int) -> int:
    if number == 3:
        raise OSError(28, "No space left on device")
    return number


def lost(number: int, why: str) -> int:
    assert why
    return -number
