package main

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"crawl/internal/crawler"
	"crawl/internal/report"
)

// addSource writes an entry behind the last one of a config file's `sources`. All other
// bytes stay as they are, comments included; the file is replaced in one step, and only if
// it then loads and says what it said before and the entry.
func addSource(path string, e sourceEntry) error {
	_, before, err := loadConfig(path)
	if err != nil {
		return exit{exitUsage, err}
	}
	for _, src := range before {
		switch {
		case src.ID == e.ID:
			return exit{exitUsage, fmt.Errorf("%s: source %s is there already (%s); name another id with --id", path, src.ID, src.URL)}
		case sameAddress(src.URL, e.URL):
			return exit{exitUsage, fmt.Errorf("%s: source %s lists %s already", path, src.ID, src.URL)}
		}
	}
	real, err := filepath.EvalSymlinks(path) // a link stays one
	if err != nil {
		return fmt.Errorf("add source %s: %w", e.ID, err)
	}
	text, err := os.ReadFile(real)
	if err != nil {
		return fmt.Errorf("add source %s: %w", e.ID, err)
	}
	longer, err := inserted(string(text), e)
	if err != nil {
		return exit{exitUsage, fmt.Errorf("%s: add source %s: %w", path, e.ID, err)}
	}
	return replaceConfig(real, longer, before, e)
}

// replaceConfig puts a new text in a config's place if it reads as the old sources and
// one more.
func replaceConfig(path, text string, before []report.Source, e sourceEntry) (err error) {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("add source %s: %w", e.ID, err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".config-*") // `include` is relative to where the config lies
	if err != nil {
		return fmt.Errorf("add source %s: %w", e.ID, err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Chmod(info.Mode().Perm()), f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("add source %s: %w", e.ID, err)
	}
	_, after, err := loadConfig(f.Name())
	if err != nil {
		return fmt.Errorf("add source %s: %s would not load: %w", e.ID, path, err)
	}
	if !oneMore(before, after, e.source()) {
		return fmt.Errorf("add source %s: %s would say something else than its sources and this one: add it by hand", e.ID, path)
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("add source %s: %w", e.ID, err)
	}
	return nil
}

// oneMore says whether after holds before, in order, and one source more.
func oneMore(before, after []report.Source, e report.Source) bool {
	same := func(a, b report.Source) bool {
		return a.ID == b.ID && a.Name == b.Name && a.URL == b.URL && a.Adapter == b.Adapter && a.Match == b.Match && slices.Equal(a.Also, b.Also) &&
			a.Region == b.Region && a.Expect == b.Expect && a.Note == b.Note && a.Select == b.Select
	}
	i := slices.IndexFunc(after, func(s report.Source) bool { return s.ID == e.ID })
	if i < 0 || !same(after[i], e) {
		return false
	}
	return slices.EqualFunc(before, slices.Delete(slices.Clone(after), i, i+1), same)
}

var (
	sourcesKey = regexp.MustCompile(`^sources\s*:\s*(.*?)\s*$`)
	comment    = regexp.MustCompile(`(?:^|\s)#.*$`)
)

// inserted is a config's text with an entry behind the last one of `sources`.
func inserted(text string, e sourceEntry) (string, error) {
	end := "\n"
	if strings.Contains(text, "\r\n") {
		end = "\r\n"
	}
	entry := func(indent string) string { return strings.ReplaceAll(e.yaml(indent), "\n", end) }
	lines := strings.SplitAfter(text, "\n")
	bare := func(i int) string { return strings.TrimRight(lines[i], "\r\n") }
	key := slices.IndexFunc(lines, func(l string) bool { return sourcesKey.MatchString(strings.TrimRight(l, "\r\n")) })
	if key < 0 {
		return closed(text, end) + "sources:" + end + entry("  "), nil
	}
	switch value := strings.TrimSpace(comment.ReplaceAllString(sourcesKey.FindStringSubmatch(bare(key))[1], "")); value {
	case "":
	case "[]", "~", "null":
		lines[key] = strings.Replace(lines[key], value, "", 1)
	default:
		return "", errors.New("its sources stand in one line: add the entry by hand")
	}
	last, indent := key, ""
	for i := key + 1; i < len(lines); i++ {
		line := bare(i)
		trimmed := strings.TrimLeft(line, " ")
		depth := line[:len(line)-len(trimmed)]
		switch {
		case trimmed == "":
			continue
		case indent == "" && last == key && strings.HasPrefix(trimmed, "-"):
			indent = depth
			last = i
		case last > key && (len(depth) > len(indent) || depth == indent && strings.HasPrefix(trimmed, "-")):
			last = i
		case strings.HasPrefix(trimmed, "#"): // between entries, or after the last one
			continue
		default:
			i = len(lines) // the next key of the config
		}
	}
	if last == key {
		indent = "  "
	}
	lines[last] = closed(lines[last], end)
	return strings.Join(slices.Insert(lines, last+1, entry(indent)), ""), nil
}

// closed is a text that ends its last line.
func closed(text, end string) string {
	if text == "" || strings.HasSuffix(text, "\n") {
		return text
	}
	return text + end
}

var folderIndex = regexp.MustCompile(`(?i)/(?:index|default)\.[a-z]+$`)

// sameAddress says whether two addresses are one listing: with http or https, and with or
// without the name of a folder's index.
func sameAddress(a, b string) bool {
	plain := func(s string) string {
		u, err := url.Parse(crawler.Canonical(s))
		if err != nil {
			return s
		}
		u.Scheme = "http"
		u.Path = folderIndex.ReplaceAllString(u.Path, "/")
		return u.String()
	}
	return plain(a) == plain(b)
}
