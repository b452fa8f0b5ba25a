"""Transactions of several threads."""

from ZODB.POSException import ConflictError
import transaction


def in_transaction(database, work, tries=30):
    """Do the work in a transaction and try again as the publisher does."""
    manager = transaction.TransactionManager(explicit=True)
    connection = database.open(manager)
    try:
        for _ in range(tries):
            manager.begin()
            try:
                result = work(connection.root()["store"])
                manager.commit()
            except ConflictError:
                manager.abort()
            except BaseException:
                manager.abort()
                raise
            else:
                return result
        raise AssertionError("The work never got through.")
    finally:
        connection.close()
