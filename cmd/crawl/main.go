// Command crawl walks the portals of Chinese government organs, archives what they
// publish and turns annual reports on information disclosure into SQLite rows.
//
// This package is wiring: config.yaml, one file per command, and the order in
// which the rooms below are called. It knows no HTML, WARC or SQL.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// Exit codes, promised in the help and to whoever starts crawl from a timer.
const (
	exitDone        = 0
	exitError       = 1
	exitUsage       = 2
	exitSourceFault = 3 // done, but a source failed, an assertion does not hold or the publication was held back
	exitInterrupted = 130
)

// options are the flags every command takes, and the commands.
type options struct {
	Config string `help:"Sources and settings." default:"config.yaml" placeholder:"FILE"`
	Data   string `help:"Where archive and databases lie; overrides the config's data." placeholder:"DIR"`
	Log    string `help:"Least level that is logged: debug, info, warn, error." enum:"debug,info,warn,error" default:"warn"`

	Demo     demoCommand     `cmd:"" help:"Crawl a small made-up province over HTTP on this machine and show what landed."`
	Run      runCommand      `cmd:"" help:"The nightly pass: walk, archive, extract, check, publish."`
	Backfill backfillCommand `cmd:"" help:"The history: every page of every listing. Interrupted in any way, the next call goes on."`
	Extract  extractCommand  `cmd:"" help:"Archive to database, without a network: what is new, or everything."`
	Check    checkCommand    `cmd:"" help:"Run the checks and print what the data says against itself."`
	Publish  publishCommand  `cmd:"" help:"Write reports.db from the working database."`
	Status   statusCommand   `cmd:"" help:"Per source: last success, found, new, changed, failed, cost, outcome."`
	Show     showCommand     `cmd:"" help:"One report with its findings; where a cell was printed."`
	Verify   verifyCommand   `cmd:"" help:"Compare every record of the archive with its digests."`
	Forget   forgetCommand   `cmd:"" help:"Erase a page from the archive and the databases, leaving a stub that says so."`
	Probe    probeCommand    `cmd:"" help:"What would be crawled from a listing, or from a site's home page; prints the config entry."`
	Fixture  fixtureCommand  `cmd:"" help:"Copy an archived capture into testdata."`
	Query    queryCommand    `cmd:"" help:"Ask reports.db in SQL, read-only."`
}

// session is what a command works with.
type session struct {
	ctx    context.Context
	opts   options
	stdout io.Writer
	stderr io.Writer
	log    *zap.Logger

	between func(step string) // nil but in the crash test; see archive.Step

	// dial reaches portals; nil but in tests, where they stand in this process.
	dial func(ctx context.Context, network, addr string) (net.Conn, error)
}

func (s *session) step(name string) {
	if s.between != nil {
		s.between(name)
	}
}

// exit is an error that carries its exit code.
type exit struct {
	code int
	err  error
}

func (e exit) Error() string { return e.err.Error() }
func (e exit) Unwrap() error { return e.err }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := crawl(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// crawl is main without the process: it parses args, runs the command and returns
// the exit code.
func crawl(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	s := &session{ctx: ctx, stdout: stdout, stderr: stderr}
	quit := -1 // kong's --help wants to end the process
	parser, err := kong.New(&s.opts,
		kong.Name("crawl"),
		kong.Description("Bulk crawler for published government reports.\n\nExit codes: 0 done; 1 error; 2 usage or config; 3 done, but a source failed, an assertion about a source or the whole does not hold, the publication was held back, or a probe did not understand the portal; 130 interrupted."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { quit = code }),
	)
	if err != nil {
		fmt.Fprintln(stderr, "crawl:", err)
		return exitError
	}
	command, err := parser.Parse(args)
	if quit >= 0 {
		return quit
	}
	if err != nil {
		fmt.Fprintf(stderr, "crawl: %v\nTry crawl --help.\n", err)
		return exitUsage
	}
	s.log = logger(s.opts.Log, stderr)
	defer zap.RedirectStdLog(s.log)() // net/http tells of odd servers there
	return s.code(command.Run(s))
}

// code prints an error once and says what the process ends with.
func (s *session) code(err error) int {
	var e exit
	switch {
	case s.ctx.Err() != nil:
		fmt.Fprintln(s.stderr, "crawl: interrupted; what was fetched is archived, the next run goes on from there")
		return exitInterrupted
	case err == nil:
		return exitDone
	case errors.As(err, &e):
		fmt.Fprintln(s.stderr, "crawl:", err)
		return e.code
	}
	fmt.Fprintln(s.stderr, "crawl:", err)
	return exitError
}

func logger(level string, to io.Writer) *zap.Logger {
	at, err := zapcore.ParseLevel(level)
	if err != nil {
		at = zapcore.WarnLevel
	}
	encoder := zap.NewProductionEncoderConfig()
	encoder.EncodeTime = zapcore.RFC3339TimeEncoder
	return zap.New(zapcore.NewCore(zapcore.NewJSONEncoder(encoder), zapcore.AddSync(to), at))
}
