package products

import (
	"net/url"
	"strings"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/bulk"
	"echoppe.dev/tenant/catalog"
)

// changeFields are the form of a change as it stands.
type changeFields struct {
	How    string `form:"how"`
	Number string `form:"number"`
	Ending string `form:"ending"`
	Toward string `form:"toward"`
	Cross  bool   `form:"cross"`
	Others bool   `form:"others"`
	To     string `form:"to"`
	Node   string `form:"node"`
}

// operation reads what was typed. Errors: Malformed with the names of the form's fields.
func (m *changeModel) operation() (bulk.Operation, error) {
	f, kind := m.Typed, bulk.Kind(m.Pick.Kind)
	op := bulk.Operation{Kind: kind, How: bulk.How(f.How), To: f.To}
	var c form.Checker
	switch kind {
	case bulk.Price:
		op.Ending, op.Toward, op.Cross, op.Others = f.Ending, bulk.Toward(f.Toward), f.Cross, f.Others
		op.Digits = m.Settings.Rules().Currency.Digits()
		if op.How != bulk.Keep {
			c.Required("number", f.Number)
			op.Number = c.Decimal("number", m.visit.View.Locale, f.Number, places)
		}
	case bulk.Stock, bulk.LowAt:
		c.Required("number", f.Number)
		op.Number = c.Decimal("number", m.visit.View.Locale, f.Number, 0)
	case bulk.Family:
		op.Node, _ = id.Parse[catalog.Node](f.Node) // Check tells that it is missing
		if _, ok := m.Tree.Node(op.Node); !ok {
			op.Node = catalog.NodeID{}
		}
	case bulk.Cross, bulk.State, bulk.Tax:
	}
	if err := c.Err(); err != nil {
		return op, err
	}
	return op, op.Check()
}

func (m *changeModel) header() ui.Header {
	v := m.visit.View
	h := ui.Header{
		Title: v.T("products.change.title"), Lead: v.T("products.change.chosen", ui.Args{"n": m.number()}),
		Crumbs: []ui.Crumb{{Label: v.T("office.nav.products"), Href: m.visit.Href("products")}, {Label: v.T("products.change.title")}},
	}
	if m.Pick.Kind != "" && m.may(bulk.Kind(m.Pick.Kind)) {
		h.Crumbs[1].Href = m.at("")
		h.Crumbs = append(h.Crumbs, ui.Crumb{Label: v.T("products.change.kind." + m.Pick.Kind)})
	}
	return h
}

// at is the address of the way for a kind, with the same articles.
func (m *changeModel) at(kind string) string {
	p := m.Pick
	p.Kind = kind
	q := url.Values{}
	for name, value := range p.hidden() {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return m.visit.Href("products/changes/new")
	}
	return m.visit.Href("products/changes/new") + "?" + q.Encode()
}

// kinds are what can be changed.
func (m *changeModel) kinds() []ui.Choice {
	v := m.visit.View
	var choices []ui.Choice
	for _, k := range bulk.Kinds {
		if m.may(k) {
			choices = append(choices, ui.Choice{Title: v.T("products.change.kind." + string(k)), Text: v.T("products.change.about." + string(k)),
				Href: m.at(string(k))})
		}
	}
	return choices
}

func (m *changeModel) kind() bulk.Kind { return bulk.Kind(m.Pick.Kind) }

func (m *changeModel) field(name, value string) ui.Field {
	return ui.Field{Name: name, Label: m.visit.T("products.change." + name), Value: value, Help: m.visit.T("products.change." + name + ".help"),
		Error: m.Answers.Errors[name], Width: ui.Medium}
}

// howField are the ways of the kind; the first is chosen.
func (m *changeModel) howField() ui.Field {
	f := ui.Field{Name: "how", Label: m.visit.T("products.change.how"), Value: m.Typed.How, Error: m.Answers.Errors["how"]}
	for _, h := range m.kind().Ways() {
		f.Options = append(f.Options, ui.Option{Value: string(h), Label: m.visit.T("products.change.how." + m.Pick.Kind + "." + string(h))})
	}
	if f.Value == "" && len(f.Options) > 0 {
		f.Value = f.Options[0].Value
	}
	return f
}

func (m *changeModel) numberField() ui.Field {
	f := m.field("number", m.Typed.Number)
	f.Help = m.visit.T("products.change.number."+m.Pick.Kind+".help", ui.Args{"less": "−" + i18n.FormatInput(m.visit.View.Locale, decimal.New(25, -1), 0)})
	f.Required = m.kind() != bulk.Price
	return f
}

// endings are the endings a price can be given; a currency without decimals has but one.
func (m *changeModel) endings() []ui.Option {
	v := m.visit.View
	choices := []ui.Option{{Label: v.T("products.change.ending.none")}}
	for _, e := range bulk.Endings {
		if e == bulk.Whole {
			choices = append(choices, ui.Option{Value: e, Label: v.T("products.change.ending.whole")})
		} else if m.Settings.Rules().Currency.Digits() >= leastDigits {
			choices = append(choices, ui.Option{Value: e, Label: endingWords(v, e)})
		}
	}
	return choices
}

// endingWords write an ending as it stands on a price: "…,90".
func endingWords(v ui.View, ending string) string {
	n, err := decimal.NewFromString(ending)
	if err != nil || n.IsZero() {
		return v.T("products.change.ending.whole")
	}
	return "…" + strings.TrimPrefix(i18n.FormatInput(v.Locale, n, leastDigits), "0")
}

func (m *changeModel) endingField() ui.Field {
	f := m.field("ending", m.Typed.Ending)
	f.Options = m.endings()
	return f
}

func (m *changeModel) towardField() ui.Field {
	v, f := m.visit.View, m.field("toward", m.Typed.Toward)
	f.Options = []ui.Option{{Label: v.T("products.change.toward.nearest")}, {Value: string(bulk.Up), Label: v.T("products.change.toward.up")},
		{Value: string(bulk.Down), Label: v.T("products.change.toward.down")}}
	return f
}

func (m *changeModel) stateField() ui.Field {
	f := ui.Field{Name: "to", Label: m.visit.T("products.field.state"), Value: m.Typed.To, Error: m.Answers.Errors["to"]}
	for _, s := range states {
		if s != catalog.Archived || m.visit.Can("articles.delete") {
			f.Options = append(f.Options, ui.Option{Value: string(s), Label: m.visit.T("products.state." + string(s))})
		}
	}
	return f
}

func (m *changeModel) classField() ui.Field {
	return ui.Field{Name: "to", Label: m.visit.T("products.field.tax_class"), Help: m.visit.T("products.change.class.help"), Value: m.Typed.To,
		Options: classChoices(m.visit.View, m.Settings), Error: m.Answers.Errors["to"], Width: ui.Medium}
}

// nodeField offers all families.
func (m *changeModel) nodeField() ui.Field {
	f := m.field("node", m.Typed.Node)
	f.Options = []ui.Option{{Label: m.visit.T("products.link.none")}}
	if families, ok := m.Tree.Taxonomy(catalog.Families); ok {
		var walk func(nodes []*catalog.Node)
		walk = func(nodes []*catalog.Node) {
			for _, n := range nodes {
				f.Options = append(f.Options, ui.Option{Value: n.ID.String(), Label: strings.Repeat("– ", n.Depth()-1) +
					n.Text(m.visit.View.Locale, m.Settings.Languages.Default).Name})
				walk(m.Tree.Children(n.ID))
			}
		}
		walk(m.Tree.Top(families.ID))
	}
	return f
}

func (m *changeModel) labels() map[string]string {
	labels := map[string]string{"to": m.visit.T("products.field.state")}
	for _, name := range []string{"how", "number", "ending", "toward", "node"} {
		labels[name] = m.visit.T("products.change." + name)
	}
	return labels
}
