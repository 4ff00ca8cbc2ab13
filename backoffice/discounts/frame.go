package discounts

import (
	"echoppe.dev/backoffice/desk"
	officeui "echoppe.dev/backoffice/ui"
	"echoppe.dev/platform/driver/ui"
)

// words is where the words of the desk are.
const words = "discounts"

// frame is the page around a part of the desk; below are further steps of the way to it.
func frame(v *desk.Visit, below ...ui.Crumb) officeui.Frame {
	title := v.T("discounts.title")
	if len(below) == 0 {
		return officeui.Frame{Header: ui.Header{Title: title, Lead: v.T("discounts.lead")}}
	}
	crumbs := append([]ui.Crumb{{Label: title, Href: v.Href("discounts")}}, below...)
	return officeui.Frame{Header: ui.Header{Title: below[len(below)-1].Label, Crumbs: crumbs}}
}
