"""A reader in a process of its own: what takes too long or too much memory is ended with it, and is a ReadError.

The process stays for the next report. It has no part in this one's memory, and ends when its input does.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from typing import IO, Any

from pipeline.readers.source import ReadError, ReadOptions

# What the other process runs: the same packages as this one has, and nothing of the folder we happen to work in.
_PROGRAM = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from importlib import import_module
from pipeline.readers.apart import serve
serve(import_module(sys.argv[2]).told, int(sys.argv[3]))
"""


def ask(module: str, data: bytes, name: str, options: ReadOptions) -> Mapping[str, Any]:
    """What `told(data, name, options)` of this module says, made in the process that is kept for it.

    It is a mapping of what JSON has. Raises ReadError for what `told` raises, and where a limit is reached.
    """
    return _process(module, options.memory, os.getpid()).ask(data, name, options)


def serve(told: Any, memory: int) -> None:
    """Answer questions until there are no more: the life of the other process."""
    _limit(memory)
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    while line := questions.readline():
        question = json.loads(line)
        options = ReadOptions(**question["options"])
        _end_after(options.seconds + 5)
        try:
            answer = told(questions.read(question["size"]), question["name"], options)
        except ReadError as error:
            answer = {"error": str(error)}
        except MemoryError:
            return
        _end_after(0)
        said = json.dumps(answer).encode()
        answers.write(b"%d\n" % len(said) + said)
        answers.flush()


@lru_cache(maxsize=4)
def _process(module: str, memory: int, owner: int) -> _Process:
    # `owner` is the process that asks: one that was forked off has no right to the pipes of the other.
    return _Process(module, memory)


class _Process:
    """The other process, started when it is first asked and again after it died; a class because it is kept."""

    def __init__(self, module: str, memory: int) -> None:
        self.module, self.memory = module, memory
        self.running: subprocess.Popen[bytes] | None = None
        self.close: weakref.finalize[..., Any] | None = None
        self.turn = threading.Lock()

    def ask(self, data: bytes, name: str, options: ReadOptions) -> Mapping[str, Any]:
        """The answer to one question."""
        with self.turn:
            answer = self._answer(data, name, options)
        if answer is None:
            megabytes = self.memory // 1_000_000
            raise ReadError(
                f"{name}: needs more than {megabytes:,} MB to be read, or is damaged; "
                "raise memory-mb in [tool.tieout], or save it again"
            )
        if "error" in answer:
            raise ReadError(answer["error"])
        return answer

    def _answer(self, data: bytes, name: str, options: ReadOptions) -> Mapping[str, Any] | None:
        """The answer, or None if the process died of the question."""
        running = self._start()
        late = threading.Event()

        def end() -> None:
            late.set()
            running.kill()

        clock = threading.Timer(options.seconds, end)
        clock.daemon = True
        clock.start()
        try:
            assert running.stdin and running.stdout
            question = {"size": len(data), "name": name, "options": asdict(options)}
            running.stdin.write(json.dumps(question).encode() + b"\n")
            running.stdin.write(data)
            running.stdin.flush()
            if said := _message(running.stdout):
                answer: Mapping[str, Any] = json.loads(said)
                return answer
        except OSError:
            pass  # a pipe without a reader: it died
        except BaseException:
            self._stop()  # Ctrl-C: an answer that comes later would be taken for that to another question
            raise
        finally:
            clock.cancel()
        self._stop()
        if late.is_set():
            raise ReadError(
                f"{name}: not read within {options.seconds} seconds; split it, or raise seconds in [tool.tieout]"
            )
        return None

    def _start(self) -> subprocess.Popen[bytes]:
        if self.running and self.running.poll() is None:
            return self.running
        self._stop()
        paths = json.dumps([os.path.abspath(path) for path in sys.path if path])
        command = [sys.executable, "-I", "-c", _PROGRAM, paths, self.module, str(self.memory)]
        running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.running = running
        self.close = weakref.finalize(self, _close, running, os.getpid())
        return running

    def _stop(self) -> None:
        self.running = None
        if self.close:
            self.close()


def _close(running: subprocess.Popen[bytes], owner: int) -> None:
    if os.getpid() != owner:
        return
    running.kill()
    with running:  # closes the pipes and waits
        pass


def _message(answers: IO[bytes]) -> bytes:
    """One answer; nothing if there comes none, or not all of it."""
    size = answers.readline().strip()
    if not size.isdigit():
        return b""
    said = answers.read(int(size))
    return said if len(said) == int(size) else b""


def _limit(memory: int) -> None:
    """Take no more memory than this, in bytes, and leave Ctrl-C to the process that asks. Only some systems can."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _end_after(seconds: int) -> None:
    """Die after so many seconds even if nobody is left to end us; 0 is never."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)
