"""A form as an editor makes it: the registration of a dog."""

from collective.servicekonto.services.mapping.mapped import Mapped
from collective.servicekonto.services.mapping.service import set_mapping
from plone import api
from typing import Any
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent


HEAD = """<model xmlns="http://namespaces.plone.org/supermodel/schema"
  xmlns:easyform="http://namespaces.plone.org/supermodel/easyform">
  <schema>
"""

FIELDS = (
    HEAD
    + """
    <field name="given_names" type="zope.schema.TextLine">
      <title>Vornamen</title>
    </field>
    <field name="family_name" type="zope.schema.TextLine">
      <title>Familienname</title>
    </field>
    <field name="telephone" type="zope.schema.TextLine">
      <title>Telefon</title>
      <required>False</required>
    </field>
    <fieldset name="dog" label="Der Hund">
      <field name="dog_name" type="zope.schema.TextLine">
        <title>Name des Hundes</title>
      </field>
      <field name="race" type="zope.schema.Choice">
        <title>Rasse</title>
        <values>
          <element>Dackel</element>
          <element>Pitbull</element>
        </values>
      </field>
      <field name="permit" type="zope.schema.TextLine"
        easyform:depends_on="form.widgets.race=Pitbull">
        <title>Nummer der Erlaubnis</title>
      </field>
      <field name="born" type="zope.schema.Date">
        <title>Geboren am</title>
        <required>False</required>
      </field>
      <field name="chipped" type="zope.schema.Bool">
        <title>Der Hund hat einen Chip</title>
        <required>False</required>
      </field>
    </fieldset>
    <fieldset name="more" label="Weiteres">
      <field name="photo" type="plone.namedfile.field.NamedBlobFile">
        <title>Foto</title>
        <required>False</required>
      </field>
      <field name="note" type="zope.schema.Text">
        <title>Bemerkung</title>
        <required>False</required>
      </field>
    </fieldset>
  </schema>
</model>"""
)

NO_ACTIONS = """<model xmlns="http://namespaces.plone.org/supermodel/schema">
  <schema></schema>
</model>"""

MAPPING = (
    Mapped("given_names", "given_names"),
    Mapped("family_name", "family_name"),
    Mapped("telephone", "telephone"),
)


def add_office(site: Any) -> Any:
    """Add the office that gets the applications."""
    with api.env.adopt_roles(["Manager"]):
        return api.content.create(
            site.buergerportal, "Dienststelle", title="Steueramt", signature="S. Amt"
        )


def add_service(site: Any, office: Any, **changes: Any) -> Any:
    """Add the service, published, with the mapping of its fields."""
    mapping = changes.pop("mapping", MAPPING)
    values = {
        "title": "Hundesteuer",
        "fields_model": FIELDS,
        "actions_model": NO_ACTIONS,
        "is_online_service": True,
        "office": office.UID(),
        "audiences": {"account"},
        "purpose": "Festsetzung der Hundesteuer",
        "legal_basis": "§ 3 der Satzung",
        "decision_days": 14,
    }
    with api.env.adopt_roles(["Manager"]):
        form = api.content.create(
            site.buergerportal, "EasyForm", id="hundesteuer", **(values | changes)
        )
        set_mapping(form, mapping)
        notify(ObjectModifiedEvent(form))
        api.content.transition(form, "publish")
    return form
