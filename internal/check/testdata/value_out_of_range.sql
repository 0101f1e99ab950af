UPDATE disclosure SET value = 50000000 WHERE item = 'norm';
