UPDATE reports SET is_current = 1 WHERE id = 2;
