"""`tieout review`: the pages of a run in the browser, with each decision saved to the ledger at once."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("folder", required=False, metavar="[FOLDER]", type=click.Path())
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="N", help="Where to listen.  [default: 8377, or a free one]"
)
@click.option("--open", "open_", is_flag=True, help="Open the browser.")
@click.option("--reviewer", envvar="TIEOUT_REVIEWER", default="", help="Who decides.  [env: TIEOUT_REVIEWER]")
def review(folder: str | None, port: int | None, open_: bool, reviewer: str) -> None:
    """Look at what was found in a browser, and decide.

    Each decision goes to decisions.csv at once.

    FOLDER is where the tables are (extracted). The server listens on this machine only, and only those who have the
    address that it prints get in. A run in the background shows up on the pages. Ctrl-C ends it.
    """
    import webbrowser

    from pipeline.cli import work

    work.need("review")
    from pipeline import review as reviewing
    from pipeline.tables import schema

    out = Path(folder or work.options().out)
    if not any(out.glob(f"*/{schema.SUMMARY.file}")):
        raise click.UsageError(f"{out}: no report in this folder; `tieout run --out {out}` makes it")
    door = reviewing.listening(port)
    with door:
        gate = reviewing.Gate(door.getsockname()[1])
        address = f"http://{reviewing.ADDRESS}:{gate.port}/?token="
        click.echo(f"{address}{gate.token}")
        click.echo(
            "This address is for you alone. Ctrl-C ends the review; decisions are saved as they are made.", err=True
        )
        if open_:
            webbrowser.open(f"{address}{gate.ticket()}")
        try:
            reviewing.serve(reviewing.app(reviewing.Shelf(out, reviewer), gate), door)
        except KeyboardInterrupt:
            click.echo("Stopped. What was decided is saved.", err=True)
