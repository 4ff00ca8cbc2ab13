package products

import (
	"embed"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/products/pictures"
	"echoppe.dev/platform/driver/web"
)

// Locales holds the words of the desk.
//
//go:embed locales/*.json
var Locales embed.FS

// Library stores and opens pictures; media.Library does.
type Library interface {
	pictures.Taker
	pictures.Shelf
}

// Desk is the desk of the articles.
type Desk struct {
	library Library
	editor  Editor
	quota   Quota
}

// New makes the desk. A nil quota allows everything.
func New(l Library, e Editor, q Quota) *Desk { return &Desk{library: l, editor: e, quota: q} }

// Routes is the table of contents of the desk.
func (d *Desk) Routes(r *web.Routes) {
	r.GET("/products", d.list, web.Can("articles.view"))
	r.POST("/products", d.bulk, web.Can("articles.edit"))
	r.GET("/products/"+pictures.Route, pictures.Handler(d.library), web.Can("media.view"))
	r.GET("/products/price", d.otherPrice, web.Can("articles.view"))

	r.GET("/products/new", d.quick, web.Can("articles.edit"))
	r.POST("/products/new", d.createOne, web.Can("articles.edit"), pictures.Upload())
	r.POST("/products/drafts", d.createMany, web.Can("articles.edit"), pictures.Upload())

	r.GET("/products/panels", d.panels, web.Can("articles.view"))
	r.GET("/products/panels/:panel/delete", d.askDropPanel, web.Can("articles.edit"))
	r.POST("/products/panels/:panel/delete", d.dropPanel, web.Can("articles.edit"))

	r.GET("/products/changes", d.changes, web.Can("articles.edit"))
	r.GET("/products/changes/new", d.newChange, web.Can("articles.edit"))
	r.POST("/products/changes/new", d.previewChange, web.Can("articles.edit"))
	r.GET("/products/changes/:run", d.showChange, web.Can("articles.edit"))
	r.GET("/products/changes/:run/progress", d.changeProgress, web.Can("articles.edit"))
	r.GET("/products/changes/:run/report", d.changeReport, web.Can("articles.edit"))
	r.POST("/products/changes/:run/confirm", d.confirmChange, web.Can("articles.edit"))
	r.POST("/products/changes/:run/cancel", d.cancelChange, web.Can("articles.edit"))
	r.POST("/products/changes/:run/undo", d.undoChange, web.Can("articles.edit"))

	r.GET("/products/:id", d.edit, web.Can("articles.view"))
	r.POST("/products/:id", d.save, web.Can("articles.edit"), pictures.Upload())
	r.POST("/products/:id/state", d.setState, web.Can("articles.edit"))

	r.GET("/products/:id/versions", d.versions, web.Can("articles.view"))
	r.GET("/products/:id/versions/last", d.askUndo, web.Can("articles.edit"))
	r.POST("/products/:id/versions/last", d.undo, web.Can("articles.edit"))
	r.GET("/products/:id/versions/:version", d.askRestore, web.Can("articles.edit"))
	r.POST("/products/:id/versions/:version", d.restore, web.Can("articles.edit"))

	r.GET("/products/:id/variants", d.variants, web.Can("articles.view"))
	r.POST("/products/:id/variants", d.saveVariants, web.Can("articles.edit"))
	r.POST("/products/:id/variants/fill", d.fillVariants, web.Can("articles.edit"))
	r.POST("/products/:id/variants/generate", d.generate, web.Can("articles.edit"))
	r.POST("/products/:id/variants/table", d.arrange, web.Can("articles.edit"))
	r.POST("/products/:id/options", d.addOption, web.Can("articles.edit"))
	r.GET("/products/:id/options/:option", d.option, web.Can("articles.view"))
	r.POST("/products/:id/options/:option", d.saveOption, web.Can("articles.edit"))
	r.GET("/products/:id/options/:option/delete", d.askDropOption, web.Can("articles.edit"))
	r.POST("/products/:id/options/:option/delete", d.dropOption, web.Can("articles.edit"))
	r.GET("/products/:id/extras/:extra", d.extra, web.Can("articles.view"))
	r.POST("/products/:id/extras/:extra", d.saveExtra, web.Can("articles.edit"))
	r.GET("/products/:id/extras/:extra/delete", d.askDropExtra, web.Can("articles.edit"))
	r.POST("/products/:id/extras/:extra/delete", d.dropExtra, web.Can("articles.edit"))
}

var _ desk.Desk = (*Desk)(nil)
