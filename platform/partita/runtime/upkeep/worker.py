"""The worker: puts in the periodic tasks that are due, claims jobs, does them one by one."""

import logging
import os
import socket
import threading

from partita.base.errors import Unavailable
from partita.runtime.engine import Engine
from partita.runtime.upkeep.tasks import HANDLERS, PERIODIC
from partita.storage import jobs
from partita.storage.jobs import Job

LOG = logging.getLogger("partita.worker")
PAUSE = 1.0


class Worker:
    """Several may run, in one process or in many: a job belongs to the one that claimed it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.name = f"{socket.gethostname()}:{os.getpid()}:{id(self):x}"
        self._stopping = threading.Event()

    def run(self) -> None:
        """Until `stop`. A database that is away is asked again later."""
        while not self._stopping.is_set():
            try:
                worked = self.work_once()
            except Unavailable:
                LOG.warning("the database does not answer; jobs wait")
                worked = False
            if not worked:
                self._stopping.wait(PAUSE)

    def stop(self) -> None:
        self._stopping.set()

    def work_once(self) -> bool:
        """Whether there was anything to do."""
        self._put_in_periodic()
        with self.engine.db.write() as conn:
            claimed = jobs.claim(conn, self.name, self.engine.clock.now())
        for job in claimed:
            self._do(job)
        return bool(claimed)

    def _put_in_periodic(self) -> None:
        now = self.engine.clock.now()
        with self.engine.db.write() as conn:
            for task in PERIODIC:
                if jobs.due_schedule(conn, task.kind, now, now + task.every):
                    jobs.enqueue(conn, task.kind, {}, now)

    def _do(self, job: Job) -> None:
        try:
            HANDLERS[job.kind](self.engine, job.payload)
        except Exception as error:
            LOG.exception("job %s (%s) failed at attempt %s", job.id, job.kind, job.attempts)
            with self.engine.db.write() as conn:
                jobs.fail(conn, job, self.name, self.engine.clock.now(), f"{type(error).__name__}: {error}")
            return
        with self.engine.db.write() as conn:
            jobs.finish(conn, job.id, self.name, self.engine.clock.now())
