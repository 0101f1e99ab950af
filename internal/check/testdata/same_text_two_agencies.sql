UPDATE reports SET report_year = 2023 WHERE id = 4; UPDATE sections SET text = (SELECT text FROM sections WHERE report_id = 1) WHERE report_id = 4;
