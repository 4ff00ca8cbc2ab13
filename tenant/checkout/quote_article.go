package checkout

import (
	"context"
	"errors"
	"maps"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/quote"
	"echoppe.dev/tenant/stock"
)

// Chosen is what was chosen of an article that is put on a quote.
type Chosen struct {
	Options map[string]string // option → value, where the code names no variant
	Extras  map[string]string // price-adding option → value; empty or absent for none
}

// QuoteChoice is what has to be asked of an article before it can be put on a quote.
type QuoteChoice struct {
	Name    string           // of the article
	Options []catalog.Option // none where the code names the variant
	Extras  []catalog.Extra
}

// QuoteChoice is what there is to choose of the article a code names; nil for nothing, or for no article.
func (d *Desk) QuoteChoice(ctx context.Context, shop *tenant.Shop, code string, l i18n.Locale) (*QuoteChoice, error) {
	var choice *QuoteChoice
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		a, err := quote.FindArticle(tx, code)
		if errors.Is(err, quote.ErrCode) {
			return nil
		}
		if err != nil {
			return err
		}
		r, err := d.rules(tx)
		if err != nil {
			return err
		}
		p, err := catalog.FindBare(tx, a.Product)
		if err != nil {
			return err
		}
		if open := questions(p, a); len(open.Options)+len(open.Extras) > 0 {
			open.Name = p.Text(l, r.Languages.Default).Name
			choice = &open
		}
		return nil
	})
	return choice, err
}

func questions(p *catalog.Product, a quote.Article) QuoteChoice {
	q := QuoteChoice{Extras: p.Extras}
	if a.Variant.IsZero() {
		q.Options = p.Options
	}
	return q
}

// addArticle puts a piece of an article on the draft, at what this customer would pay for it in the shop.
// Errors: quote.ErrCode, quote.ErrChoose, quote.ErrCombination, quote.ErrGone and cart.ErrChoice on "add"; refused
// fields "option.CODE" and "extra.CODE".
func (d *Desk) addArticle(tx tenant.Tx, q *quote.Quote, e QuoteEdit) error {
	v, extras, err := choose(tx, e)
	if err != nil {
		return err
	}
	for i := range q.Draft.Lines {
		if l := &q.Draft.Lines[i]; l.Variant == v && maps.Equal(l.Extras, extras) {
			l.Qty++
			return nil
		}
	}
	c := &cart.Cart{Customer: q.Customer, Profile: q.Profile, Choices: q.Choices,
		Lines: []cart.Line{{ID: id.New[cart.Line](), Variant: v, Extras: extras, Qty: 1}}}
	k, err := d.reckon(tx, c, promotion.Who{Customer: q.Customer, Email: q.Email}, q.Locale)
	if err != nil {
		return err
	}
	switch l := k.view.Lines[0]; {
	case l.Problem == cart.Withdrawn:
		return cart.ErrChoice.On("add")
	case l.Price == nil:
		return quote.ErrGone.With(fault.Args{"name": e.Add}).On("add")
	}
	more, err := d.propose(tx, q, k)
	q.Draft.Lines = append(q.Draft.Lines, more.Lines...)
	return err
}

// choose is the variant that an edit adds, with its extras.
func choose(tx tenant.Tx, e QuoteEdit) (v stock.VariantID, extras map[string]string, err error) {
	a, err := quote.FindArticle(tx, e.Add)
	if errors.Is(err, quote.ErrCode) {
		return v, nil, quote.ErrCode.With(fault.Args{"code": e.Add}).On("add")
	}
	if err != nil {
		return v, nil, err
	}
	p, err := catalog.FindBare(tx, a.Product)
	if err != nil {
		return v, nil, err
	}
	open, chosen := questions(p, a), Chosen{}
	if e.Chosen != nil {
		chosen = *e.Chosen
	} else if len(open.Options)+len(open.Extras) > 0 {
		return v, nil, quote.ErrChoose.On("add")
	}
	options, extras, err := open.answers(chosen)
	if err != nil || !a.Variant.IsZero() {
		return a.Variant, extras, err
	}
	v, err = quote.FindVariant(tx, a.Product, options)
	if errors.Is(err, quote.ErrCombination) {
		err = quote.ErrCombination.On("add")
	}
	return v, extras, err
}

// answers are the values that were chosen, as far as they were asked for. Errors: refused fields.
func (q QuoteChoice) answers(given Chosen) (options, extras map[string]string, err error) {
	var c form.Checker
	options = map[string]string{}
	for _, o := range q.Options {
		c.Required("option."+o.Code, given.Options[o.Code])
		options[o.Code] = given.Options[o.Code]
	}
	for i := range q.Extras {
		x := &q.Extras[i]
		value := given.Extras[x.Code]
		switch {
		case value == "" && x.Required:
			c.Required("extra."+x.Code, value)
		case value == "":
		case x.Value(value) == nil:
			c.Refuse("extra."+x.Code, cart.ErrChoice.Key(), nil)
		default:
			if extras == nil {
				extras = map[string]string{}
			}
			extras[x.Code] = value
		}
	}
	return options, extras, c.Err()
}
