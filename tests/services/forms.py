"""Models of forms as editors make them."""

from collective.easyform.api import get_schema


NAMESPACES = (
    'xmlns="http://namespaces.plone.org/supermodel/schema" '
    'xmlns:easyform="http://namespaces.plone.org/supermodel/easyform" '
    'xmlns:servicekonto="http://namespaces.plone.org/supermodel/servicekonto"'
)

TYPES = {
    "line": "zope.schema.TextLine",
    "text": "zope.schema.Text",
    "yes-no": "zope.schema.Bool",
    "date": "zope.schema.Date",
    "file": "plone.namedfile.field.NamedBlobFile",
    "label": "collective.easyform.fields.Label",
}


def field(name: str, title: str, kind: str = "line", required=False, **ours) -> str:
    """Return the XML of a field; ``ours`` are attributes of our namespace."""
    mapping = "".join(f' servicekonto:{key}="{value}"' for key, value in ours.items())
    return (
        f'<field name="{name}" type="{TYPES[kind]}"{mapping}><title>{title}</title>'
        f"<required>{required}</required></field>"
    )


def model(*fields: str, **fieldsets: tuple[str, ...]) -> str:
    """Return the XML of a form; ``fieldsets`` are its further pages."""
    pages = "".join(
        f'<fieldset name="{name}" label="{name.capitalize()}">{"".join(each)}</fieldset>'
        for name, each in fieldsets.items()
    )
    return f"<model {NAMESPACES}><schema>{''.join(fields)}{pages}</schema></model>"


SCRIPT = (
    f"<model {NAMESPACES}><schema>"
    '<field name="own_script" type="collective.easyform.actions.CustomScript">'
    "<title>Script</title><ProxyRole>none</ProxyRole>"
    "<ScriptBody>return {}</ScriptBody></field></schema></model>"
)

SAVER = (
    f"<model {NAMESPACES}><schema>"
    '<field name="saver" type="collective.easyform.actions.SaveData">'
    "<title>Antworten sammeln</title></field></schema></model>"
)

DOG_TAX = model(
    field("vorname", "Vorname", required=True, attribute="given_names"),
    field("strasse", "Straße", attribute="address", column="street"),
    field("bemerkung", "Bemerkung", "text"),
    hund=(field("name_des_hundes", "Name des Hundes", required=True),),
)


def schema_of(form):
    """Return the fields of the form, as EasyForm reads them."""
    return get_schema(form)
