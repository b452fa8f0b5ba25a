"""Text blocks of an office, in the browser."""

from urllib.parse import urlencode
import pytest
import transaction


class TestTextBlocks:
    """The text blocks of the office."""

    def test_rows_are_added_changed_and_removed(self, clerk, office):
        clerk.opens("textbausteine")
        clerk.presses("add")
        clerk.fills_in(
            **{
                "blocks.1.widgets.title": "Termin",
                "blocks.1.widgets.text": "Bitte kommen Sie\nins Rathaus.",
            }
        )
        clerk.presses("save")
        assert "The text blocks are saved" in clerk.contents
        transaction.begin()
        assert [one["title"] for one in office.text_blocks] == ["Unterlagen", "Termin"]
        assert office.text_blocks[1]["text"] == "Bitte kommen Sie\nins Rathaus."
        clerk.getControl(name="buttons.remove", index=0).click()
        clerk.presses("save")
        transaction.begin()
        assert [one["title"] for one in office.text_blocks] == ["Termin"]

    @pytest.mark.parametrize("number", ["9" * 5000, "-1", "x", ""])
    def test_removing_a_row_that_is_not_there_changes_nothing(self, clerk, number):
        clerk.opens("textbausteine")
        proof = clerk.getControl(name="csrf").value
        entries = {
            "csrf": proof,
            "blocks.count": "1",
            "blocks.0.widgets.title": "Unterlagen",
            "buttons.remove": number,
        }
        clerk.post(f"{clerk.office}/textbausteine", urlencode(entries))
        assert clerk.status == 200
        assert clerk.getControl(name="blocks.0.widgets.title").value == "Unterlagen"

    def test_a_title_is_one_line_that_can_be_read(self, clerk, office):
        clerk.opens("textbausteine")
        clerk.fills_in(**{"blocks.0.widgets.title": "Unter\u202elagen\u200b"})
        clerk.presses("save")
        transaction.begin()
        assert office.text_blocks[0]["title"] == "Unterlagen"

    def test_half_a_block_is_told(self, clerk, office):
        clerk.opens("textbausteine")
        clerk.fills_in(**{"blocks.0.widgets.title": ""})
        clerk.presses("save")
        assert "Please enter a title" in clerk.contents
        assert (
            "Bitte senden Sie" in clerk.getControl(name="blocks.0.widgets.text").value
        )

    def test_of_two_clerks_the_second_is_told(self, new_clerk, office):
        first, second = new_clerk(), new_clerk()
        for number, clerk in enumerate((first, second)):
            clerk.opens("textbausteine")
            clerk.fills_in(**{"blocks.0.widgets.title": f"Fassung {number}"})
        first.presses("save")
        second.presses("save")
        assert "somebody else has changed the text blocks" in second.contents
        transaction.begin()
        assert office.text_blocks[0]["title"] == "Fassung 0"
        second.presses("save")
        transaction.begin()
        assert office.text_blocks[0]["title"] == "Fassung 1"
