"""Object identifiers of TR-03110, as their values are encoded."""

from tests.eid.card.tlv import oid


PACE = oid("0.4.0.127.0.7.2.2.4.2.2")  # id-PACE-ECDH-GM-AES-CBC-CMAC-128
CHIP_KEY = oid("0.4.0.127.0.7.2.2.1.2")  # id-PK-ECDH
TERMINAL = oid("0.4.0.127.0.7.2.2.2")  # id-TA
TERMINAL_SHA_256 = oid("0.4.0.127.0.7.2.2.2.2.3")  # id-TA-ECDSA-SHA-256
CHIP_DOMAIN = oid("0.4.0.127.0.7.2.2.3.2")  # id-CA-ECDH
CHIP = oid("0.4.0.127.0.7.2.2.3.2.2")  # id-CA-ECDH-AES-CBC-CMAC-128
RESTRICTED_DOMAIN = oid("0.4.0.127.0.7.2.2.5.2")  # id-RI-ECDH
RESTRICTED = oid("0.4.0.127.0.7.2.2.5.2.3")  # id-RI-ECDH-SHA-256
STANDARD_DOMAIN = oid("0.4.0.127.0.7.1.2")
SECURITY_OBJECT = oid("0.4.0.127.0.7.3.2.1")

AUTHENTICATION_TERMINAL = oid("0.4.0.127.0.7.3.1.2.2")  # id-AT
DESCRIPTION = oid("0.4.0.127.0.7.3.1.3.1")
SECTOR = oid("0.4.0.127.0.7.3.1.3.2")
DATE_OF_BIRTH = oid("0.4.0.127.0.7.3.1.4.1")
DATE_OF_EXPIRY = oid("0.4.0.127.0.7.3.1.4.2")
COMMUNITY = oid("0.4.0.127.0.7.3.1.4.3")
