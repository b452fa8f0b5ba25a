"""A small eID-Server for developers and tests; never for production.

It speaks the protocols of the real ones towards the AusweisApp: PAOS, Extended Access
Control, secure messaging. Its certificates are its own, so that it reads no document of
a person.
"""
