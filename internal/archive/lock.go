package archive

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// Lock files live beside the sources; they are never removed, since removing one
// would let two processes hold locks on two files of one name.
const lockDir = ".locks"

// LockHost takes the lock of a host ("www.example.gov.cn:80") for this process, or
// fails with ErrBusy. The operating system drops it when the process dies.
func (a *Archive) LockHost(host string) (unlock func() error, err error) {
	if host == "" {
		return nil, fmt.Errorf("lock host: no host given")
	}
	return a.lock("host", strings.ToLower(host))
}

func (a *Archive) lock(kind, name string) (unlock func() error, err error) {
	dir := filepath.Join(a.dir, lockDir)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("lock %s %s: %w", kind, name, err)
	}
	l := flock.New(filepath.Join(dir, kind+"-"+lockName(name)))
	got, err := l.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock %s %s: %w", kind, name, err)
	}
	if !got {
		return nil, fmt.Errorf("lock %s %s: %w", kind, name, ErrBusy)
	}
	return l.Unlock, nil
}

// lockName makes a file name of any string, without ever making one of two.
func lockName(name string) string {
	const kept = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"
	var b strings.Builder
	for i := range len(name) {
		if c := name[i]; strings.IndexByte(kept, c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	if b.Len() > 200 {
		return b.String()[:100] + "~" + hexDigest([]byte(name))
	}
	return b.String()
}
