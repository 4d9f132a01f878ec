"""`campmgr judge`, `campmgr judging`, `campmgr report scores`."""
