package transfers

import (
	"context"
	"embed"
	"io"
	"time"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/transfer"
)

// Locales holds the words of the desk.
//
//go:embed locales/*.json
var Locales embed.FS

// Importer takes files in and runs them; transfer.Importer does.
type Importer interface {
	Submit(ctx context.Context, shop *tenant.Shop, who tenant.Actor, u transfer.Upload) (*transfer.Run, error)
	Recheck(ctx context.Context, shop *tenant.Shop, who tenant.Actor, run transfer.ID, o transfer.Options) error
	Confirm(ctx context.Context, shop *tenant.Shop, who tenant.Actor, run transfer.ID) error
	Cancel(ctx context.Context, shop *tenant.Shop, who tenant.Actor, run transfer.ID) error
	UndoLater(ctx context.Context, shop *tenant.Shop, who tenant.Actor, run transfer.ID) error
	OpenReport(ctx context.Context, shop *tenant.Shop, run transfer.ID) (io.ReadCloser, error)
}

// Pictures fetches pictures again that could not be had; media.Library does.
type Pictures interface {
	Retry(ctx context.Context, shop *tenant.Shop, which ...media.ID) error
}

// Desk is the desk of import and export.
type Desk struct {
	importer Importer
	pictures Pictures
}

// New makes the desk.
func New(i Importer, p Pictures) *Desk { return &Desk{importer: i, pictures: p} }

const (
	// formShare is what a form adds to the file it carries.
	formShare = 1 << 20
	// sendWithin is how long a slow line may take for the largest file.
	sendWithin = 30 * time.Minute
)

// Routes is the table of contents of the desk.
func (d *Desk) Routes(r *web.Routes) {
	r.GET("/transfer", d.home, web.Can("articles.import"))
	r.POST("/transfer", d.submit, web.Can("articles.import"), web.Upload(transfer.MaxFile+formShare, sendWithin))
	r.GET("/transfer/export", d.export, web.Can("articles.export"))

	r.GET("/transfer/:run", d.run, web.Can("articles.import"))
	r.GET("/transfer/:run/progress", d.progress, web.Can("articles.import"))
	r.GET("/transfer/:run/report", d.report, web.Can("articles.import"))
	r.POST("/transfer/:run/recheck", d.recheck, web.Can("articles.import"))
	r.POST("/transfer/:run/confirm", d.confirm, web.Can("articles.import"))
	r.POST("/transfer/:run/cancel", d.cancel, web.Can("articles.import"))
	r.GET("/transfer/:run/undo", d.askUndo, web.Can("articles.import"))
	r.POST("/transfer/:run/undo", d.undo, web.Can("articles.import"))
	r.POST("/transfer/:run/pictures", d.retryPictures, web.Can("media.edit"))
}

var _ desk.Desk = (*Desk)(nil)
