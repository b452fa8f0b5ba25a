"""A certified eID-Server, spoken to as BSI TR-03130-1 describes it (extra ``eid``)."""
