"""Asks the readers of this machine, in a process that is ended when it takes too long.

While another program speaks to a card, the service for readers may let us wait for ever.
The card is taken for us alone, so that we never talk into an authentication.
"""

from collective.servicekonto.eid.reader.states import Finding
from collective.servicekonto.eid.reader.states import finding
from collective.servicekonto.eid.reader.states import nearest
from collective.servicekonto.eid.reader.states import State
from collective.servicekonto.eid.reader.talk import ask
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any


TIME_LIMIT = 5.0


def probe(seconds: float = TIME_LIMIT) -> Finding:
    """Return the state of the reader that is nearest to being ready.

    A card that does not answer within the seconds is in use by another program.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    try:
        if ours.poll(seconds):
            return _told(ours)
        return Finding(State.IN_USE)
    finally:
        process.kill()
        process.join()
        ours.close()


def _told(connection: Connection) -> Finding:
    try:
        found: Finding = connection.recv()
    except EOFError:
        return Finding(State.UNREADABLE)
    return found


def _tell(connection: Connection) -> None:
    connection.send(look())


def look() -> Finding:
    """Ask all readers here and now; this may take for ever."""
    try:
        from smartcard.pcsc.PCSCExceptions import EstablishContextException
        from smartcard.System import readers
    except ImportError:
        return Finding(State.NOT_INSTALLED)
    try:
        return nearest(_look_at(each) for each in readers())
    except EstablishContextException:
        return Finding(State.NO_SERVICE)


def _look_at(reader: Any) -> Finding:
    from smartcard.Exceptions import CardConnectionException
    from smartcard.Exceptions import NoCardException

    connection = reader.createConnection()
    try:
        _connect(connection)
        return finding(reader.name, ask(_transmitter(connection)))
    except NoCardException:
        return Finding(State.NO_CARD, reader.name)
    except CardConnectionException as error:
        return Finding(_state_of(error), reader.name)
    finally:
        connection.disconnect()


def _connect(connection: Any) -> None:
    from smartcard.scard import SCARD_LEAVE_CARD
    from smartcard.scard import SCARD_SHARE_EXCLUSIVE

    connection.connect(mode=SCARD_SHARE_EXCLUSIVE, disposition=SCARD_LEAVE_CARD)


def _transmitter(connection: Any) -> Any:
    def transmit(command: bytes) -> tuple[bytes, int]:
        data, first, second = connection.transmit(list(command))
        return bytes(data), first << 8 | second

    return transmit


def _state_of(error: Any) -> State:
    from smartcard.scard import SCARD_E_SHARING_VIOLATION

    taken = error.hresult == SCARD_E_SHARING_VIOLATION
    return State.IN_USE if taken else State.UNREADABLE
