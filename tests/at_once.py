"""Several hands at the same moment (同时办): what one transaction sees of another."""

from __future__ import annotations

import threading

from django.db import connections

from sangesan.foundation import clock


def together(*deeds):
    """Do several things at the same moment (同时办), each on a connection of its own, and return what came of it."""
    gate, found, moment = threading.Barrier(len(deeds)), [], clock.now()

    def run(deed):
        try:
            with clock.at(moment):
                gate.wait(60)
                found.append(deed())
        except Exception as fault:
            found.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found
