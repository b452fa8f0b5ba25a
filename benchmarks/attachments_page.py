"""A demo town with one more page, which takes in attachments and hands them out."""

from BTrees.OOBTree import OOBTree
from collective.servicekonto.demo.instance import Instance
from collective.servicekonto.demo.server import start
from collective.servicekonto.postbox.attachments import limits
from collective.servicekonto.postbox.attachments.content import take_in
from collective.servicekonto.postbox.attachments.download import send
from pathlib import Path
from typing import Any
from zope.annotation.interfaces import IAnnotations
import sys


PAGE = "@@benchmark-attachments"
FIELD = "file"

_KEY = "benchmarks.attachments"
_END = "</configure>"
_INCLUDE = '  <include package="benchmarks" file="attachments.zcml" />\n'


class AttachmentsPage:
    """POST keeps the file and answers with its id; GET hands out the one named."""

    def __init__(self, context: Any, request: Any) -> None:
        self.context = context
        self.request = request

    def __call__(self) -> Any:
        """Answer as the pages of the Postfach do, without account and session."""
        kept = IAnnotations(self.context).setdefault(_KEY, OOBTree())
        if self.request.method == "GET":
            return send(kept[self.request.form["id"]], self.request)
        upload = self.request.form[FIELD]
        attachment = take_in(upload, upload.filename, limits.for_staff())
        kept[attachment.id] = attachment
        return attachment.id


class _WithPage(Instance):
    """An instance that knows the page as well."""

    def write(self) -> None:
        """Name the page's ZCML in the configuration."""
        super().write()
        zcml = self.home / "etc" / "site.zcml"
        text = zcml.read_text(encoding="utf-8")
        zcml.write_text(text.replace(_END, _INCLUDE + _END), encoding="utf-8")


if __name__ == "__main__":
    start(_WithPage(Path(sys.argv[1]), int(sys.argv[2])))
