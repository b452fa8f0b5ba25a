Mein Bereich: profile with trust levels and rows, e-mail address, password, passkeys,
sessions and history, the log of data transfers, export, deletion and inactivity.
