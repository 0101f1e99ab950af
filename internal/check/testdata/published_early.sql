UPDATE reports SET published_date = '2023-12-19' WHERE id = 1;
