"""campmgr: offline-first participation tracker and leaderboard for training camps."""

__version__ = "0.1.0"
