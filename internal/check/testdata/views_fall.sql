UPDATE view_counts SET views = 16 WHERE record_id = 'r3';
