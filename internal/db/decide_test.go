package db

import (
	"context"
	"maps"
	"slices"
	"testing"
)

// published is what a work.db publishes, as one digest.
func published(t *testing.T, d *DB) string {
	t.Helper()
	path := t.TempDir() + "/reports.db"
	if p := publish(t, d, path, PublishOptions{}); p.Held != "" {
		t.Fatal(p.Held)
	}
	sum, err := Digest(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// TestForgottenIsReadAgain: what a changed decision makes forgotten comes back whole
// with the captures that Done no longer names, and with nothing else.
func TestForgottenIsReadAgain(t *testing.T) {
	ctx := context.Background()
	d := open(t)
	take(t, d, history(), 5)
	before := published(t, d)
	const a, b, n = "http://alpha.example/a.htm", "http://alpha.example/b.htm", "http://alpha.example/n.htm"
	done, err := d.Done(ctx, "alpha")
	if err != nil {
		t.Fatal(err)
	}
	changed, err := d.SetDecisions(ctx, []Decision{{a, "agency", "x"}, {n, FieldIsReport, "yes"}, {"http://nowhere.example/", "agency", "x"}})
	if err != nil || changed != 3 {
		t.Fatalf("%d changed, %v", changed, err)
	}
	left, err := d.Done(ctx, "alpha")
	if err != nil {
		t.Fatal(err)
	}
	for url, want := range map[string]string{a: "0", b: "1", n: "0"} {
		rows := ask(t, d.Reader, "SELECT count(*) > 0 FROM captures WHERE url = '"+url+"'")
		if rows[0] != want {
			t.Errorf("captures of %s are there: %s, want %s", url, rows[0], want)
		}
	}
	if len(left) >= len(done) {
		t.Errorf("%d records done, before %d", len(left), len(done))
	}
	if rows := ask(t, d.Reader, "SELECT count(*) FROM view_counts WHERE url = '"+a+"'"); rows[0] != "0" {
		t.Errorf("%s view counts are left", rows[0])
	}
	if same, err := d.SetDecisions(ctx, []Decision{{a, "agency", "x"}, {n, FieldIsReport, "yes"}, {"http://nowhere.example/", "agency", "x"}}); err != nil || same != 0 {
		t.Errorf("the same decisions changed %d pages, %v", same, err)
	}
	take(t, d, history(), 5)
	if got := published(t, d); got != before {
		t.Error("read again, the data differs")
	}
	if undone, err := d.SetDecisions(ctx, nil); err != nil || undone != 3 {
		t.Errorf("undoing changed %d pages, %v", undone, err)
	}
	if rows := ask(t, d.Reader, "SELECT count(*) FROM decisions"); rows[0] != "0" {
		t.Errorf("%s decisions are left", rows[0])
	}
	take(t, d, history(), 5)
	if got := published(t, d); got != before {
		t.Error("undone, the data differs")
	}
}

// TestEffects: what decisions did is told of the newest reading.
func TestEffects(t *testing.T) {
	ctx := context.Background()
	d := open(t)
	const a, n = "http://alpha.example/a.htm", "http://nowhere.example/"
	if _, err := d.SetDecisions(ctx, []Decision{{a, "report_year", "2020"}, {a, FieldPreferred, "yes"}, {n, "level", "zone"}}); err != nil {
		t.Fatal(err)
	}
	f := history()
	f = append(f, func(tx *Tx) error { return tx.PutDecided(a, "report_year", "rec-2", at(9), "printed") },
		func(tx *Tx) error { return tx.PutDecided(a, "report_year", "rec-1", at(3), "") },
		func(tx *Tx) error { return tx.PutDecided(a, FieldPreferred, "rec-1", at(3), "") })
	take(t, d, f, 5)
	effects, err := d.Effects(ctx)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]Effect{}
	for _, e := range effects {
		got[e.Field] = e
	}
	if keys := slices.Sorted(maps.Keys(got)); !slices.Equal(keys, []string{"level", FieldPreferred, "report_year"}) {
		t.Fatalf("effects of %v", keys)
	}
	if e := got["report_year"]; !e.Listed || !e.Fetched || !e.Read || e.Refused != "printed" {
		t.Errorf("report_year: %+v", e)
	}
	if e := got[FieldPreferred]; !e.Read || e.Refused != "" || !e.Preferred {
		t.Errorf("preferred: %+v", e)
	}
	if e := got["level"]; e.Listed || e.Fetched || e.Read {
		t.Errorf("level of a page nobody knows: %+v", e)
	}
}

// TestRefer: a report is found by key, by a unique beginning of it, by address and
// by id, and what is not found has neighbours.
func TestRefer(t *testing.T) {
	ctx := context.Background()
	d := open(t)
	take(t, d, history(), 5)
	row := ask(t, d.Reader, "SELECT key FROM reports WHERE url = 'http://alpha.example/a.htm' AND is_current")
	key := row[0]
	for _, ref := range []string{key, key[:6], "http://alpha.example/a.htm"} {
		found, err := d.Refer(ctx, ref)
		if err != nil || len(found.Reports) != 1 || found.Reports[0].Text("key") != key {
			t.Errorf("%s: %+v, %v", ref, found, err)
		}
	}
	id := ask(t, d.Reader, "SELECT id FROM reports WHERE key = '"+key+"'")[0]
	if found, err := d.Refer(ctx, id); err != nil || len(found.Reports) != 1 {
		t.Errorf("id %s: %+v, %v", id, found, err)
	}
	if found, err := d.Refer(ctx, key[:5]); err != nil || len(found.Reports) != 0 || len(found.Near) == 0 {
		t.Errorf("five digits of a key: %+v, %v", found, err)
	}
	if found, err := d.Refer(ctx, "http://alpha.example/zz.htm"); err != nil || len(found.Reports) != 0 || len(found.Near) == 0 {
		t.Errorf("a neighbour: %+v, %v", found, err)
	}
	if found, err := d.Refer(ctx, "http://alpha.example/n.htm"); err != nil || len(found.Item) != 1 {
		t.Errorf("a listed page: %+v, %v", found, err)
	}
	s, err := d.Report(ctx, key)
	if err != nil || s.Report.Text("key") != key || len(s.Revisions) != 2 || len(s.Applications) != 2 || len(s.Findings) == 0 || s.Capture.Text("url") == "" {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := d.Report(ctx, "nokey"); err == nil {
		t.Error("a report that is not there was found")
	}
}
