"""The verbs: report, pass, adopt, settle; bonuses and excuses; bulletins."""
