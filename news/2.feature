Citizens register a Servicekonto, activate it by mail and log in; accounts that were
never activated are deleted.
