"""How the mapping is kept: with the fields, in the XML of the form's model.

So it is exported, copied and versioned with the form, and an editor can type it.
"""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.services.mapping.mapped import Mapped
from lxml import etree
from plone.supermodel.interfaces import IFieldMetadataHandler
from plone.supermodel.utils import ns
from typing import Any
from zope.interface import implementer


NAMESPACE = "http://namespaces.plone.org/supermodel/servicekonto"

_KEY = "collective.servicekonto.mapping"
_LEVEL = f"{{{NAMESPACE}}}level"


def read(schema: Any, name: str) -> Mapped | None:
    """Return what the field of the schema is mapped to, or None."""
    found: Mapped | None = schema.queryTaggedValue(_KEY, {}).get(name)
    return found


def write(schema: Any, name: str, mapped: Mapped | None) -> None:
    """Map the field of the schema; None undoes it."""
    mapping = dict(schema.queryTaggedValue(_KEY, {}))
    mapping.pop(name, None)
    if mapped is not None:
        mapping[name] = mapped
    schema.setTaggedValue(_KEY, mapping)


def levels(model: str) -> set[TrustLevel]:
    """Return the levels that fields of the form's model demand.

    It reads the XML only: parsing it into a schema takes ten times as long. An XML
    that cannot be read demands nothing, as EasyForm shows another form then.
    """
    parser = etree.XMLParser(resolve_entities=False)
    try:
        root = etree.fromstring(model.encode(), parser)
    except etree.XMLSyntaxError:
        return set()
    demanded = {node.get(_LEVEL) for node in root.iter()}
    return {level for level in TrustLevel if level.value in demanded}


@implementer(IFieldMetadataHandler)
class MappingHandler:
    """Reads and writes the attributes of our namespace."""

    namespace = NAMESPACE
    prefix = "servicekonto"

    def read(self, node: Any, schema: Any, field: Any) -> None:
        """Take over the mapping of a field. Raises ValueError for an unknown level."""
        attribute = node.get(ns("attribute", self.namespace))
        if attribute:
            level = node.get(ns("level", self.namespace))
            mapped = Mapped(
                field=field.__name__,
                attribute=attribute,
                column=node.get(ns("column", self.namespace)) or "",
                level=TrustLevel(level) if level else TrustLevel.BASIS,
            )
            write(schema, field.__name__, mapped)

    def write(self, node: Any, schema: Any, field: Any) -> None:
        """Write the mapping of a field into the XML."""
        mapped = read(schema, field.__name__)
        if mapped is None:
            return
        node.set(ns("attribute", self.namespace), mapped.attribute)
        if mapped.column:
            node.set(ns("column", self.namespace), mapped.column)
        if mapped.proven:
            node.set(ns("level", self.namespace), mapped.level.value)
