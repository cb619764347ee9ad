"""Who may do what: the matrix of roles, passwords, second factors, tokens. No database here."""
