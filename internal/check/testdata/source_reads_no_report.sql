UPDATE reports SET source = 'east' WHERE source = 'west'; UPDATE listing_items SET decision = 'followed' WHERE source = 'west';
