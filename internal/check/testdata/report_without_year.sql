UPDATE reports SET report_year = NULL, is_preferred = 0 WHERE id = 4;
