package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/zap"

	"crawl/internal/db"
	"crawl/internal/demo"
	"crawl/internal/report"
)

// simulation is a province that changes from night to night, the real nightly pass
// over it, and what must have come of it by the simulation's own history.
type simulation struct {
	t        *testing.T
	random   *rand.Rand
	province *demo.Province
	data     string
	pass     pass
	portals  []*simPortal
	began    time.Time // of the day whose night is night 0; days end at noon
	night    int
	cost     simCost
}

// simSize is how much is simulated.
type simSize struct {
	portals, organs, nights int
	every                   int // nights between two comparisons
	seed                    uint64
}

// TestSimulatedNights is sixty nights of twelve portals. CRAWL_LONG=PORTALSxNIGHTS asks
// for others (200x365 is the full size), CRAWL_SEED draws others.
func TestSimulatedNights(t *testing.T) {
	size := simSize{portals: 12, organs: 4, nights: 60, every: 10, seed: 1}
	if long := os.Getenv("CRAWL_LONG"); long != "" {
		size = simSize{organs: 6, every: 50, seed: 2}
		if _, err := fmt.Sscanf(long, "%dx%d", &size.portals, &size.nights); err != nil {
			t.Fatalf("CRAWL_LONG=%s: want PORTALSxNIGHTS", long)
		}
	} else if testing.Short() || raced {
		size.portals, size.nights = 6, 24
	}
	if seed := os.Getenv("CRAWL_SEED"); seed != "" {
		if _, err := fmt.Sscan(seed, &size.seed); err != nil {
			t.Fatalf("CRAWL_SEED=%s: %v", seed, err)
		}
	}
	simulateNights(t, size)
}

func simulateNights(t *testing.T, size simSize) {
	data := filepath.Join(t.TempDir(), "data")
	synctest.Test(t, func(t *testing.T) {
		// Reports are of 2021 to 2024, and no page may come from the future.
		time.Sleep(time.Until(time.Date(2025, time.January, 6, 4, 0, 0, 0, time.UTC)))
		s := newSimulation(t, size, data)
		dial, stop := s.province.Pipe()
		defer stop()
		s.pass.crawl.Dial = dial
		for s.night = range size.nights {
			s.evening()
			s.tonight()
			if s.night%size.every == size.every-1 || s.night == size.nights-1 {
				s.compare()
				s.cost.step("simulation: the data are compared")
			}
			if s.night == 0 || s.night%size.every == size.every-1 || s.night == size.nights-1 {
				t.Logf("night %d: %s; %s", s.night, footprint(), s.cost.spent(size.portals))
			}
			if t.Failed() {
				t.FailNow()
			}
		}
		s.compareCells()
		t.Log(s.cost.String())
	})
	rebuild(t, data)
}

func newSimulation(t *testing.T, size simSize, data string) *simulation {
	s := &simulation{
		t: t, random: rand.New(rand.NewPCG(size.seed, 7)), data: data, began: time.Now(),
		province: demo.NewDrafted(size.portals, size.organs, 2021, 2024),
	}
	settings := defaults()
	settings.UserAgent = "crawl/1.0 (test)"
	s.pass = pass{data: data, sources: s.province.Sources(), crawl: settings.crawlOptions("run")}
	for i := range s.pass.sources {
		s.pass.sources[i].Expect = report.Expect{} // a promise that is broken keeps the former rows
	}
	s.portals = newSimPortals(s.pass.sources, s.province.Hosts())
	return s
}

// session is one that says nothing.
func (s *simulation) session() *session {
	return &session{ctx: s.t.Context(), stdout: io.Discard, stderr: io.Discard, log: zap.NewNop(), between: s.cost.step}
}

// tonight runs the nightly pass some time around two in the morning, Beijing time,
// and takes down what the portals were asked.
func (s *simulation) tonight() {
	start := s.began.Add(time.Duration(s.night)*24*time.Hour + 14*time.Hour + time.Duration(s.random.Int64N(int64(time.Hour))))
	time.Sleep(time.Until(start))
	s.cost.step("simulation: it is night")
	if s.pass.limit, s.pass.crawl.Hosts = 0, 8; s.short() {
		s.pass.limit, s.pass.crawl.Hosts = time.Duration(len(s.portals))*1234*time.Millisecond, 2
	}
	s.pass.crawl.Run = fmt.Sprintf("night-%03d", s.night)
	done, err := s.pass.run(s.session())
	if err != nil {
		s.t.Fatalf("night %d: %v", s.night, err)
	}
	if done.published.Held != "" {
		s.t.Errorf("night %d: held back: %s", s.night, done.published.Held)
	}
	s.history(done.crawled, start)
	s.cost.nights++
	s.cost.step("simulation: what the portals were asked is judged")
}

// short says whether the night's pass has not enough time for all portals.
func (s *simulation) short() bool { return s.night%20 >= 14 && s.night%20 < 18 }

// nightOf is the night a machine time falls into.
func (s *simulation) nightOf(machine string) string {
	if machine == "" {
		return "-"
	}
	at, err := time.Parse(time.RFC3339Nano, machine)
	if err != nil {
		s.t.Fatalf("time %q: %v", machine, err)
	}
	return fmt.Sprint(int(at.Sub(s.began) / (24 * time.Hour)))
}

// rebuild deletes the databases and makes them again from the archive.
func rebuild(t *testing.T, data string) {
	t.Helper()
	before, err := db.Digest(t.Context(), reportsPath(data))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{workFile, workFile + "-wal", workFile + "-shm", reportsFile} {
		if err := os.Remove(filepath.Join(data, name)); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	began := processor()
	if code := crawl(t.Context(), []string{"extract", "--data", data}, io.Discard, testWriter{t}); code != exitDone {
		t.Fatalf("extract: exit %d", code)
	}
	t.Logf("rebuilt from the archive in %s of processor", (processor() - began).Round(time.Second))
	after, err := db.Digest(t.Context(), reportsPath(data))
	if err != nil {
		t.Fatal(err)
	}
	if after != before {
		t.Errorf("rebuilt from the archive: digest %s, published night by night was %s", after, before)
	}
}
