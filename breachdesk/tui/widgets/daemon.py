"""A call in a thread of its own that the program does not wait for when it ends.

For opening the desk only: a keyring may hang for ever, and leaving must still be possible.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


async def in_daemon(call: Callable[[], T]) -> T:
    """Return what the call returns, or raise what it raises."""
    future: Future[T] = Future()

    def run() -> None:
        try:
            result = call()
        except BaseException as error:  # noqa: BLE001 - handed to whoever awaits it
            future.set_exception(error)
        else:
            future.set_result(result)

    threading.Thread(target=run, name="door", daemon=True).start()
    return await asyncio.shield(asyncio.wrap_future(future))
