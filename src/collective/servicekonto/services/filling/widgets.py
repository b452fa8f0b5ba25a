"""Files in a form: taken in once, they stay with the draft until they are removed."""

from collections.abc import Callable
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.postbox.attachments.content import read
from plone.namedfile.file import NamedBlobFile
from plone.namedfile.file import NamedBlobImage
from typing import Any
from z3c.form.browser.widget import HTMLFormElement
from z3c.form.converter import BaseDataConverter
from z3c.form.interfaces import IFieldWidget
from z3c.form.interfaces import IFormLayer
from z3c.form.interfaces import IWidget
from z3c.form.interfaces import NO_VALUE
from z3c.form.widget import FieldWidget
from z3c.form.widget import Widget
from zope.component import adapter
from zope.interface import implementer
from zope.interface import implementer_only
from zope.schema.interfaces import IField


class IAttachmentWidget(IWidget):
    """The input of a file in the form of a service."""


@implementer_only(IAttachmentWidget)
class AttachmentWidget(HTMLFormElement, Widget):
    """Its value is the file that the draft has."""

    value: Attachment | None = None

    def extract(self, default: Any = NO_VALUE) -> Any:
        """Return the file of the draft, whatever the browser sent beside it."""
        found = self.form.files.get(self.field.__name__)
        return default if found is None else found

    def render(self) -> str:
        """The page shows the file itself."""
        return ""


@adapter(IField, IFormLayer)
@implementer(IFieldWidget)
def attachment_field_widget(field: Any, request: Any) -> Any:
    """Return the widget of a field for a file."""
    return FieldWidget(field, AttachmentWidget(request))


@adapter(IField, IAttachmentWidget)
class AttachmentConverter(BaseDataConverter):
    """An attachment as the value of the field, for validators and actions."""

    def toWidgetValue(self, value: Any) -> Any:
        """Fields for files have no default value."""
        return None

    def toFieldValue(self, value: Attachment) -> Any:
        """Return the file as plone.namedfile knows it; its content is not copied."""
        return _MADE_OF.get(self.field._type, _copied)(self.field, value)


class _LentFile(NamedBlobFile):
    """A file whose content belongs to an attachment."""

    def __init__(self, attachment: Attachment) -> None:
        self.filename = attachment.name
        self.contentType = attachment.media_type
        self._blob = attachment.blob


class _LentImage(NamedBlobImage):
    """A picture whose content belongs to an attachment."""

    _width = _height = -1

    def __init__(self, attachment: Attachment) -> None:
        self.filename = attachment.name
        self.contentType = attachment.media_type
        self._blob = attachment.blob


def _copied(field: Any, attachment: Attachment) -> Any:
    content = b"".join(read(attachment))
    return field._type(content, attachment.media_type, attachment.name)


_MADE_OF: dict[Any, Callable[[Any, Attachment], Any]] = {
    NamedBlobFile: lambda field, attachment: _LentFile(attachment),
    NamedBlobImage: lambda field, attachment: _LentImage(attachment),
}
