UPDATE source_runs SET outcome = 'blocked' WHERE source = 'east';
