package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/alecthomas/kong"

	"echoppe.dev/cmd/internal/demo"
	"echoppe.dev/cmd/internal/doctor"
	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/driver/config"
	"echoppe.dev/platform/driver/pg/pglocal"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
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
	Bench   benchCommand   `cmd:"" help:"Measure, beside references in the same run."`
	Doctor  doctorCommand  `cmd:"" help:"Explain what is wrong with the set-up."`
}

// Exit codes.
const (
	exitFailed = 1
	exitUsage  = 2
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
	cmd, err := parser.Parse(args)
	if err != nil {
		showUsage(parser, err)
		return exitUsage
	}
	if err := cmd.Run(ctx); err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(os.Stderr, explain(err))
		return exitFailed
	}
	return 0
}

// showUsage says what cannot be read, and how the command is used.
func showUsage(parser *kong.Kong, err error) {
	parser.Stdout = os.Stderr
	var parse *kong.ParseError
	if errors.As(err, &parse) {
		_ = parse.Context.PrintUsage(true)
	}
	parser.Errorf("%s", err)
}

// explain says what went wrong in words a person can act on.
func explain(err error) string {
	var problem *pglocal.Problem
	if errors.As(err, &problem) {
		return fmt.Sprintf("%s\n%s", problem.What, problem.Remedy)
	}
	var empty *demo.EmptyError
	if errors.As(err, &empty) {
		return fmt.Sprintf("There is no échoppe data in %s.\nStart \"echoppe demo\" there first, name another folder with --data or DATA, or set DATABASE_URL for production.", empty.Folder)
	}
	var failure doctor.Failure
	if errors.As(err, &failure) {
		return failure.Error()
	}
	var said told
	if errors.As(err, &said) {
		return said.Error()
	}
	words := wire.Words()
	text := fmt.Sprintf("echoppe: %v\n%s", err, words.Explain(i18n.English, err))
	for _, field := range fault.FieldsOf(err) {
		text += fmt.Sprintf("\n  %s: %s", field.Name, words.T(i18n.English, field.Key, field.Args))
	}
	return text
}

// told is an error whose text is already for people.
type told struct{ text string }

func (t told) Error() string { return t.text }
