package families

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

// Desk is the desk of the classifications.
type Desk struct{ library Library }

// New makes the desk.
func New(l Library) *Desk { return &Desk{l} }

// Routes is the table of contents of the desk.
func (d *Desk) Routes(r *web.Routes) {
	r.GET("/families", d.tree, web.Can("families.view"))
	r.GET("/families/"+pictures.Route, pictures.Handler(d.library), web.Can("media.view"))

	r.GET("/families/lists", d.lists, web.Can("families.view"))
	r.GET("/families/lists/new", d.newList, web.Can("families.edit"))
	r.POST("/families/lists/new", d.saveList, web.Can("families.edit"))
	r.GET("/families/lists/:list", d.editList, web.Can("families.view"))
	r.POST("/families/lists/:list", d.saveList, web.Can("families.edit"))
	r.GET("/families/lists/:list/delete", d.askDeleteList, web.Can("families.edit"))
	r.POST("/families/lists/:list/delete", d.deleteList, web.Can("families.edit"))

	r.GET("/families/new", d.newEntry, web.Can("families.edit"))
	r.POST("/families/new", d.saveEntry, web.Can("families.edit"), pictures.Upload())
	r.GET("/families/:id", d.editEntry, web.Can("families.view"))
	r.POST("/families/:id", d.saveEntry, web.Can("families.edit"), pictures.Upload())
	r.POST("/families/:id/place", d.place, web.Can("families.edit"))
	r.GET("/families/:id/delete", d.askDelete, web.Can("families.edit"))
	r.POST("/families/:id/delete", d.delete, web.Can("families.edit"))
}

var _ desk.Desk = (*Desk)(nil)
