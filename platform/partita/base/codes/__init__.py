"""Every message a person can be shown by a rule: code, words in Russian and English, what to do. One module per family;
a module holds a `MESSAGES` tuple and nothing else. No logic lives here."""
