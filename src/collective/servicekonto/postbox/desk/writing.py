"""Writing to a citizen, in the browser: the form, the review, and the sending."""

from collective.servicekonto import _
from collective.servicekonto.accounts.service import NotActive
from collective.servicekonto.clock import now
from collective.servicekonto.postbox import uploads
from collective.servicekonto.postbox.attachments.limits import for_staff
from collective.servicekonto.postbox.citizen.words import limits
from collective.servicekonto.postbox.citizen.words import size
from collective.servicekonto.postbox.desk import files
from collective.servicekonto.postbox.desk import service
from collective.servicekonto.postbox.desk.blocks import text_blocks
from collective.servicekonto.postbox.desk.blocks import with_block
from collective.servicekonto.postbox.desk.cautions import about_citizen
from collective.servicekonto.postbox.desk.cautions import about_level
from collective.servicekonto.postbox.desk.inputs import ATTRIBUTES
from collective.servicekonto.postbox.desk.inputs import IWriting
from collective.servicekonto.postbox.desk.inputs import letter_of
from collective.servicekonto.postbox.desk.inputs import number_in
from collective.servicekonto.postbox.desk.letter import body
from collective.servicekonto.postbox.desk.letter import check
from collective.servicekonto.postbox.desk.letter import Incorrect
from collective.servicekonto.postbox.desk.letter import Letter
from collective.servicekonto.postbox.desk.pages import DeskForm
from collective.servicekonto.postbox.desk.recipients import Mistyped
from collective.servicekonto.postbox.desk.recipients import NoRecipient
from collective.servicekonto.postbox.desk.recipients import TooManyLookups
from collective.servicekonto.postbox.desk.words import KINDS
from collective.servicekonto.postbox.desk.words import LEVELS
from collective.servicekonto.postbox.orders import KeyReused
from dataclasses import replace
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from z3c.form import button
import json
import re
import secrets


# The editor offers what clean_html leaves.
EDITOR = {
    "menubar": False,
    "statusbar": False,
    "toolbar": "bold italic | bullist numlist | blocks | link unlink | undo redo",
    "plugins": ["lists", "link"],
    "block_formats": "Absatz=p;Überschrift=h2;Unterüberschrift=h3",
    "height": 320,
}

_ORDER = re.compile(r"[\w-]{16,64}", re.ASCII)

REVIEW = "buttons.review"


class LetterForm(DeskForm):
    """A form with a review before anything is sent."""

    scripts = ("desk.js",)
    encoding = "multipart/form-data"
    has_buttons_between = True
    carried = ("thread",)
    review_template = ViewPageTemplateFile("review.pt")
    blocks_template = ViewPageTemplateFile("choose_block.pt")
    files_template = ViewPageTemplateFile("choose_files.pt")
    letter: Letter | None = None
    reviewed = False
    addressee: Any = None

    @property
    def order(self) -> str:
        """The key that lets this form send once."""
        sent = self.entry("order")
        return sent if _ORDER.fullmatch(sent) else self._new_order

    def update(self):
        """Choose a key for a form that was just opened."""
        self._new_order = secrets.token_urlsafe(16)
        self._take_files()
        super().update()

    def updateWidgets(self, prefix=None):
        """Put the chosen text block into the text."""
        self._insert_block()
        super().updateWidgets()

    def input_attributes(self, name):
        """Return what the browser needs for the input."""
        attributes = super().input_attributes(name) | ATTRIBUTES.get(name, {})
        if name == "text":
            attributes["class"] = "form-control pat-tinymce"
            label = self.translate(_("Text"))
            named = {"iframe_aria_text": label, "iframe_attrs": {"title": label}}
            editor = {"tiny": EDITOR | named}
            attributes["data-pat-tinymce"] = json.dumps(editor)
        return attributes

    def hidden_entries(self):
        """Send on what the form is about, and its key."""
        return super().hidden_entries() | {"order": self.order}

    def buttons_to_show(self):
        """Show one button below the fields; the others are elsewhere."""
        return [each for each in super().buttons_to_show() if each["name"] == REVIEW]

    def below_field(self, name):
        """Offer the text blocks below the text."""
        if name != "text" or not text_blocks(self.context):
            return ""
        return self.blocks_template()

    def blocks(self):
        """Return number, title and text of each text block."""
        return list(enumerate(text_blocks(self.context)))

    def below_fields(self):
        """Offer to attach files."""
        return self.files_template()

    def attached(self):
        """Return what is said of each file that is attached."""
        language = self.language
        return [
            {"id": one.id, "name": one.name, "size": size(one.size, language)}
            for one in self.attachments
            if not isinstance(one, files.Sent)
        ]

    def allowed(self):
        """Return which files can be attached."""
        return limits(for_staff())

    def error_links(self):
        """Add the files that were not taken."""
        return super().error_links() + [
            {"href": "#dateien", "text": problem} for problem in self.file_problems
        ]

    def render(self):
        """Return the review where everything is in order, or else the form."""
        if self.reviewed:
            self.label = _("Check the message")
            return self.review_template()
        return super().render()

    @button.buttonAndHandler(_("Check the message"), name="review")
    def handle_review(self, action):
        """Show everything once more before it is sent."""
        letter = self.read()
        self.reviewed = letter is not None and self.can_be_sent(letter)

    @button.buttonAndHandler(_("Send the message"), name="send")
    def handle_send(self, action):
        """Send it, or say why not."""
        letter = self.read()
        if letter is None:
            return
        try:
            message = self.send(letter)
        except NotActive:
            self.status = _(
                "Nothing was sent: the citizen has deleted the Servicekonto, or is "
                "about to. Please write by post."
            )
        except KeyReused:
            self.status = _(
                "Nothing was sent this time: with this form you have sent another "
                "message already. Please look at it in the list of messages. For a "
                "new message open the form anew."
            )
        else:
            if message is not None:
                files.seal(self._place)
                self.to_thread(message)

    @button.buttonAndHandler(_("Change"), name="change")
    def handle_change(self, action):
        """Go back to the form; everything is filled in."""

    @button.buttonAndHandler(_("Insert"), name="block")
    def handle_block(self, action):
        """The text block is in the text already."""

    def read(self) -> Letter | None:
        """Return what was entered, or show what is wrong with it."""
        try:
            letter = letter_of(self.entries())
            self.letter = replace(letter, attachments=self.attachments)
            check(self.letter, now())
        except Incorrect as incorrect:
            self.show_problems(self.missing() | incorrect.problems)
            return None
        self.show_problems(self.missing())
        return None if self.file_problems or self.missing() else self.letter

    def missing(self) -> dict[str, Any]:
        """Return what is missing beside the letter itself, texts by field."""
        return {}

    def entries(self) -> dict[str, str]:
        """Return the texts of the form by field."""
        return {name: self.entry(name) for name in self.schema}

    def can_be_sent(self, letter: Letter) -> bool:
        """Tell whether it can be sent now, or show why not."""
        return True

    def send(self, letter: Letter) -> Any | None:
        """Send it and return the message, or None where the form says why not."""
        raise NotImplementedError

    def review_entries(self) -> list[tuple[str, str, Any]]:
        """Return field, title and text of what the review shows beside the text."""
        letter = self.letter
        kept = letter.keep.days if letter.keep else ""
        later = self.moment(int(letter.later.timestamp())) if letter.later else ""
        until = (
            self.day(letter.reply_until) if letter.reply_until else _("not possible")
        )
        found = [
            (_("What is it?"), KINDS[letter.kind]),
            (_("Subject"), letter.subject),
            (_("File number"), letter.reference),
            (_("The citizen can answer until"), until),
            (_("How must the citizen log in to read it?"), LEVELS[letter.level]),
            (_("Will be sent"), later or _("at once")),
            (_("Will be kept for so many days"), kept),
            (_("Files"), ", ".join(one.name for one in letter.attachments)),
        ]
        return [(title, text) for title, text in found if text]

    def cautions(self) -> list[Any]:
        """Return what the clerk should know before the message is sent."""
        found: list[Any] = []
        if self.letter is not None:
            found += about_level(self.letter.level)
        if self.addressee is not None:
            found += about_citizen(self.addressee, now(), self.language)
        return found

    def written(self) -> str:
        """Return the text as the citizen will read it."""
        return body(self.letter.text, self.context.signature or "")

    def sent_entries(self) -> list[tuple[str, str]]:
        """Return name and text of all that the review sends on."""
        return [*self.hidden_entries().items(), *self.entries().items()]

    def to_thread(self, message: Any) -> None:
        """Lead on to the thread with the message."""
        done = "gesendet" if message.provided else "geplant"
        self.redirect(f"nachricht?thread={self.name_of(message)}&nach={done}")

    @property
    def _place(self) -> files.Place:
        clerk = api.user.get_current().getId()
        return files.place_of(self.context.UID(), clerk, self.order)

    def _take_files(self) -> None:
        """Keep the files of the form, so that no mistake beside them loses them."""
        self.attachments = files.kept(self._place)
        self.file_problems: list[str] = []
        if self.request.method != "POST" or files.is_sent(self.attachments):
            return
        taken = uploads.take(self.request.form, self.attachments, for_staff())
        self.attachments = taken.attachments
        self.file_problems = [
            f"{one.name}: {self.translate(one.message)}" for one in taken.refused
        ]
        files.keep(self._place, self.attachments, now())

    def _insert_block(self) -> None:
        form = self.request.form
        if self.request.method == "POST" and "buttons.block" in form:
            chosen = self.entry("block")
            blocks = text_blocks(self.context)
            number = number_in(chosen)
            if number is not None and number < len(blocks):
                text = blocks[number]["text"]
                form["text"] = with_block(self.entry("text"), text)


class WriteForm(LetterForm):
    """Begins a thread with one citizen."""

    label = _("Write to a citizen")
    schema = IWriting

    def updateFields(self):
        """Whom an answer is known of need not be entered again."""
        super().updateFields()
        self.known = self.thread() if self.entry("thread") else None
        if self.known is not None:
            self.fields = self.fields.omit("recipient")

    @property
    def intro(self):
        """Say to whom the message goes where that is known."""
        if self.known is None:
            return None
        return _(
            "The message goes to the citizen with whom you have the messages "
            "“${subject}”.",
            mapping={"subject": self.known.first.title},
        )

    def missing(self):
        """Say that the recipient is missing."""
        if self.known is not None or self.entry("recipient").strip():
            return {}
        return {"recipient": _("Please enter an account number or an e-mail address.")}

    def can_be_sent(self, letter):
        """Tell whether the recipient is found."""
        self.addressee = self._recipient()
        return self.addressee is not None

    def send(self, letter):
        """Send it to the recipient, who is looked for anew."""
        if not self.can_be_sent(letter):
            return None
        return service.write(self.context, self.addressee, letter, now(), self.order)

    def name_of(self, message):
        """Return the name of the thread that was begun."""
        return service.thread_name(self.addressee, message)

    def review_entries(self):
        """Show the recipient first."""
        whom = self.entry("recipient") if self.known is None else self.intro
        return [(_("Recipient"), whom), *super().review_entries()]

    def _recipient(self) -> Any | None:
        if self.known is not None:
            return self.known.account
        try:
            return service.find_recipient(self.context, self.entry("recipient"), now())
        except Mistyped:
            text = _(
                "There is a slip of the pen in this account number. Please compare each "
                "digit with what the citizen told you."
            )
        except NoRecipient:
            text = _(
                "No Servicekonto is found with this. Please compare it with what the "
                "citizen told you. Only the whole number or address is looked for."
            )
        except TooManyLookups:
            text = _(
                "You have looked for many citizens within a short time. Please wait a "
                "few minutes. Your entries are still here."
            )
        self.show_problems({"recipient": text})
        return None
