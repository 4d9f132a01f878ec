"""Works handed in 作品征集: checked before they are sent, tabled, mailed by windows, screened, voted on and shown."""
