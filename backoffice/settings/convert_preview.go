package shopsettings

import (
	"strings"

	"github.com/a-h/templ"

	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant/conversion"
)

// targets are the currencies a shop can be put into.
func (m convertModel) targets() []ui.Option {
	options := []ui.Option{{}}
	for _, o := range currencyOptions(false) {
		if o.Value != m.Settings.Currencies.Management {
			options = append(options, o)
		}
	}
	return options
}

// kinds is what becomes of each kind of amount, in figures.
func (m convertModel) kinds(s sheet.Sheet) ui.Table {
	t := ui.Table{Caption: s.T("kinds"), Bare: true, Dense: true, Columns: []ui.Column{
		{Title: s.T("kind"), Main: true}, {Title: s.T("count"), End: true}, {Title: s.T("before"), End: true}, {Title: s.T("after"), End: true},
	}, Empty: ui.Empty{Icon: ui.IconCoin, Title: s.T("nothing"), Text: s.T("nothing_text")}}
	for _, l := range m.Preview.Lines {
		t.Rows = append(t.Rows, ui.Row{ID: string(l.Kind), Name: s.T("kind." + string(l.Kind)), Cells: []templ.Component{
			ui.TextCell(s.T("kind." + string(l.Kind))), ui.TextCell(s.View().Number(l.N)),
			ui.TextCell(s.View().Money(l.Before)), ui.TextCell(s.View().Money(l.After)),
		}})
	}
	return t
}

// amounts is a list of single amounts before and after.
func amounts(s sheet.Sheet, caption string, list []conversion.Named) ui.Table {
	t := ui.Table{Caption: caption, Bare: true, Dense: true, Columns: []ui.Column{
		{Title: s.T("what"), Main: true}, {Title: s.T("before"), End: true}, {Title: s.T("after"), End: true},
	}, Empty: ui.Empty{Icon: ui.IconPackages, Title: s.T("no_articles"), Text: s.T("no_articles_text")}}
	for _, n := range list {
		name := n.Name
		if n.Kind != conversion.Prices {
			name = strings.TrimSpace(s.T("kind."+string(n.Kind)) + " – " + name)
		}
		t.Rows = append(t.Rows, ui.Row{Name: name, Cells: []templ.Component{
			ui.TextCell(name), ui.TextCell(s.View().Money(n.Before)), ui.TextCell(s.View().Money(n.After)),
		}})
	}
	return t
}

// remarks are what the merchant has to know before he confirms, the obstacles first.
func (m convertModel) remarks(s sheet.Sheet) []ui.Flash {
	p := m.Preview
	var list []ui.Flash
	for _, b := range p.Blocked {
		list = append(list, ui.Flash{Tone: ui.Bad, Text: s.T("blocked", ui.Args{"kind": s.T("kind." + string(b.Kind)), "name": b.Name, "why": s.View().Explain(b.Why)})})
	}
	if n := len(p.Stand); n > 0 {
		list = append(list, ui.Flash{Tone: ui.Bad, Text: s.T("quotes_stand", ui.Args{"n": n, "numbers": strings.Join(p.Stand[:min(n, shownQuotes)], ", ")}),
			Action: &ui.Action{Label: s.T("quotes_do"), Href: s.Visit.Href("quotes?state=sent")}})
	}
	if p.Busy {
		list = append(list, ui.Flash{Tone: ui.Bad, Text: s.T("busy")})
	}
	if len(p.Unknown) > 0 {
		list = append(list, ui.Flash{Tone: ui.Warn, Text: s.T("unknown", ui.Args{"names": strings.Join(p.Unknown, ", ")})})
	}
	zeros, coarse := 0, 0
	for _, l := range p.Lines {
		zeros, coarse = zeros+l.Zeros, coarse+l.Coarse
	}
	if zeros > 0 {
		list = append(list, ui.Flash{Tone: ui.Warn, Text: s.T("zeros", ui.Args{"n": zeros})})
	}
	if coarse > 0 {
		list = append(list, ui.Flash{Tone: ui.Warn, Text: s.T("coarse", ui.Args{"n": coarse})})
	}
	return list
}

// shownQuotes is how many quotes a remark names.
const shownQuotes = 10

// question is the last one before everything is converted.
func (m convertModel) question(s sheet.Sheet) ui.Confirm {
	p := m.Preview
	args := ui.Args{"from": p.Exchange.From.Code(), "to": p.Exchange.To.Code(), "rate": m.Form.Rate, "n": p.Quotes}
	points := []string{s.T("point.stored"), s.T("point.orders", args), s.T("point.fixed", args)}
	if p.Quotes > 0 {
		points = append(points, s.T("point.quotes", args))
	}
	points = append(points, s.T("point.texts"), s.T("point.undo"))
	return ui.Confirm{ID: "convert", Title: s.T("confirm", args), Text: s.T("confirm_text", args), Points: points,
		Post: s.Visit.Href("settings/currencies/convert"), Label: s.T("confirm_do", args), Cancel: s.Visit.Href("settings/currencies"), Hidden: m.hidden()}
}
