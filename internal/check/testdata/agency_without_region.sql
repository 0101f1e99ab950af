UPDATE reports SET agency_id = NULL, is_preferred = 0 WHERE id = 4;
