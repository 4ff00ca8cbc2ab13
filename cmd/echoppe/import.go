package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/transfer"
)

// importCommand brings articles in from a file: our own format or a Shopify export, as text or
// workbook.
type importCommand struct {
	File      string `arg:"" type:"existingfile" help:"CSV or XLSX; the format is found out."`
	Shop      string `required:"" help:"Name of the shop."`
	DryRun    bool   `help:"Only say what would change."`
	Separator string `help:"One of , ; tab |. Found out when empty."`
	Decimal   string `help:"Decimal sign, . or ,. Found out when empty."`
	Encoding  string `help:"Such as utf-8 or windows-1252. Found out when empty."`
	JSON      bool   `help:"Print JSON."`
	outsideFlags
}

// byCommandLine is who imports when an operator types the command.
var byCommandLine = tenant.Actor{Kind: tenant.Operator, Name: byCommand.Name}

// Run checks the file, and unless it is a dry run applies it.
func (i *importCommand) Run(ctx context.Context) error {
	app, done, err := i.join(ctx)
	if err != nil {
		return err
	}
	defer done()
	shop, err := openShop(ctx, app, i.Shop)
	if err != nil {
		return err
	}
	file, err := os.Open(i.File)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	run, err := app.Rooms.Importer.Check(ctx, shop, byCommandLine, transfer.Upload{
		Name: filepath.Base(i.File), Content: file,
		Options: transfer.Options{Separator: i.Separator, Decimal: i.Decimal, Encoding: i.Encoding},
	})
	if err != nil {
		return err
	}
	if !i.DryRun && run.State != transfer.Failed { // what could not be read is said below
		if run, err = app.Rooms.Importer.Apply(ctx, shop, byCommandLine, run.ID); err != nil {
			return err
		}
	}
	if err := report(i.JSON, importedBy(run), func() string { return summary(run) }); err != nil {
		return err
	}
	return complaint(run)
}

// imported is what an import did, or would do, as the command prints it. The names of its JSON fields
// are stable.
type imported struct {
	ID       string           `json:"id"`
	State    string           `json:"state"`
	FileName string           `json:"file_name"`
	Options  transfer.Options `json:"options"`
	Report   transfer.Report  `json:"report"`
	Done     int64            `json:"done"`
	Total    int64            `json:"total"`
	Created  time.Time        `json:"created_at"`
	Finished *time.Time       `json:"finished_at,omitempty"`
	Pictures importedPictures `json:"pictures"`
}

// importedPictures counts the pictures that the file names by address.
type importedPictures struct {
	Pending int `json:"pending"`
	Ready   int `json:"ready"`
	Failed  int `json:"failed"`
}

func importedBy(run *transfer.Run) imported {
	return imported{
		ID: run.ID.String(), State: string(run.State), FileName: run.FileName, Options: run.Options, Report: run.Report,
		Done: run.Done, Total: run.Total, Created: run.Created, Finished: run.Finished,
		Pictures: importedPictures{Pending: run.Pictures.Pending, Ready: run.Pictures.Ready, Failed: run.Pictures.Failed},
	}
}

// complaint is what a script must not overlook: a file that could not be read or does not fit, rows
// that were refused.
func complaint(run *transfer.Run) error {
	if problem := run.Report.Problem; problem != "" {
		args, _ := run.Report.Args.(fault.Args)
		return told{problem, wire.Words().T(i18n.English, problem, args)}
	}
	refused := run.Report.Counts.Error + len(run.Report.Failed)
	if refused == 0 && run.State != transfer.Failed {
		return nil
	}
	text := fmt.Sprintf("%d refused", refused)
	for i, line := range run.Report.Rows {
		if i == firstRefused {
			break
		}
		if line.Problem != "" {
			text += fmt.Sprintf("\n  line %d: %s", line.Row, wire.Words().T(i18n.English, line.Problem, line.Args))
		}
	}
	return told{codeImport, text}
}

// firstRefused is how many rows of a report are looked at for a reason; the back office has the rest.
const firstRefused = 20

// summary is what an import did, or would do.
func summary(run *transfer.Run) string {
	c := run.Report.Counts
	return fmt.Sprintf("%s: %d created, %d updated, %d unchanged, %d refused", run.State, c.Create, c.Update, c.Same, c.Error)
}
