UPDATE reports SET content_sha256 = 'c3' WHERE id = 4;
