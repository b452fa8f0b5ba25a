"""Filling in and sending an Online-Dienst through plone.restapi."""
