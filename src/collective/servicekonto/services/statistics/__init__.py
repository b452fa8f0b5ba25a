"""How an Online-Dienst is used: numbers for its editors, and nothing about persons."""
