UPDATE reports SET report_year = 2026 WHERE id = 4;
