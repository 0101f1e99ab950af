package main

import (
	"strings"
)

// pageWidth is how many columns of a terminal printed reports are laid out for.
const pageWidth = 100

// cut shortens a text to a width, with an ellipsis where something is left out.
func cut(s string, width int) string {
	s = strings.Join(strings.Fields(s), " ")
	if columnsOf(s) <= width {
		return s
	}
	n := 0
	for i, r := range s {
		n += columnsOf(string(r))
		if n > width-1 {
			return s[:i] + "…"
		}
	}
	return s
}

func padRight(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-columnsOf(s)))
}

func padLeft(s string, width int) string {
	return strings.Repeat(" ", max(0, width-columnsOf(s))) + s
}

// wrapped breaks a text into lines of at most width columns: at a blank where there
// is one, between any two Chinese characters, else where the line ends.
func wrapped(s string, width int) []string {
	var lines []string
	for _, paragraph := range strings.Split(s, "\n") {
		line, blank, n := []rune{}, -1, 0
		for _, r := range strings.TrimSpace(paragraph) {
			w := columnsOf(string(r))
			if n+w > width && len(line) > 0 {
				end, next := len(line), len(line)
				if blank > 0 && w == 1 && r != ' ' {
					end, next = blank, blank+1
				}
				lines = append(lines, strings.TrimRight(string(line[:end]), " "))
				line = append([]rune{}, line[next:]...)
				n, blank = columnsOf(string(line)), -1
			}
			if r == ' ' {
				if len(line) == 0 {
					continue
				}
				blank = len(line)
			}
			line = append(line, r)
			n += w
			if w == 2 {
				blank = -1 // a line may end here anyway
			}
		}
		lines = append(lines, string(line))
	}
	return lines
}
