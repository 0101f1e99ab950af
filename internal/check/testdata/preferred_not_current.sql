UPDATE reports SET is_current = 0 WHERE id = 4;
