"""Forms with files. What was uploaded is kept as a draft until it is sent."""

from collections.abc import Iterator
from collective.servicekonto.postbox import drafts
from collective.servicekonto.postbox import uploads
from collective.servicekonto.postbox.attachments.limits import for_citizens
from collective.servicekonto.postbox.citizen import words
from collective.servicekonto.postbox.citizen.problems import Problem
from collective.servicekonto.postbox.drafts import Draft
from functools import cached_property
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


_NO_DRAFT = Draft("", (), 0, "")


class FileForm:
    """Mixed into a page of the Postfach; ``draft_key`` names the draft."""

    files_template = ViewPageTemplateFile("files.pt")
    problems: tuple[Problem, ...] = ()
    draft_key = ""

    @property
    def draft(self) -> Draft:
        """What is kept already."""
        return drafts.query(self.account.id, self.draft_key) or _NO_DRAFT

    @cached_property
    def taken(self) -> uploads.Uploaded:
        """The files of the draft with those of the form."""
        return uploads.take(self.request.form, self.draft.attachments, for_citizens())

    def refused(self) -> Iterator[Problem]:
        """Yield the files that were not taken."""
        for one in self.taken.refused:
            yield Problem(uploads.FILES, one.message, one.name)

    @property
    def has_errors(self) -> bool:
        """Tell whether something has to be corrected."""
        return bool(self.problems)

    def problems_of(self, field: str) -> list[Problem]:
        """Return what has to be corrected in the field."""
        return [one for one in self.problems if one.field == field]

    def files(self) -> Iterator[dict]:
        """Yield what is said of each file that is attached."""
        for one in self.draft.attachments:
            yield {
                "id": one.id,
                "name": one.name,
                "size": words.size(one.size, self.language),
            }

    def limits(self) -> dict[str, str]:
        """Return which files can be attached."""
        return words.limits(for_citizens())
