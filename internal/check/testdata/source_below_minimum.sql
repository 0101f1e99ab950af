UPDATE events SET data = json_set(data, '$.source.expect.min', 3) WHERE record_id = 'e2';
