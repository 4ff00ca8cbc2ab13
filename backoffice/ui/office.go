package officeui

import (
	"embed"
	"strings"
	"time"

	"echoppe.dev/platform/driver/ui"
)

// Locales are the words of the shell, for ui.Words.
//
//go:embed locales/*.json
var Locales embed.FS

// Office is what the frame around a page must know; handlers fill it once per
// request.
type Office struct {
	Base     string // path before every entry, without a slash at the end; "" at the root of the host
	Platform string // name of the platform, on the sign
	Shop     Shop
	Shops    []Shop // all this person works in, the current one too
	Person   Person
	Can      func(permission string) bool
	Counts   map[Section]int // figures beside entries, such as orders to ship
	SignOut  string          // address that ends the session
	Account  string          // address of the person's own page; empty hides it
	NewShop  string          // address to open another shop; empty hides it
	Help     string          // address of the manual; empty hides it
	Notice   *ui.Flash       // over every page: the shop is closed, the bank is a fake
}

// Shop is one shop as the switcher shows it.
type Shop struct {
	Name    string
	Address string // as people write it: "atelier-lune.shop"
	Office  string // its office
	URL     string // its window, what shoppers see
	State   ui.Badge
}

// Person is who is signed in.
type Person struct {
	Name  string
	Email string
}

// Href is the address of a path of this shop's office: o.Href("orders").
func (o Office) Href(path string) string {
	path = o.Base + "/" + strings.TrimPrefix(path, "/")
	if path != "/" {
		path = strings.TrimSuffix(path, "/")
	}
	return path
}

func (o Office) can(permission string) bool {
	return permission == "" || o.Can != nil && o.Can(permission)
}

// Frame is one page of a desk. Title, way and actions are those of its header.
type Frame struct {
	ui.Header
	Wide    bool
	Bare    bool          // the page draws its own header
	Scripts []string      // of the office's asset set, beyond the usual
	Reload  time.Duration // see ui.Meta
}

func (o Office) shell(v ui.View, f Frame) ui.Shell {
	shell := ui.Shell{
		Meta:    ui.Meta{Title: f.Title, Site: o.Shop.Name, Scripts: f.Scripts, Reload: f.Reload},
		Surface: ui.Office,
		Brand:   ui.Brand{Name: o.Platform, Href: o.Href("")},
		Switch:  shopSwitch(v, o),
		Nav:     o.nav(v),
		User:    o.user(v),
		Wide:    f.Wide,
	}
	if o.Notice != nil {
		shell.Banner = ui.Ribbon(v, *o.Notice)
	}
	return shell
}

func (o Office) user(v ui.View) ui.User {
	user := ui.User{Name: o.Person.Name, Detail: o.Person.Email}
	if user.Detail == user.Name { // somebody without a name goes by his address
		user.Detail = ""
	}
	if o.Account != "" {
		user.Actions = append(user.Actions, ui.Action{Label: v.T("office.account"), Icon: ui.IconUserCircle, Href: o.Account})
	}
	if o.Help != "" {
		user.Actions = append(user.Actions, ui.Action{Label: v.T("office.help"), Icon: ui.IconHelpCircle, Href: o.Help})
	}
	if o.SignOut != "" {
		user.Actions = append(user.Actions, ui.Action{Label: v.T("office.sign_out"), Icon: ui.IconLogout, Post: o.SignOut})
	}
	return user
}
