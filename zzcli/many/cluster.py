"""Workers of a Dask cluster, which may stand on other machines. This is the only importer of Dask (``zzcli[cluster]``).

The bytes of a document are read here and sent along, so workers need no folder in common with this machine; scheduler
and workers need the same zzcli. What a lost worker had is given to the others by Dask; here each document is awaited
once, in its order, so that none is missing and none comes twice.
"""

from __future__ import annotations

import logging
import warnings
from concurrent.futures import CancelledError
from importlib.metadata import version
from itertools import count
from typing import Any
from uuid import uuid4

from zzcli import __version__
from zzcli.errors import ClusterError, UsageError, ZzcliError
from zzcli.language import counted, say
from zzcli.many.answering import Answer, Question
from zzcli.many.ordering import Batch, Given, Tell, answer_each
from zzcli.patterns import compiled
from zzcli.views.visible import visible

_ADDRESS = compiled(r"(?:[a-z]{1,20}://)?[^\s/]{1,300}:[0-9]{1,9}")
_PATIENCE = 10  # seconds to find a scheduler and a worker
_ABSENCE = 60  # seconds without an answer after which it is asked whether a worker is left


class Cluster:
    """The workers behind a Dask scheduler.

    Raises:
        ClusterError: it cannot be reached, has no workers, or they have another zzcli.
        UsageError: this is no address, or Dask is not installed.
    """

    apart = True

    def __init__(self, address: str, tell: Tell) -> None:
        if not _ADDRESS.fullmatch(address):
            raise UsageError(
                say("{address!r}: is no address of a Dask scheduler; give tcp://host:8786", address=address)
            )
        try:
            import dask
            import distributed
        except ImportError:
            raise UsageError(say("--scheduler needs Dask: pip install 'zzcli[cluster]'")) from None
        # What matters is told here, in a line.
        for name in ("distributed", "distributed.client", "tornado", "asyncio"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        warnings.filterwarnings("ignore", module="distributed")
        # A document is sent with its task, for what is sent apart from it is lost with the worker that has it.
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})
        self._killed = distributed.KilledWorker
        self._version = version("distributed")
        self._address = address
        self._tell = tell
        self._name = f"zzcli-{uuid4().hex}"
        self._number = count()
        self._given: dict[str, int] = {}  # how many documents each batch has that is waited for
        self._lost: list[int] = []  # how many documents each lost worker had
        try:
            connect: Any = distributed.Client  # it has hardly any types
            self._client = connect(address, timeout=_PATIENCE, set_as_default=False)
        except Exception as error:
            raise ClusterError(
                say(
                    "{address}: no Dask scheduler can be reached there: {reason}",
                    address=address,
                    reason=_first_line(error),
                )
            ) from None
        try:
            self._check()
            self.ahead = max(4 * sum(self._client.nthreads().values()), 16)
            self._client.subscribe_topic("all", self._heard)
        except BaseException:
            self._client.close()
            raise

    def _check(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            raise ClusterError(
                say("{address}: has no workers; start some: dask worker {address}", address=self._address)
            ) from None
        try:
            found = {*self._client.run(_own_version).values(), self._client.run_on_scheduler(_own_version)}
        except Exception as error:
            found = {_first_line(error)}
        if others := ", ".join(sorted(found - {__version__})):
            raise ClusterError(
                say(
                    "{address}: install zzcli {version} on scheduler and workers; there is {others}",
                    address=self._address,
                    version=__version__,
                    others=others,
                )
            )

    def _heard(self, event: tuple[float, Any]) -> None:
        """Note what a lost worker had; called by a thread of Dask's."""
        _, what = event
        if isinstance(what, dict) and what.get("action") == "remove-worker" and not what.get("expected"):
            had = {*what.get("processing-tasks", ()), *what.get("lost-computed-tasks", ())}
            self._lost.append(sum(self._given.get(name, 0) for name in had))

    def submit(self, batch: Batch, question: Question) -> Any:
        """Give a batch to the cluster."""
        name = f"{self._name}-{next(self._number)}"
        self._given[name] = len(batch)
        try:
            return self._client.submit(answer_each, batch, question, key=name, pure=False)
        except Exception as error:
            raise self._error(error) from None

    def result(self, promise: Any, batch: Batch, question: Question) -> list[Answer]:
        """The answers, from whichever worker they came in the end."""
        try:
            while True:
                try:
                    answered: list[Answer] = promise.result(timeout=_ABSENCE)
                    return answered
                except TimeoutError:
                    if not self._client.nthreads():
                        raise ClusterError(
                            say("{address}: no worker is left; start some and ask again", address=self._address)
                        ) from None
        except ZzcliError:
            raise
        except self._killed:
            return [_given_up(given) for given in batch]
        except Exception as error:
            raise self._error(error) from None
        finally:
            self._given.pop(promise.key, None)

    def close(self) -> None:
        """Say what was lost and read again, and let go of the cluster."""
        self._client.unsubscribe_topic("all")
        if self._lost:
            self._tell(
                counted(
                    len(self._lost),
                    "a worker was lost; its documents ({documents}) were read again: none is missing or doubled",
                    "{count} workers were lost; their documents ({documents}) were read again: none is missing"
                    " or doubled",
                    documents=sum(self._lost),
                )
            )
        self._client.close()

    def _error(self, error: Exception) -> ClusterError:
        if isinstance(error, CancelledError):
            return ClusterError(
                say(
                    "{address}: is gone, or cannot work with Dask {version}, which is used here",
                    address=self._address,
                    version=self._version,
                )
            )
        return ClusterError(
            say("{address}: cannot read documents: {reason}", address=self._address, reason=_first_line(error))
        )


def _own_version() -> str:
    return __version__


def _given_up(given: Given | Answer) -> Answer:
    if isinstance(given, Answer):
        return given
    return Answer(
        error=say("{name}: the workers that read it were killed, one after the other", name=visible(given.path or ""))
    )


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__
