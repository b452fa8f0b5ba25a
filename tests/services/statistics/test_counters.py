"""Many count at once, and nobody has to try again."""

from BTrees.OOBTree import OOBTree
from collective.servicekonto.services.statistics.counters import Counter
from transaction import TransactionManager


def test_simultaneous_requests_are_all_counted(database):
    with database.transaction() as connection:
        connection.root()["statistics"] = OOBTree({"sent": Counter()})
    managers = [TransactionManager() for _number in range(16)]
    for manager in managers:
        manager.begin()
        root = database.open(manager).root()
        root["statistics"]["sent"].add_one()
    for manager in managers:
        manager.commit()
    with database.transaction() as connection:
        assert connection.root()["statistics"]["sent"].value == 16
