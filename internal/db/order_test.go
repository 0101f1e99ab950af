package db

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// TestAnyOrder: the same facts, shuffled, given twice, finished in between, end in
// the same bytes.
func TestAnyOrder(t *testing.T) {
	want := ""
	for seed := range uint64(8) {
		f := history()
		d := open(t)
		if seed > 0 {
			f = append(f, f...)
			rng := rand.New(rand.NewPCG(seed, 1))
			rng.Shuffle(len(f), func(i, j int) { f[i], f[j] = f[j], f[i] })
			take(t, d, f[:len(f)/2], 1+int(seed))
			f = f[len(f)/2:]
		}
		take(t, d, f, 7)
		path := filepath.Join(t.TempDir(), "reports.db")
		publish(t, d, path, PublishOptions{})
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		digest, err := Digest(context.Background(), path)
		if err != nil {
			t.Fatal(err)
		}
		got := digest + " " + digestOf(string(b))
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("seed %d: rows and bytes %s, want %s", seed, got, want)
		}
	}
}

// TestInterruptedWrite: an error undoes the whole transaction.
func TestInterruptedWrite(t *testing.T) {
	d := open(t)
	err := d.Write(context.Background(), func(tx *Tx) error {
		for _, put := range history() {
			if err := put(tx); err != nil {
				return err
			}
		}
		return fmt.Errorf("stop")
	})
	if err == nil || err.Error() != "stop" {
		t.Fatalf("got error %v", err)
	}
	if rows := ask(t, d.Reader, "SELECT (SELECT count(*) FROM reports) + (SELECT count(*) FROM events)"); rows[0] != "0" {
		t.Errorf("%s rows are left", rows[0])
	}
	done, err := d.Done(context.Background(), "alpha")
	if err != nil || len(done) != 0 {
		t.Errorf("done: %v, %v", done, err)
	}
}

// TestCitedCaptureMissing: a report whose capture is not there cannot be committed.
func TestCitedCaptureMissing(t *testing.T) {
	d := open(t)
	err := d.Write(context.Background(), func(tx *Tx) error {
		return tx.PutReport(reading("alpha", "http://alpha.example/a.htm", "x", 1))
	})
	if err == nil {
		t.Error("a report without its capture was committed")
	}
}
