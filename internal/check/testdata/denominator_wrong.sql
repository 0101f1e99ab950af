UPDATE report_checks SET failed = 26;
