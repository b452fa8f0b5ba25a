The Online-Ausweis: citizens upgrade their account to Servicekonto Plus with the
AusweisApp and log in with their card; the eID-Server of a certified provider is connected
in a control panel; a test eID-Server and an emulated card for developers. The counter:
an office confirms details from a document that is shown, once the citizen asked for it
with a code; a second clerk if the town wants it.
