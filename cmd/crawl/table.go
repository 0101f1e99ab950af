package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/width"
)

// table prints rows in aligned columns; a Chinese character is two columns wide.
func table(w io.Writer, columns []string, rows [][]string) error {
	widths := make([]int, len(columns))
	for _, row := range append([][]string{columns}, rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], columnsOf(cell))
		}
	}
	line := func(row []string) string {
		var b strings.Builder
		for i, cell := range row {
			b.WriteString(cell)
			if i < len(row)-1 {
				b.WriteString(strings.Repeat(" ", widths[i]-columnsOf(cell)+2))
			}
		}
		return strings.TrimRight(b.String(), " ") + "\n"
	}
	var rule []string
	for _, n := range widths {
		rule = append(rule, strings.Repeat("-", n))
	}
	if _, err := io.WriteString(w, line(columns)+line(rule)); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	for _, row := range rows {
		if _, err := io.WriteString(w, line(row)); err != nil {
			return fmt.Errorf("print: %w", err)
		}
	}
	return nil
}

// columnsOf is the width of a string on a terminal.
func columnsOf(s string) (n int) {
	for _, r := range s {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

func writeCSV(w io.Writer, columns []string, rows [][]string) error {
	out := csv.NewWriter(w)
	if err := out.Write(columns); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return out.WriteAll(rows)
}
