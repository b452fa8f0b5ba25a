"""A citizens' account (Servicekonto) for municipal Plone sites."""

from zope.i18nmessageid import MessageFactory
import logging


PACKAGE_NAME = "collective.servicekonto"

_ = MessageFactory(PACKAGE_NAME)

logger = logging.getLogger(PACKAGE_NAME)
