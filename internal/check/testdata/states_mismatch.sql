UPDATE applications SET total = NULL WHERE report_id = 4;
