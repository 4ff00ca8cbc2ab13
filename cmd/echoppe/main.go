package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"syscall"

	"github.com/alecthomas/kong"

	"echoppe.dev/platform/driver/config"
)

// commands is the table of contents of the program.
type commands struct {
	Demo    demoCommand    `cmd:"" help:"Run everything on this machine: database, shops, mail, a pretend bank. PORT and DATA choose port and folder."`
	Serve   serveCommand   `cmd:"" help:"Run in production, configured by the environment."`
	Migrate migrateCommand `cmd:"" help:"Bring the control plane and every shop up to date."`
	Shop    shopCommands   `cmd:"" help:"Create and look after shops."`
	Import  importCommand  `cmd:"" help:"Bring articles in from a file, after a dry run or with --dry-run only."`
	Export  exportCommand  `cmd:"" help:"Write every article of a shop to standard output."`
	Seed    seedCommand    `cmd:"" help:"Fill a fleet with numbered shops and articles, for measurements."`
	Price   priceCommand   `cmd:"" help:"Price a basket that stands in a file with all its rules, without a database."`
	Theme   themeCommands  `cmd:"" help:"For authors of themes."`
	Bench   benchCommand   `cmd:"" help:"Measure, beside references in the same run."`
	Ready   readyCommand   `cmd:"" help:"Ask whether the process beside this one is ready, for health checks of containers."`
	Doctor  doctorCommand  `cmd:"" help:"Explain what is wrong with the set-up."`
}

// Exit codes.
const (
	exitFailed      = 1
	exitUsage       = 2
	exitInterrupted = 130 // as a shell says it of SIGINT
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	collectLater()
	os.Exit(run(ctx, os.Args[1:]))
}

// collectLater trades memory for time, unless GOGC decides: what lives is some tens of megabytes of
// pages and settings, what dies is short-lived, and collecting at twice the heap spends a tenth of the
// processor on it.
func collectLater() {
	const percent = 300
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

func run(ctx context.Context, args []string) int {
	var cli commands
	parser, err := kong.New(&cli,
		kong.Name("echoppe"),
		kong.Description("Hosted shops: storefronts, back office and fleet in one program."),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Vars{"variables": config.Table()},
	)
	if err != nil {
		panic(err) // the commands are fixed when the program is written
	}
	asJSON := askedForJSON(args)
	cmd, err := parser.Parse(args)
	if err != nil {
		showUsage(parser, err, asJSON)
		return exitUsage
	}
	err = cmd.Run(ctx)
	switch {
	case err == nil:
		return 0
	case ctx.Err() != nil: // what fails after Ctrl-C fails by it: a connection that is closed under a statement says so in many ways
		refusal{Code: codeInterrupted, Message: "Interrupted before it was done. Run it again."}.write(os.Stderr, asJSON)
		return exitInterrupted
	}
	refusalOf(err).write(os.Stderr, asJSON)
	return exitFailed
}

// askedForJSON looks at the arguments themselves, since one that cannot be read is answered in JSON too.
func askedForJSON(args []string) bool {
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	return slices.Contains(args, "--json") || slices.Contains(args, "--json=true")
}

// showUsage says what cannot be read, and to people how the command is used.
func showUsage(parser *kong.Kong, err error, asJSON bool) {
	r := refusal{Code: codeUsage, Message: err.Error()}
	if asJSON {
		r.write(os.Stderr, true)
		return
	}
	parser.Stdout = os.Stderr
	if parse, ok := errors.AsType[*kong.ParseError](err); ok {
		_ = parse.Context.PrintUsage(true)
	}
	r.write(os.Stderr, false)
}

// stopped is for commands that run until they are stopped: being stopped is how they end well.
func stopped(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}
