package transfers

import (
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant/transfer"
)

// The choices of how a file is read or written. The first of each lets the program decide.

func formatChoices(v ui.View) []ui.Option {
	return []ui.Option{
		{Label: v.T("transfers.detect")}, {Value: string(transfer.Own), Label: v.T("transfers.format.own")},
		{Value: string(transfer.Shopify), Label: v.T("transfers.format.shopify")},
	}
}

func separatorChoices(v ui.View, detect bool) []ui.Option {
	var all []ui.Option
	if detect {
		all = append(all, ui.Option{Label: v.T("transfers.detect")})
	}
	for _, word := range []string{",", ";", "tab", "|"} {
		all = append(all, ui.Option{Value: word, Label: v.T("transfers.separator." + separatorWords[word])})
	}
	return all
}

var separatorWords = map[string]string{",": "comma", ";": "semicolon", "tab": "tab", "\t": "tab", "|": "bar"}

func decimalChoices(v ui.View, detect bool) []ui.Option {
	var all []ui.Option
	if detect {
		all = append(all, ui.Option{Label: v.T("transfers.detect")})
	}
	return append(all, ui.Option{Value: ".", Label: v.T("transfers.decimal.point")}, ui.Option{Value: ",", Label: v.T("transfers.decimal.comma")})
}

func encodingChoices(v ui.View) []ui.Option {
	return []ui.Option{
		{Label: v.T("transfers.detect")}, {Value: "utf-8", Label: "UTF-8"}, {Value: "windows-1252", Label: "Windows-1252"},
		{Value: "iso-8859-15", Label: "ISO 8859-15"}, {Value: "utf-16le", Label: "UTF-16 LE"}, {Value: "utf-16be", Label: "UTF-16 BE"},
	}
}

// read is how a file was read, in words.
func read(v ui.View, o transfer.Options) []ui.Term {
	format := v.T("transfers.format.own")
	if o.Format == transfer.Shopify {
		format = v.T("transfers.format.shopify")
	}
	terms := []ui.Term{{Name: v.T("transfers.format"), Text: format}}
	if word := separatorWords[o.Separator]; word != "" {
		terms = append(terms, ui.Term{Name: v.T("transfers.separator"), Text: v.T("transfers.separator." + word)})
	}
	switch o.Decimal {
	case ".":
		terms = append(terms, ui.Term{Name: v.T("transfers.decimal"), Text: v.T("transfers.decimal.point")})
	case ",":
		terms = append(terms, ui.Term{Name: v.T("transfers.decimal"), Text: v.T("transfers.decimal.comma")})
	}
	if o.Encoding != "" {
		terms = append(terms, ui.Term{Name: v.T("transfers.encoding"), Text: o.Encoding})
	}
	return terms
}
