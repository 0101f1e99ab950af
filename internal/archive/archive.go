package archive

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"time"
)

var (
	// ErrBusy says that another process, or another part of this one, holds the lock.
	ErrBusy = errors.New("held by another process")
	// ErrNotArchived says that Replay holds no answer for a request.
	ErrNotArchived = errors.New("not archived")
	// ErrTooLarge says that a body is over the limit, counted after decompression.
	ErrTooLarge = errors.New("body too large")
	// ErrCoding says that a content coding is unknown or could not be undone.
	ErrCoding = errors.New("content coding")
	// ErrRefused marks an error by which our own side refuses a request; a transport
	// or dialer that wraps it has the exchange archived with OutcomeRefused.
	ErrRefused = errors.New("refused by our own rules")
)

// Archive is a directory with one directory a source.
type Archive struct {
	dir      string
	fileSize int64 // a WARC of at least this size is sealed
}

// sealedSize is where a WARC file ends: big enough that a source has few files,
// small enough to copy and to scan.
const sealedSize = 1 << 30

// Open opens the archive rooted at dir. The directory need not exist yet; it is
// created by the first writer.
func Open(dir string) (*Archive, error) {
	if dir == "" {
		return nil, errors.New("open archive: no directory given")
	}
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("open archive: %w", err)
	case !info.IsDir():
		return nil, fmt.Errorf("open archive: %s is not a directory", dir)
	}
	return &Archive{dir: dir, fileSize: sealedSize}, nil
}

// Sources lists the source ids that have a directory with at least one WARC file,
// sorted.
func (a *Archive) Sources() ([]string, error) {
	entries, err := os.ReadDir(a.dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list sources: %w", err)
	}
	var ids []string
	for _, e := range entries {
		if !e.IsDir() || checkSourceID(e.Name()) != nil {
			continue
		}
		files, err := listFiles(filepath.Join(a.dir, e.Name()), e.Name())
		if err != nil {
			return nil, fmt.Errorf("list sources: %w", err)
		}
		if len(files) > 0 {
			ids = append(ids, e.Name())
		}
	}
	return ids, nil
}

var sourceID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

// checkSourceID refuses what is not a safe directory name on every system.
func checkSourceID(id string) error {
	if !sourceID.MatchString(id) || strings.HasSuffix(id, ".") {
		return fmt.Errorf("source id %q: want letters, digits, '.', '_' and '-', at most 100, beginning with a letter or digit", id)
	}
	return nil
}

func (a *Archive) sourceDir(id string) string { return filepath.Join(a.dir, id) }

// WARC files are called <source>-<UTC time>-<serial>.warc.gz. The serial alone
// orders them, so that a clock set back does not.
const fileSuffix = ".warc.gz"

func fileName(source string, at time.Time, serial int) string {
	return fmt.Sprintf("%s-%s-%05d%s", source, at.UTC().Format("20060102150405"), serial, fileSuffix)
}

// fileSerial is the serial number in the name of one of the source's WARC files.
func fileSerial(source, name string) (serial int, ok bool) {
	rest, ok := strings.CutPrefix(name, source+"-")
	if !ok {
		return 0, false
	}
	if rest, ok = strings.CutSuffix(rest, fileSuffix); !ok {
		return 0, false
	}
	stamp, digits, ok := strings.Cut(rest, "-")
	if !ok || len(stamp) != 14 || len(digits) < 5 {
		return 0, false
	}
	serial, err := strconv.Atoi(digits)
	return serial, err == nil && serial >= 0
}

// ComparePlaces says which of two places in a source's files was written first: negative
// for the first. Unlike times, places do not jump with the clock.
func ComparePlaces(fileA string, offsetA int64, fileB string, offsetB int64) int {
	a, b := serialOf(fileA), serialOf(fileB)
	return cmp.Or(cmp.Compare(a, b), cmp.Compare(offsetA, offsetB))
}

// serialOf is the serial number at the end of a file's name, -1 for none.
func serialOf(name string) int {
	name = strings.TrimSuffix(name, fileSuffix)
	serial, err := strconv.Atoi(name[strings.LastIndexByte(name, '-')+1:])
	if err != nil {
		return -1
	}
	return serial
}

// listFiles lists a source's WARC files in the order they were written.
func listFiles(dir, source string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if _, ok := fileSerial(source, e.Name()); ok && e.Type().IsRegular() {
			names = append(names, e.Name())
		}
	}
	sort.Slice(names, func(i, j int) bool {
		a, _ := fileSerial(source, names[i])
		b, _ := fileSerial(source, names[j])
		return a < b
	})
	return names, nil
}
