package shopsettings

import (
	"echoppe.dev/backoffice/desk"
	officeui "echoppe.dev/backoffice/ui"
	"echoppe.dev/platform/driver/ui"
)

// frame is the page around a part of the settings; below are further steps of the way to it.
func frame(v *desk.Visit, words string, below ...ui.Crumb) officeui.Frame {
	title := v.T("setup." + words + ".title")
	crumbs := []ui.Crumb{{Label: v.T("setup.title"), Href: v.Href("settings")}, {Label: title}}
	if len(below) > 0 {
		crumbs[1].Href = v.Href("settings/" + words)
		crumbs = append(crumbs, below...)
		title = below[len(below)-1].Label
	}
	f := officeui.Frame{Header: ui.Header{Title: title, Crumbs: crumbs}}
	if key := "setup." + words + ".lead"; len(below) == 0 && v.View.Words.Has(v.View.Locale, key) {
		f.Lead = v.T(key)
	}
	return f
}
