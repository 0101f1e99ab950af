package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"

	"crawl/internal/db"
)

type queryCommand struct {
	SQL string `arg:"" help:"One SELECT."`
	CSV bool   `help:"Print CSV instead of a table."`
}

// Run answers one question from reports.db; nothing can be written that way.
func (c *queryCommand) Run(s *session) error {
	path, err := s.published()
	if err != nil {
		return err
	}
	columns, rows, err := query(s.ctx, path, c.SQL)
	if err != nil {
		return fmt.Errorf("query %s: %w", path, err)
	}
	if c.CSV {
		return writeCSV(s.stdout, columns, rows)
	}
	return table(s.stdout, columns, rows)
}

// published is the path of reports.db, which must exist.
func (s *session) published() (string, error) {
	data, err := s.data()
	if err != nil {
		return "", err
	}
	path := reportsPath(data)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%s does not exist: crawl run makes it, crawl demo makes one with invented data in %s", path, demoData)
	}
	return path, nil
}

// query asks a database file one question; NULL is the empty string.
func query(ctx context.Context, path, sql string) (columns []string, rows [][]string, err error) {
	columns, values, err := db.Query(ctx, path, sql)
	if err != nil {
		return nil, nil, err
	}
	for _, v := range values {
		row := make([]string, len(v))
		for i, value := range v {
			row[i] = printed(value)
		}
		rows = append(rows, row)
	}
	return columns, rows, nil
}

func printed(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []byte:
		return fmt.Sprintf("%x", v)
	}
	return fmt.Sprint(value)
}
