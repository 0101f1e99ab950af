package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"crawl/internal/archive"
	"crawl/internal/db"
	"crawl/internal/report"
)

// Names below the data directory; docs and researchers rely on them.
const (
	archiveDir  = "archive"
	workFile    = "work.db"
	reportsFile = "reports.db"
	extractLock = ".extract.lock"
)

func archivePath(data string) string { return filepath.Join(data, archiveDir) }
func workPath(data string) string    { return filepath.Join(data, workFile) }
func reportsPath(data string) string { return filepath.Join(data, reportsFile) }

// config loads config.yaml; a fault in it is a usage error.
func (s *session) config() (config, []report.Source, error) {
	cfg, sources, err := loadConfig(s.opts.Config)
	if err != nil {
		return cfg, nil, exit{exitUsage, err}
	}
	if s.opts.Data != "" {
		cfg.Data = s.opts.Data
	}
	return cfg, sources, nil
}

// data is the directory a command without sources works on: --data, else the
// config's. A missing config is no fault then, as long as nothing else is wrong.
func (s *session) data() (string, error) {
	if s.opts.Data != "" {
		return s.opts.Data, nil
	}
	if _, err := os.Stat(s.opts.Config); errors.Is(err, os.ErrNotExist) {
		return defaults().Data, nil
	}
	cfg, _, err := s.config()
	return cfg.Data, err
}

// publishOptions are the config's, or the defaults where there is no config.
func (s *session) publishOptions() (db.PublishOptions, error) {
	if _, err := os.Stat(s.opts.Config); errors.Is(err, os.ErrNotExist) {
		return defaults().Publish.options(), nil
	}
	cfg, _, err := s.config()
	return cfg.Publish.options(), err
}

func openArchive(data string) (*archive.Archive, error) {
	a, err := archive.Open(archivePath(data))
	if err != nil {
		return nil, fmt.Errorf("open archive %s: %w", archivePath(data), err)
	}
	return a, nil
}

// writable makes the data directory and writes to it, so that a disk that cannot be
// written says so in its own words, before anything else is done.
func writable(data string) error {
	if err := os.MkdirAll(data, 0o755); err != nil {
		return fmt.Errorf("create data directory: %w", err)
	}
	f, err := os.CreateTemp(data, ".writable-*")
	if err != nil {
		return fmt.Errorf("data directory %s cannot be written: %w", data, err)
	}
	if err := errors.Join(f.Close(), os.Remove(f.Name())); err != nil {
		return fmt.Errorf("data directory %s cannot be written: %w", data, err)
	}
	return nil
}

// lockExtract makes this process the only one that writes work.db and reports.db.
// The lock dies with the process.
func lockExtract(data string) (unlock func() error, err error) {
	if err := writable(data); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(data, extractLock))
	held, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", lock.Path(), err)
	}
	if !held {
		return nil, exit{exitSourceFault, fmt.Errorf("busy: another crawl is extracting in %s; what is archived stays, and is taken in by the next crawl run or crawl extract", data)}
	}
	return lock.Unlock, nil
}
