"""The command line → the commands. A mistake of any kind ends in one clear line and an exit code, never a traceback."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

import click

from pipeline import __version__
from pipeline.cli.check import check
from pipeline.cli.decisions import decide, decisions_group
from pipeline.cli.doctor import doctor
from pipeline.cli.explain import explain
from pipeline.cli.init import init
from pipeline.cli.review import review
from pipeline.cli.rules import rules
from pipeline.cli.run import run

INTERRUPTED = 130


class Stopped(click.ClickException):
    """What ends the program: shown as one line, exit code 2."""

    exit_code = 2


class Program(click.Group):
    """The commands, with what may go wrong in them put into one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order a newcomer needs them."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        for stream in (sys.stdout, sys.stderr):
            if reconfigure := getattr(stream, "reconfigure", None):
                reconfigure(errors="backslashreplace")  # a terminal that lacks a character must not end the run
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except KeyboardInterrupt:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # we are going; being asked twice changes nothing
            click.echo("Stopped. What is complete stays; --resume does the rest.", err=True)
            ctx.exit(INTERRUPTED)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise Stopped(f"{where}{error.strerror or error}") from None
        except ValueError as error:
            raise Stopped(str(error)) from None
        except Exception as error:
            if os.environ.get("TIEOUT_TRACEBACK"):
                raise
            told = "TIEOUT_TRACEBACK=1 shows where"
            raise Stopped(f"unexpected {type(error).__name__}: {error}; please report it ({told})") from None


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", "-V", message="tieout %(version)s")
def program() -> None:
    """Shows which figures of a report cannot all be true as written."""


for command in (run, check, review, decide, decisions_group, explain, rules, init, doctor):
    program.add_command(command)
