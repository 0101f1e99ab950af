//go:build linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"
	"testing"

	"crawl/internal/demo"
)

// fileSizeEnv is the most bytes a file of a crash pass may have.
const fileSizeEnv = "CRAWL_TEST_FILE_SIZE"

func init() {
	limitFiles = func() {
		n, err := strconv.ParseUint(os.Getenv(fileSizeEnv), 10, 64)
		if err != nil {
			return
		}
		signal.Ignore(syscall.SIGXFSZ)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: n, Max: n}); err != nil {
			panic(err)
		}
	}
}

// said runs a pass as a process of its own and returns its exit code and what it printed.
func (c *crash) said(t *testing.T, data string, env ...string) (code int, words string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "crashpass", data)
	cmd.Env = append(os.Environ(), append(env, "CRAWL_TEST_PROVINCE="+c.address, "CRAWL_TEST_SIZED=1")...)
	out := &tail{}
	cmd.Stdout, cmd.Stderr = out, out
	_ = cmd.Run() // the code says it
	return cmd.ProcessState.ExitCode(), out.String()
}

// full are the words of a disk that takes no more, by the file system and by SQLite.
var full = regexp.MustCompile(`no space left on device|file too large|database or disk is full|disk I/O error`)

// TestFullDisk lets passes run into the end of the disk at ever later moments, then gives
// them room.
func TestFullDisk(t *testing.T) {
	c := newCrash(t, demo.NewSized(crashSize()))
	for _, kb := range []int{16, 96, 400, 1500, 3000} {
		t.Run(fmt.Sprintf("disk of %d KB", kb), func(t *testing.T) {
			dir := t.TempDir()
			mount(t, dir, fmt.Sprintf("size=%dk", kb))
			data := filepath.Join(dir, "data")
			wantFull(t, c, data)
			if err := syscall.Mount("none", dir, "tmpfs", syscall.MS_REMOUNT, "size=200m"); err != nil {
				t.Fatal(err)
			}
			c.recovers(t, data)
		})
		t.Run(fmt.Sprintf("files of %d KB", kb), func(t *testing.T) {
			data := filepath.Join(t.TempDir(), "data")
			wantFull(t, c, data, fmt.Sprintf("%s=%d", fileSizeEnv, kb<<10))
			c.recovers(t, data)
		})
	}
}

func wantFull(t *testing.T, c *crash, data string, env ...string) {
	t.Helper()
	code, words := c.said(t, data, env...)
	t.Logf("exit %d: %s", code, words)
	if code == exitDone {
		t.Log("it was enough")
		return
	}
	if code != exitError && code != exitSourceFault || !full.MatchString(words) {
		t.Errorf("exit %d, want 1 or 3 and words about a full disk: %s", code, words)
	}
}

// TestReadOnlyData crawls into a data directory that cannot be written.
func TestReadOnlyData(t *testing.T) {
	c := newCrash(t, demo.NewSized(crashSize()))
	for _, name := range []string{"empty", "filled"} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			mount(t, dir, "size=100m")
			data := filepath.Join(dir, "data")
			if name == "filled" {
				if code := c.pass(t, data, ""); code != exitDone {
					t.Fatalf("exit %d", code)
				}
			}
			if err := syscall.Mount("none", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
				t.Fatal(err)
			}
			code, words := c.said(t, data)
			if code != exitError || !regexp.MustCompile(`read-only file system`).MatchString(words) {
				t.Errorf("exit %d, want 1 and words about a read-only file system: %s", code, words)
			}
			if name == "filled" {
				checkArchive(t, data)
				if n := ask(t, data, "SELECT count(*) > 0 FROM reports"); n != "[[1]]" {
					t.Errorf("reports.db beside a read-only archive: %s", n)
				}
			}
			if err := syscall.Mount("none", dir, "tmpfs", syscall.MS_REMOUNT, ""); err != nil {
				t.Fatal(err)
			}
			c.recovers(t, data)
		})
	}
}

// mount lays a small file system over dir.
func mount(t *testing.T, dir, options string) {
	t.Helper()
	if err := syscall.Mount("none", dir, "tmpfs", 0, options); err != nil {
		if os.Getenv("CRAWL_REQUIRE_ALL") == "1" {
			t.Fatalf("needs the right to mount: %v", err)
		}
		t.Skipf("needs the right to mount: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
}
