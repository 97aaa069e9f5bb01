"""Inputs → outcomes: what is done for one report, and the processes, here or on a cluster, that do it for many."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from pipeline.engine.job import Layout, Settings, kept_parts, outcome, size, unread
from pipeline.engine.pool import cores, each, processes
from pipeline.inputs import Input
from pipeline.tables.outcome import Outcome

__all__ = [
    "Layout",
    "Settings",
    "cores",
    "each",
    "each_on_cluster",
    "kept_parts",
    "outcome",
    "processes",
    "size",
    "unread",
]


def each_on_cluster(
    scheduler: str,
    task: Callable[[Input], Outcome],
    inputs: Sequence[Input],
    lost: Callable[[Input, str], Outcome],
    seconds: float | None = None,
) -> Iterator[Outcome]:
    """The outcome of each input, in order, made by the workers of a Dask scheduler. Raises ClusterError."""
    from pipeline.engine import cluster

    here = os.getcwd()
    return cluster.each(scheduler, task, [replace(one, base=here) for one in inputs], lost, seconds)
