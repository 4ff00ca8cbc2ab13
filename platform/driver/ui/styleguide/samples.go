package styleguide

import (
	"net/url"
	"time"

	"github.com/a-h/templ"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
)

// Pages are the pages of the guide by file name.
func Pages(v ui.View) map[string]templ.Component {
	return map[string]templ.Component{
		"lists.html":   lists(v),
		"forms.html":   forms(v),
		"content.html": content(v),
		"empty.html":   empty(v),
		"card.html":    card(v),
		"home.html":    home(v),
		"console.html": console(v),
		"sheet.html":   sheet(v),
	}
}

func shell(title string, surface ui.Surface) ui.Shell {
	s := ui.Shell{
		Meta:    ui.Meta{Title: title, Site: "Style guide"},
		Surface: surface,
		Brand:   ui.Brand{Name: "Échoppe", Href: "lists.html"},
		Nav: []ui.NavGroup{
			{Items: []ui.NavItem{
				{Label: "Lists", Href: "lists.html", Icon: ui.IconShoppingBag, Count: 12, Pinned: true},
				{Label: "Forms", Href: "forms.html", Icon: ui.IconPackage, Pinned: true},
				{Label: "Content", Href: "content.html", Icon: ui.IconUsers, Pinned: true},
			}},
			{Title: "Frames", Items: []ui.NavItem{
				{Label: "Nothing yet", Href: "empty.html", Icon: ui.IconFolders, Pinned: true},
				{Label: "One small task", Href: "card.html", Icon: ui.IconLock},
				{Label: "For everybody", Href: "home.html", Icon: ui.IconWorld},
				{Label: "Console", Href: "console.html", Icon: ui.IconServer},
				{Label: "Paper", Href: "sheet.html", Icon: ui.IconPrinter},
			}},
		},
		User: ui.User{Name: "Lucie Marchand", Detail: "lucie@atelier-lune.fr", Actions: []ui.Action{
			{Label: "My account", Icon: ui.IconUserCircle, Href: "card.html"},
			{Label: "Sign out", Icon: ui.IconLogout, Post: "card.html"},
		}},
	}
	if surface == ui.Console {
		s.Brand.Tag = "Console"
	}
	return s
}

func orders(v ui.View) ui.Table {
	more := []ui.Action{
		{Label: "Print", Icon: ui.IconPrinter, Href: "sheet.html"},
		{Label: "Cancel the order", Icon: ui.IconBan, Href: "content.html", Dialog: "cancel", Look: ui.Danger},
	}
	row := func(number, name, day, total string, n int, badges ...ui.Badge) ui.Row {
		return ui.Row{ID: number, Name: "order " + number, More: more, Cells: []templ.Component{
			ui.TitleCell(v, ui.Title{Text: number, Href: "content.html"}),
			ui.TextCell(day), ui.TextCell(name), ui.BadgeCell(v, badges...), ui.TextCell(v.Number(n)), ui.TextCell(total),
		}}
	}
	paid := ui.Badge{Label: "Paid", Tone: ui.Good, Dot: true}
	return ui.Table{
		ID: "orders", Caption: "Orders", Sort: "-placed", Selected: map[string]bool{"1042": true},
		Bulk:     []ui.Action{{Label: "Print", Icon: ui.IconPrinter, Name: "do", Value: "print", Form: "orders-bulk"}, {Label: "Mark as shipped", Name: "do", Value: "ship", Form: "orders-bulk"}},
		BulkPost: "lists.html",
		Columns: []ui.Column{
			{Title: "Order", Main: true, Sort: "number"}, {Title: "Placed", Sort: "placed"}, {Title: "Customer", Sort: "customer"},
			{Title: "State"}, {Title: "Articles", End: true, Wide: true}, {Title: "Total", End: true, Sort: "total"},
		},
		Rows: []ui.Row{
			row("1043", "Anna Grünwald", "today, 09:12", "128.40 €", 3, paid, ui.Badge{Label: "To ship", Tone: ui.Warn}),
			row("1042", "Jean-Baptiste Vercoutre-Delahousse", "today, 08:47", "18.00 €", 1, ui.Badge{Label: "Awaiting transfer", Tone: ui.Info, Dot: true}),
			row("1041", "Marta Ibáñez", "yesterday, 21:30", "1,249.00 €", 14, paid, ui.Badge{Label: "Shipped", Tone: ui.Neutral}),
			row("1040", "Tom Okafor", "yesterday, 17:05", "64.90 €", 2, ui.Badge{Label: "Refused", Tone: ui.Bad, Dot: true}),
		},
	}
}

func articles(v ui.View) ui.Table {
	return ui.Table{
		ID: "articles", Caption: "Articles",
		Columns: []ui.Column{{Title: "Article", Main: true}, {Title: "Stock", End: true}, {Title: "Price", End: true}},
		Rows: []ui.Row{
			{ID: "a", Name: "Linen shirt", Cells: []templ.Component{ui.TitleCell(v, ui.Title{Text: "Linen shirt", Href: "forms.html", Sub: "6 variants · SH-204", Pic: true}), ui.TextCell("42"), ui.TextCell("79.00 €")}},
			{ID: "b", Name: "Wool scarf", Cells: []templ.Component{ui.TitleCell(v, ui.Title{Text: "Wool scarf", Href: "forms.html", Sub: "SC-011", Pic: true, Badges: []ui.Badge{{Label: "Draft", Tone: ui.Neutral}}}), ui.TwoLineCell("0", "sold out"), ui.TextCell("45.00 €")}},
		},
		Foot: []ui.Row{{Cells: []templ.Component{ui.TextCell("Together"), ui.TextCell("42"), ui.TextCell("124.00 €")}}},
	}
}

func events() []ui.Event {
	at := time.Date(2026, 11, 21, 9, 12, 0, 0, time.UTC)
	return []ui.Event{
		{Title: "Shipped with Colissimo", Text: "Parcel 8R 4421 9087 3", Who: "Lucie", When: at.Add(3 * time.Hour), Tone: ui.Good, Icon: ui.IconTruck},
		{Title: "Payment received", Text: "128.40 € by card", Who: "Bank", When: at.Add(time.Minute), Tone: ui.Good, Icon: ui.IconCreditCard},
		{Title: "The customer was told", Text: "Mail to anna@example.org", When: at.Add(time.Minute), Tone: ui.Info, Icon: ui.IconMail},
		{Title: "Order placed", When: at},
	}
}

func steps() []ui.Step {
	return []ui.Step{
		{Title: "Add your first article", Text: "A photo, a name and a price are enough.", State: ui.StepDone},
		{Title: "Say how you deliver", Text: "Parcel by weight is prepared for France.", State: ui.StepCurrent, Minutes: 2, Action: &ui.Action{Label: "Set up delivery", Href: "forms.html", Look: ui.Primary}},
		{Title: "Complete your legal notice", Text: "The VAT number is missing.", State: ui.StepWarn, Action: &ui.Action{Label: "Complete", Href: "forms.html"}},
		{Title: "Open the shop", Minutes: 1, Action: &ui.Action{Label: "Open", Disabled: true, Reason: "Delivery comes first."}},
	}
}

// Every kind of configuration field there is.
var schema = form.Schema{Fields: []form.Field{
	{Name: "label", Label: "Name shown at the checkout", Kind: form.Text, Required: true, Max: 80},
	{Name: "note", Label: "Instructions", Help: "Shown after the order is placed.", Kind: form.Textarea},
	{Name: "days", Label: "Days to pay", Kind: form.Number},
	{Name: "factor", Label: "Weight factor", Kind: form.Decimal},
	{Name: "fee", Label: "Fee", Kind: form.Money},
	{Name: "rate", Label: "Share of the total", Kind: form.Percent},
	{Name: "mode", Label: "Capture", Kind: form.Select, Required: true, Options: []form.Option{{Value: "now", Label: "At once"}, {Value: "ship", Label: "When shipped"}}},
	{Name: "test", Label: "Test mode", Help: "No money moves.", Kind: form.Checkbox},
	{Name: "from", Label: "Valid from", Kind: form.Date},
	{Name: "key", Label: "Secret key", Kind: form.Secret, Required: true},
	{Name: "fresh", Label: "Second key", Kind: form.Secret},
	{Name: "countries", Label: "Countries", Kind: form.Countries},
	{Name: "bands", Label: "Weight bands", Help: "The first band that fits is used.", Kind: form.Rows, Columns: []form.Field{
		{Name: "upto", Label: "Up to (kg)", Kind: form.Decimal, Required: true},
		{Name: "price", Label: "Price", Kind: form.Money, Required: true},
		{Name: "zone", Label: "Zone", Kind: form.Select, Options: []form.Option{{Value: "eu", Label: "Europe"}, {Value: "world", Label: "World"}}},
	}},
}}

func drawn(v ui.View) ui.Drawn {
	typed := url.Values{
		"label": {""}, "fee": {"2,50"}, "rate": {"twelve"}, "mode": {"ship"}, "test": {"true"}, "countries": {"FR", "BE", "DE", "ES", "IT"},
		"bands.0.upto": {"0.5"}, "bands.0.price": {"4.95"}, "bands.0.zone": {"eu"}, "bands.1.upto": {"heavy"}, "bands.1.price": {"7.40"},
	}
	err := fault.Invalid(
		fault.Field{Name: "label", Key: form.KeyRequired},
		fault.Field{Name: "rate", Key: form.KeyNumber},
		fault.Field{Name: "bands.1.upto", Key: form.KeyNumber},
	)
	return ui.Drawn{Answers: ui.Refused(v, typed, err), Stored: form.Values{"key": form.TextValue("sealed")}, Currency: "EUR"}
}

var title = i18n.Text{i18n.French: "Chemise en lin", i18n.English: "Linen shirt", i18n.German: "Leinenhemd"}
