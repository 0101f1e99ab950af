//go:build unix

package archive

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
)

// The tests of this file run parts of themselves in a second process: this program
// again, with the name of the part in childEnv.
const childEnv = "ARCHIVE_TEST_CHILD"

var childParts = map[string]func(){
	"hold-locks": holdLocks,
	"disk-full":  fillDisk,
	"erase":      eraseSecret,
}

func child(part, dir string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+part, "ARCHIVE_TEST_DIR="+dir)
	cmd.Stderr = os.Stderr
	return cmd
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func holdLocks() {
	a, err := Open(os.Getenv("ARCHIVE_TEST_DIR"))
	must(err)
	_, err = a.Writer("a")
	must(err)
	_, err = a.LockHost("www.example.gov.cn:80")
	must(err)
	fmt.Println("held")
	select {} // until killed
}

func TestLocksOfAnotherProcess(t *testing.T) {
	dir := t.TempDir()
	cmd := child("hold-locks", dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	if _, err := fmt.Fscanln(out, new(string)); err != nil {
		t.Fatal(err)
	}
	a, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Writer("a"); !errors.Is(err, ErrBusy) {
		t.Errorf("writer: %v", err)
	}
	for _, host := range []string{"www.example.gov.cn:80", "WWW.example.gov.cn:80"} {
		if _, err := a.LockHost(host); !errors.Is(err, ErrBusy) {
			t.Errorf("host %s: %v", host, err)
		}
	}
	if s, err := a.Source("a"); err != nil {
		t.Errorf("reader beside a writer: %v", err)
	} else if err := s.Close(); err != nil {
		t.Error(err)
	}
	unlock, err := a.LockHost("www.example.gov.cn:8080")
	if err != nil {
		t.Fatalf("another port: %v", err)
	}
	if _, err := a.LockHost("www.example.gov.cn:8080"); !errors.Is(err, ErrBusy) {
		t.Errorf("held by ourselves: %v", err)
	}
	if err := unlock(); err != nil {
		t.Error(err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	w, err := a.Writer("a")
	if err != nil {
		t.Fatalf("after the holder died: %v", err)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	unlock, err = a.LockHost("www.example.gov.cn:80")
	if err != nil {
		t.Fatalf("after the holder died: %v", err)
	}
	if err := unlock(); err != nil {
		t.Error(err)
	}
}

func TestLockNames(t *testing.T) {
	seen := map[string]string{}
	for _, name := range []string{"a:80", "a_80", "a%3A80", "../x", "/", "年", strings.Repeat("年", 99), strings.Repeat("年", 98)} {
		file := lockName(name)
		if strings.ContainsAny(file, "/\\:") || len(file) > 255 || seen[file] != "" {
			t.Errorf("lock name of %q: %q, also of %q", name, file, seen[file])
		}
		seen[file] = name
	}
}

// A full disk is played by a limit on the size of files: a write comes back short
// with an error, as from ENOSPC.
func TestDiskFull(t *testing.T) {
	dir := t.TempDir()
	cmd := child("disk-full", dir)
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	s := &site{t: t, dir: dir}
	var err error
	if s.archive, err = Open(dir); err != nil {
		t.Fatal(err)
	}
	w, err := s.archive.Writer("a")
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if w.Repaired() != "" {
		t.Errorf("something was left to repair: %s", w.Repaired())
	}
	if n := len(capturesOf(t, w.Source)); n != 2 {
		t.Errorf("%d captures", n)
	}
	s.verify()
}

func fillDisk() {
	signal.Ignore(syscall.SIGXFSZ)
	big := strings.Repeat("0123456789abcdef", 1<<14)
	page := func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/big" {
			w.Header().Set("Content-Encoding", "gzip") // announced, not done: it is kept as it is
			for i := range len(big) / 16 {
				_, _ = fmt.Fprintf(w, "%x", hexDigest([]byte{byte(i), byte(i >> 8)}))
			}
			return
		}
		_, _ = w.Write([]byte("small"))
	}
	server := httptest.NewServer(http.HandlerFunc(page))
	a, err := Open(os.Getenv("ARCHIVE_TEST_DIR"))
	must(err)
	w, err := a.Writer("a")
	must(err)
	client := &http.Client{Transport: w.Record(http.DefaultTransport, 0)}
	_, err = client.Get(server.URL + "/1")
	must(err)
	whole := w.size
	must(syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 64 << 10, Max: 64 << 10}))
	if _, err = client.Get(server.URL + "/big"); !errors.Is(err, syscall.EFBIG) {
		must(fmt.Errorf("a write beyond the limit: %w", err))
	}
	info, err := w.file.Stat()
	must(err)
	if info.Size() != whole || len(w.index.captures) != 1 {
		must(fmt.Errorf("%d bytes and %d captures, want %d and 1", info.Size(), len(w.index.captures), whole))
	}
	_, err = client.Get(server.URL + "/2") // there is room for this one
	must(err)
	must(w.Close())
}
