package transfer

import (
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/bulk"
	"echoppe.dev/tenant/media"
)

// ID names a run.
type ID = id.Of[Run]

// Run is one import, from the file handed in to its undoing, or one change of many articles.
type Run struct {
	ID       ID
	Edit     *bulk.Operation // what a change does to each; nil for an import
	State    State
	Options  Options
	FileName string
	Report   Report
	Done     int64 // articles gone through
	Total    int64 // articles in the file; 0 while it is not known
	Undoing  bool  // State is Running, backwards
	Actor    tenant.Actor
	Created  time.Time
	Updated  time.Time
	Finished *time.Time
	Pictures media.Tally // those the import named by address
}

// Percent is how far the present stage is.
func (r *Run) Percent() int {
	if r.Total <= 0 {
		return 0
	}
	return int(min(100, r.Done*100/r.Total))
}

// Options say how a file is to be read. What is empty is detected.
type Options struct {
	Format    Format `json:"format,omitempty"`
	Separator string `json:"separator,omitempty"` // one of , ; tab |
	Decimal   string `json:"decimal,omitempty"`   // "." or ","
	Encoding  string `json:"encoding,omitempty"`  // utf-8, utf-16le, utf-16be, windows-1252, iso-8859-15 …
}

// Format is whose columns a file has.
type Format string

// The formats.
const (
	Own     Format = "own"
	Shopify Format = "shopify"
)

// Report says what an import would do or has done.
type Report struct {
	Counts  Counts   `json:"counts"`
	Unknown []string `json:"unknown,omitempty"` // columns that mean nothing here
	Ignored []string `json:"ignored,omitempty"` // columns of the other system that have no place here
	Rows    []Line   `json:"rows,omitempty"`    // the first of them; the report file has all
	Failed  []Line   `json:"failed,omitempty"`  // while running: articles that could not be written
	Problem string   `json:"problem,omitempty"` // message key when the run failed, or when what was checked does not fit into the plan
	Args    any      `json:"args,omitempty"`
	File    string   `json:"file,omitempty"`    // key of the whole report in the shop's bucket
	Skipped []Line   `json:"skipped,omitempty"` // while undoing: the first that were edited since, so left alone
}

// Counts are of articles, but for Rows and Warnings.
type Counts struct {
	Rows     int `json:"rows"`
	Create   int `json:"create"`
	Update   int `json:"update"`
	Same     int `json:"same"`
	Error    int `json:"error"`
	Warnings int `json:"warnings"`
	Free     int `json:"free,omitempty"` // of Update: a price becomes zero
	Written  int `json:"written"`
	Undone   int `json:"undone"`
	Kept     int `json:"kept,omitempty"` // edited since, so not undone
	Added    int `json:"added"`          // how many more there would be outside the archive; negative for fewer
}

// Action is what happens to an article.
type Action string

// The actions.
const (
	Create  Action = "create"
	Update  Action = "update"
	Same    Action = "skip"
	Refused Action = "error"
	Warning Action = "warning"
)

// Line is one line of a report: a field that changes, or a problem.
type Line struct {
	Row     int        `json:"row"` // in the file, from 1, the header included
	Action  Action     `json:"action"`
	Code    string     `json:"code,omitempty"`
	SKU     string     `json:"sku,omitempty"`
	Column  string     `json:"column,omitempty"`
	Before  string     `json:"before,omitempty"`
	After   string     `json:"after,omitempty"`
	Problem string     `json:"problem,omitempty"` // message key
	Args    fault.Args `json:"args,omitempty"`
}

// What imports refuse as a whole.
var (
	ErrUnknown   = fault.New(fault.NotFound, "transfer.unknown")
	ErrState     = fault.New(fault.Conflict, "transfer.state")
	ErrBusy      = fault.New(fault.Conflict, "transfer.busy")
	ErrCurrency  = fault.New(fault.Conflict, "transfer.currency")
	ErrTooLarge  = fault.New(fault.Malformed, "transfer.too_large")
	ErrEmpty     = fault.New(fault.Malformed, "transfer.empty")
	ErrNoKey     = fault.New(fault.Malformed, "transfer.no_key")
	ErrTwice     = fault.New(fault.Malformed, "transfer.column_twice")
	ErrBinary    = fault.New(fault.Malformed, "transfer.binary")
	ErrSheet     = fault.New(fault.Malformed, "transfer.sheet")
	ErrOptions   = fault.New(fault.Malformed, "transfer.options")
	ErrUndoLate  = fault.New(fault.Conflict, "transfer.undo_late")
	ErrUndoNone  = fault.New(fault.Conflict, "transfer.undo_none")
	ErrCellLimit = fault.New(fault.Malformed, "transfer.cell_limit")
	ErrNobody    = fault.New(fault.Malformed, "transfer.nobody")
	ErrTooMany   = fault.New(fault.Malformed, "transfer.too_many") // max
)

// UndoFor is how long an import or a change can be undone.
const UndoFor = 30 * 24 * time.Hour
