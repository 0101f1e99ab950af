UPDATE reports SET is_preferred = 0 WHERE id = 4;
