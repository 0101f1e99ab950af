package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"slices"
	"strings"
	"time"

	"go.uber.org/zap"

	"crawl/internal/db"
	"crawl/internal/report"
)

// notifyEntry is whom to tell what became of a run.
type notifyEntry struct {
	Command []string  `yaml:"command"` // gets the message on its standard input
	Webhook string    `yaml:"webhook"` // gets it as the body of a POST
	On      occasions `yaml:"on"`
}

// occasions are when to tell: one word, or a list of them.
type occasions []string

const (
	onFailure  = "failure"  // a source turned bad, its rows are kept since now, the publication is held back, or the run broke down
	onRecovery = "recovery" // a source turned good again
	onAlways   = "always"
)

// UnmarshalYAML takes one word for a list of one.
func (o *occasions) UnmarshalYAML(decode func(any) error) error {
	var one string
	if decode(&one) == nil {
		*o = occasions{one}
		return nil
	}
	return decode((*[]string)(o))
}

const (
	webhookTimeout = 10 * time.Second
	commandTimeout = time.Minute
)

// message is what is told: the head of crawl status --json, and what changed.
type message struct {
	Event string `json:"event"` // failure | recovery | always, the first that holds
	head
	Changes changes `json:"changes"`
}

// changes compares a run with the one before it, source by source.
type changes struct {
	Failed    []turned        `json:"failed"`
	Recovered []turned        `json:"recovered"`
	Kept      []db.KeptSource `json:"kept"`     // below their own assertions since this publication
	Released  []string        `json:"released"` // no longer so
	Held      string          `json:"held"`     // why the publication is held back, "" if it is not
	Error     string          `json:"error"`    // why the run broke down, "" if it did not
}

// turned is a source whose outcome turned.
type turned struct {
	Source  string         `json:"source"`
	Name    string         `json:"name"`
	Outcome report.Outcome `json:"outcome"`
	Before  report.Outcome `json:"before"` // "" if it never was walked before
	Words   string         `json:"words"`
}

// tell notifies whoever the config names, if the run gives the occasion. Nothing that
// goes wrong here changes the run or its exit code: it is logged.
func (s *session) tell(n notifyEntry, done passed, failure error) {
	if len(n.Command) == 0 && n.Webhook == "" || s.ctx.Err() != nil {
		return
	}
	warn := func(to string, err error) {
		if err != nil {
			s.log.Warn("notification was not delivered", zap.String("detail", to+": "+err.Error()))
		}
	}
	m, err := s.message(done, failure)
	warn("anyone", err)
	on := n.On
	if len(on) == 0 {
		on = occasions{onFailure, onRecovery}
	}
	m.Event = m.Changes.occasion(on)
	if err != nil || m.Event == "" {
		return
	}
	body, err := json.Marshal(m)
	if err != nil {
		warn("anyone", err)
		return
	}
	if len(n.Command) > 0 {
		warn(n.Command[0], runCommandWith(s.ctx, n.Command, body))
	}
	if n.Webhook != "" {
		u, _ := url.Parse(n.Webhook) // validated when it was loaded
		warn(u.Host, post(s.ctx, n.Webhook, body))
	}
}

// message gathers what is told of a run.
func (s *session) message(done passed, failure error) (m message, err error) {
	m.Changes = changes{Failed: []turned{}, Recovered: []turned{}, Kept: []db.KeptSource{}, Released: []string{}, Held: done.published.Held}
	if failure != nil {
		m.Changes.Error = failure.Error()
	}
	o, err := s.overview(done.data)
	if err != nil {
		if failure != nil { // there may be nothing to look at
			return m, nil
		}
		return m, err
	}
	m.head = o.head
	for _, k := range done.published.Kept {
		if !k.Again {
			m.Changes.Kept = append(m.Changes.Kept, k)
		}
	}
	m.Changes.Released = append(m.Changes.Released, done.published.Released...)
	work, err := s.openIfThere(workPath(done.data))
	if err != nil || work == nil {
		return m, err
	}
	defer func() { err = errors.Join(err, work.Close()) }()
	for _, r := range done.crawled {
		if r.Outcome == "" || r.Outcome == report.OutcomeBusy || r.Outcome == report.OutcomeInterrupted {
			continue // says nothing of the source
		}
		before, err := work.Before(s.ctx, r.Source.ID, r.Run)
		if err != nil {
			return m, err
		}
		t := turned{r.Source.ID, r.Source.Name, r.Outcome, before, outcomeWords(r.Outcome, r.Detail)}
		good, was := r.Outcome == report.OutcomeOK, before == report.OutcomeOK || before == ""
		switch {
		case !good && was:
			m.Changes.Failed = append(m.Changes.Failed, t)
		case good && !was:
			m.Changes.Recovered = append(m.Changes.Recovered, t)
		}
	}
	return m, nil
}

// occasion is the first of those asked for that the changes give, "" for none.
func (c changes) occasion(on occasions) string {
	given := map[string]bool{
		onFailure:  len(c.Failed)+len(c.Kept) > 0 || c.Held != "" || c.Error != "",
		onRecovery: len(c.Recovered)+len(c.Released) > 0,
		onAlways:   true,
	}
	for _, occasion := range []string{onFailure, onRecovery, onAlways} {
		if given[occasion] && slices.Contains(on, occasion) {
			return occasion
		}
	}
	return ""
}

// runCommandWith runs a command with body on its standard input.
func runCommandWith(ctx context.Context, command []string, body []byte) error {
	ctx, cancel := context.WithTimeout(ctx, commandTimeout)
	defer cancel()
	c := exec.CommandContext(ctx, command[0], command[1:]...)
	c.Stdin = bytes.NewReader(body)
	c.WaitDelay = time.Second // for children that keep its output open
	out, err := c.CombinedOutput()
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return fmt.Errorf("not done after %s", commandTimeout)
	case err != nil:
		return fmt.Errorf("%w: %s", err, cut(string(out), 200))
	}
	return nil
}

// post sends body to a webhook. Addresses of webhooks are secrets: no error names one.
func post(ctx context.Context, to string, body []byte) error {
	ctx, cancel := context.WithTimeout(ctx, webhookTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return errors.New("its address makes no request")
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "crawl")
	answer, err := http.DefaultClient.Do(req)
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err
	}
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	said, _ := io.ReadAll(io.LimitReader(answer.Body, 1<<10)) // for the log only
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return fmt.Errorf("status %s: %s", answer.Status, cut(strings.ToValidUTF8(string(said), "?"), 200))
	}
	return nil
}

func (n notifyEntry) faults() (faults []string) {
	if len(n.Command) > 0 && strings.TrimSpace(n.Command[0]) == "" {
		faults = append(faults, "command: the first word must be a program")
	}
	if n.Webhook != "" {
		if u, err := url.Parse(n.Webhook); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			faults = append(faults, "webhook: must be an http or https address")
		}
	}
	for _, on := range n.On {
		if on != onFailure && on != onRecovery && on != onAlways {
			faults = append(faults, fmt.Sprintf("on: must be failure, recovery, always or a list of them (got %q)", on))
		}
	}
	if len(n.On) > 0 && len(n.Command) == 0 && n.Webhook == "" {
		faults = append(faults, "command: neither a command nor a webhook is there to be told")
	}
	return faults
}
