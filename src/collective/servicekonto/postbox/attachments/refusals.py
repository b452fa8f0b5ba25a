"""How a file is refused."""

from typing import Any


class AttachmentRefused(ValueError):
    """The file is not taken; ``message`` says why, and what the sender can do."""

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message
