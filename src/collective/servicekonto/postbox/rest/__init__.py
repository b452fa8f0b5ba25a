"""The Postfach through plone.restapi: for citizens, and for programs of offices."""
