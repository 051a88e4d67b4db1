"""On whose clocks times are typed and told."""
