package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"crawl/internal/crawler"
	"crawl/internal/db"
	"crawl/internal/portal"
	"crawl/internal/report"
)

// config is config.yaml. An unknown key is an error.
type config struct {
	Data         string        `yaml:"data"`
	UserAgent    string        `yaml:"user_agent"`
	Delay        time.Duration `yaml:"delay"`
	Timeout      time.Duration `yaml:"timeout"`
	MaxBodyMB    int           `yaml:"max_body_mb"`
	Hosts        int           `yaml:"hosts"`
	Counters     string        `yaml:"counters"`
	AllowPrivate bool          `yaml:"allow_private_addresses"`
	Reconcile    int           `yaml:"reconcile_days"`
	TimeLimit    time.Duration `yaml:"time_limit"`
	Quiet        string        `yaml:"quiet"`
	Budget       budgetEntry   `yaml:"budget"`
	Publish      publishEntry  `yaml:"publish"`
	Notify       notifyEntry   `yaml:"notify"`
	Metrics      string        `yaml:"metrics"`
	Include      string        `yaml:"include"`
	Sources      []sourceEntry `yaml:"sources"`
}

// sourceEntry is one entry of `sources`.
type sourceEntry struct {
	ID      string      `yaml:"id"`
	Name    string      `yaml:"name"`
	URL     string      `yaml:"url"`
	Adapter string      `yaml:"adapter"`
	Match   string      `yaml:"match"`
	Also    []string    `yaml:"also"`
	Region  string      `yaml:"region"`
	Expect  expectEntry `yaml:"expect"`
	Note    string      `yaml:"note"`
	List    string      `yaml:"list"`
	Item    string      `yaml:"item"`
	Date    string      `yaml:"date"`
	Next    string      `yaml:"next"`
}

type expectEntry struct {
	Min   int    `yaml:"min"`
	Years string `yaml:"years"`
	Empty bool   `yaml:"empty"`
}

// budgetEntry bounds what one run takes from one host; 0 does not bound.
type budgetEntry struct {
	Requests int           `yaml:"requests"`
	MB       int           `yaml:"mb"`
	Time     time.Duration `yaml:"time"`
}

// publishEntry says in percent what a publication may lose before rows are kept, or
// all is held back.
type publishEntry struct {
	FieldsFall   int `yaml:"fields_fall"`
	CellsChanged int `yaml:"cells_changed"`
}

func (e publishEntry) options() db.PublishOptions {
	return db.PublishOptions{FieldsFall: float64(e.FieldsFall) / 100, CellsChanged: float64(e.CellsChanged) / 100}
}

// included is a file that `include` names: sources and nothing else.
type included struct {
	Sources []sourceEntry `yaml:"sources"`
}

func defaults() config {
	return config{
		Data:      "data",
		Delay:     2 * time.Second,
		Timeout:   60 * time.Second,
		MaxBodyMB: 64,
		Hosts:     8,
		Counters:  "display",
		Reconcile: 30,
		Publish:   publishEntry{FieldsFall: 20, CellsChanged: 5},
	}
}

// loadConfig reads and validates a config file and what it includes. The error
// names every fault with file and line.
func loadConfig(path string) (config, []report.Source, error) {
	cfg := defaults()
	main, err := readYAML(path, &cfg)
	if errors.Is(err, fs.ErrNotExist) {
		return cfg, nil, fmt.Errorf("%s: no such config file: name one with --config, or start from the config.yaml of the repository", path)
	}
	if err != nil {
		return cfg, nil, err
	}
	faults := settingFaults(main, cfg)
	files := []sourceFile{{main, cfg.Sources}}
	if cfg.Include != "" {
		more, err := include(filepath.Dir(path), cfg.Include)
		if err != nil {
			return cfg, nil, err
		}
		files = append(files, more...)
	}
	sources, sourceFaults := readSources(files)
	faults = append(faults, sourceFaults...)
	return cfg, sources, errors.Join(faults...)
}

// yamlFile is a parsed file, kept to find the line of a fault.
type yamlFile struct {
	path string
	tree *ast.File
}

type sourceFile struct {
	file    yamlFile
	entries []sourceEntry
}

func include(dir, pattern string) ([]sourceFile, error) {
	if !filepath.IsAbs(pattern) {
		pattern = filepath.Join(dir, pattern)
	}
	names, err := filepath.Glob(pattern)
	if err != nil {
		return nil, fmt.Errorf("include: %q is no file pattern: %w", pattern, err)
	}
	slices.Sort(names)
	var files []sourceFile
	for _, name := range names {
		var in included
		file, err := readYAML(name, &in)
		if err != nil {
			return nil, err
		}
		files = append(files, sourceFile{file, in.Sources})
	}
	return files, nil
}

func readYAML(path string, into any) (yamlFile, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return yamlFile{}, fmt.Errorf("read config: %w", err)
	}
	tree, err := parser.ParseBytes(text, 0)
	if err != nil {
		return yamlFile{}, yamlFault(path, err)
	}
	if len(strings.TrimSpace(tree.String())) > 0 {
		if err := yaml.NewDecoder(strings.NewReader(string(text)), yaml.Strict()).Decode(into); err != nil {
			return yamlFile{}, yamlFault(path, err)
		}
	}
	return yamlFile{path, tree}, nil
}

// yamlFault puts file:line before the parser's message.
func yamlFault(path string, err error) error {
	var y yaml.Error
	if errors.As(err, &y) && y.GetToken() != nil {
		return fmt.Errorf("%s:%d: %s", path, y.GetToken().Position.Line, y.GetMessage())
	}
	return fmt.Errorf("%s: %w", path, err)
}

// fault is a sentence about a value, with the line the value stands on.
func (f yamlFile) fault(at, format string, args ...any) error {
	message := fmt.Sprintf(format, args...)
	for ; strings.Contains(at, "."); at = at[:strings.LastIndexByte(at, '.')] { // a key that is not there lies in one that is
		if p, err := yaml.PathString(at); err == nil {
			if node, err := p.FilterFile(f.tree); err == nil && node != nil {
				return fmt.Errorf("%s:%d: %s", f.path, node.GetToken().Position.Line, message)
			}
		}
	}
	return fmt.Errorf("%s: %s", f.path, message)
}

var counterSettings = []string{"off", "display", "all"}

func settingFaults(f yamlFile, c config) (faults []error) {
	bad := func(key, format string, args ...any) {
		faults = append(faults, f.fault("$."+key, key+": "+format, args...))
	}
	if c.Data == "" {
		bad("data", "must name a directory")
	}
	if !strings.Contains(c.UserAgent, "@") && !strings.Contains(c.UserAgent, "http") {
		bad("user_agent", "must say how to reach you, a mail address or a page (got %q)", c.UserAgent)
	}
	if c.Delay < 0 {
		bad("delay", "must not be negative (got %s)", c.Delay)
	}
	if c.Timeout <= 0 {
		bad("timeout", "must be positive (got %s)", c.Timeout)
	}
	if c.MaxBodyMB < 1 {
		bad("max_body_mb", "must be at least 1 (got %d)", c.MaxBodyMB)
	}
	if c.Hosts < 1 {
		bad("hosts", "must be at least 1 (got %d)", c.Hosts)
	}
	if c.Reconcile < 1 {
		bad("reconcile_days", "must be at least 1 (got %d)", c.Reconcile)
	}
	if c.TimeLimit < 0 {
		bad("time_limit", "must not be negative (got %s)", c.TimeLimit)
	}
	if c.Budget.Requests < 0 || c.Budget.MB < 0 || c.Budget.Time < 0 {
		bad("budget", "must not be negative (got requests %d, mb %d, time %s)", c.Budget.Requests, c.Budget.MB, c.Budget.Time)
	}
	for key, percent := range map[string]int{"fields_fall": c.Publish.FieldsFall, "cells_changed": c.Publish.CellsChanged} {
		if percent < 1 || percent > 100 {
			bad("publish."+key, "must be a percentage from 1 to 100 (got %d)", percent)
		}
	}
	for _, fault := range c.Notify.faults() {
		key, reason, _ := strings.Cut(fault, ": ")
		bad("notify."+key, "%s", reason)
	}
	if _, err := parseQuiet(c.Quiet); err != nil {
		bad("quiet", "%v", err)
	}
	if !slices.Contains(counterSettings, c.Counters) {
		bad("counters", "must be one of %s (got %q)", strings.Join(counterSettings, ", "), c.Counters)
	}
	return faults
}

// parseQuiet reads hours of the day, 08:00-18:00; "" for none.
func parseQuiet(s string) (crawler.Quiet, error) {
	if s == "" {
		return crawler.Quiet{}, nil
	}
	from, to, ok := strings.Cut(s, "-")
	a, errA := time.Parse("15:04", strings.TrimSpace(from))
	b, errB := time.Parse("15:04", strings.TrimSpace(to))
	if !ok || errA != nil || errB != nil || a.Equal(b) {
		return crawler.Quiet{}, fmt.Errorf("must be hours of the day, Beijing time, like 08:00-18:00 (got %q)", s)
	}
	clock := func(t time.Time) time.Duration {
		return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
	}
	return crawler.Quiet{From: clock(a), To: clock(b)}, nil
}

var (
	sourceID   = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`)
	regionCode = regexp.MustCompile(`^\d{6}$`)
	yearRange  = regexp.MustCompile(`^20\d\d-(20\d\d)?$`)
)

func readSources(files []sourceFile) (sources []report.Source, faults []error) {
	seen := map[string]string{}
	for _, f := range files {
		for i, e := range f.entries {
			at := fmt.Sprintf("$.sources[%d]", i)
			bad := func(key, format string, args ...any) {
				faults = append(faults, f.file.fault(at+"."+key, "source "+e.ID+": "+key+": "+format, args...))
			}
			if !sourceID.MatchString(e.ID) {
				faults = append(faults, f.file.fault(at, "source %d: id must be lower-case letters, digits, - and _ (got %q)", i+1, e.ID))
				continue
			}
			if where, ok := seen[e.ID]; ok {
				bad("id", "stands already in %s", where)
				continue
			}
			seen[e.ID] = f.file.path
			judge(e, bad)
			sources = append(sources, e.source())
		}
	}
	return sources, faults
}

// judge reports every fault of an entry through bad.
func judge(e sourceEntry, bad func(key, format string, args ...any)) {
	if u, err := url.Parse(e.URL); err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		bad("url", "must be the http or https address of a listing page (got %q)", e.URL)
	}
	if e.Adapter != "" && e.Adapter != "auto" {
		if _, err := portal.Named(e.Adapter); err != nil {
			bad("adapter", "%v", err)
		}
	}
	if _, err := regexp.Compile(e.Match); err != nil {
		bad("match", "%v", err)
	}
	if e.Region != "" && !regionCode.MatchString(e.Region) {
		bad("region", "must be a six-digit GB/T 2260 code in quotes (got %q)", e.Region)
	}
	if e.Expect.Min < 0 {
		bad("expect.min", "must not be negative (got %d)", e.Expect.Min)
	}
	if e.Expect.Years != "" && !yearRange.MatchString(e.Expect.Years) {
		bad("expect.years", "must look like 2019- or 2019-2024 (got %q)", e.Expect.Years)
	}
}

func (e sourceEntry) source() report.Source {
	if e.Adapter == "" {
		e.Adapter = "auto"
	}
	return report.Source{
		ID: e.ID, Name: e.Name, URL: e.URL, Adapter: e.Adapter, Match: e.Match, Also: e.Also,
		Region: e.Region, Note: e.Note,
		Expect: report.Expect{Min: e.Expect.Min, Years: e.Expect.Years, Empty: e.Expect.Empty},
		Select: report.Selectors{List: e.List, Item: e.Item, Date: e.Date, Next: e.Next},
	}
}
