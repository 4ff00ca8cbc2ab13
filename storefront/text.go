package storefront

import (
	"html"

	"echoppe.dev/storefront/view"
)

// paragraph is plain text as markup, "" for none.
func paragraph(text string) view.HTML {
	if text == "" {
		return ""
	}
	return view.HTML("<p>" + html.EscapeString(text) + "</p>")
}
