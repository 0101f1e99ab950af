UPDATE events SET data = json_set(data, '$.source.expect.years', '2022-') WHERE record_id = 'e2';
