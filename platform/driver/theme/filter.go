package theme

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"strings"
	"sync"
	"time"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/standard"
	"echoppe.dev/platform/driver/liquid/value"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
)

// Money is a price in the data. The money filter prints MoneyText, or makes it from
// amount and currency when it is empty.
type Money interface {
	MoneyText() string
	MoneyAmount() string
	MoneyCurrency() string
}

// face is a set of files in one language: what filters speak with.
type face struct {
	set    *set
	locale i18n.Locale
}

func faceOf(c *liquid.Call) *face { return c.Host().(*face) }

// filters are those of the language, and those of a shop.
func filters() map[string]liquid.Filter {
	all := standard.Filters()
	maps.Copy(all, map[string]liquid.Filter{
		"safe":         {Make: refuseSafe},
		"json":         {Make: toJSON},
		"t":            {Make: translate, Named: liquid.Any},
		"money":        {Make: price},
		"date":         {Make: date, Max: 1, Named: []string{"time"}},
		"asset_url":    {Make: assetURL},
		"url":          {Make: harmless},
		"image_url":    {Make: imageURL, Named: []string{"width"}},
		"image_srcset": {Make: srcset},
		"image_tag":    {Write: imageTag, Max: 1, Named: []string{"sizes", "alt", "loading", "priority"}},
	})
	return all
}

var errNoSafe = errors.New("safe is not a filter here: only the shop's own code makes markup")

func refuseSafe(c *liquid.Call, _ value.Value) value.Value { return c.Fail(errNoSafe) }

// toJSON is JSON: as it is in a script element, where entities mean nothing and <, > and & are written as \u…; text anywhere else.
func toJSON(c *liquid.Call, in value.Value) value.Value {
	b, fits := in.AppendJSON(nil, c.Limits().Text)
	if !fits {
		c.Fits(c.Limits().Text + 1)
		return value.None
	}
	if c.InScript() {
		return c.HTML(string(b))
	}
	return c.Text(string(b))
}

// translate says a key of the theme's locales. A key that ends in _html is markup: its
// arguments are escaped.
func translate(c *liquid.Call, in value.Value) value.Value {
	f, key := faceOf(c), c.String(in)
	if c.Strict() && !f.set.words.Has(f.locale, key) {
		return c.Fail(fmt.Errorf("no word for %q in %q", key, f.locale))
	}
	markup := strings.HasSuffix(key, "_html")
	with := arguments.Get().(map[string]any)
	long := 0
	for i := 0; ; i++ {
		name, v, ok := c.NamedAt(i)
		if !ok {
			break
		}
		said := argument(c, v, markup)
		with[name] = said
		if s, ok := said.(string); ok {
			long += len(s)
		}
	}
	if long > maxSaid {
		c.Fits(c.Limits().Text + 1)
		return value.None
	}
	said := f.set.words.T(f.locale, key, with)
	clear(with)
	arguments.Put(with)
	if markup {
		return c.HTML(said)
	}
	return c.Text(said)
}

// maxSaid bounds the texts put into a message, which may name each many times.
const maxSaid = 16 << 10

// arguments are maps for the length of a call.
var arguments = sync.Pool{New: func() any { return map[string]any{} }}

// argument is a value inside a sentence: a number, or text, made markup where the sentence is.
func argument(c *liquid.Call, v value.Value, markup bool) any {
	switch {
	case v.Kind() == value.Int:
		return int(v.Int())
	case markup && v.Kind() == value.HTML:
		return v.Raw()
	case markup:
		return value.Escape(value.OfText(c.String(v))).Raw()
	case v.Kind() == value.Float:
		return v.Float()
	}
	return standard.Text(c, v)
}

// price writes an amount.
func price(c *liquid.Call, in value.Value) value.Value {
	m, ok := in.Go().(Money)
	if !ok {
		return c.Fail(errors.New("money wants a price"))
	}
	if t := m.MoneyText(); t != "" {
		return value.OfText(t)
	}
	cur, err := money.ParseCurrency(m.MoneyCurrency())
	if err != nil {
		return c.Fail(err)
	}
	amount, err := money.Parse(m.MoneyAmount(), cur)
	if err != nil {
		return c.Fail(err)
	}
	return value.OfText(i18n.FormatMoney(faceOf(c).locale, amount))
}

// styles are the ways to write a day in the reader's language.
var styles = map[string]i18n.Style{"": i18n.Medium, "short": i18n.Short, "medium": i18n.Medium, "long": i18n.Long}

// date writes a day: 'short', 'medium' (the default) or 'long'; with time: true the
// minute too; 'iso' for the datetime attribute; or by a format of strftime, which has a %.
func date(c *liquid.Call, in value.Value) value.Value {
	if in.IsNil() {
		return in
	}
	t, ok := standard.Instant(in)
	if !ok {
		return c.Fail(errors.New("date wants a time"))
	}
	format := c.String(c.Arg(0))
	if len(format) > standard.MaxFormat {
		return c.Failf("the format of a date is too long")
	}
	style, ok := styles[format]
	switch {
	case format == "iso":
		return value.OfText(t.Format(time.RFC3339))
	case !ok:
		out, fits := standard.Strftime(t, format, c.Limits().Text)
		if !fits {
			c.Fits(c.Limits().Text + 1)
		}
		return value.OfText(out)
	}
	if with, _ := c.Named("time"); with.Truth() {
		return value.OfText(i18n.FormatDateTime(faceOf(c).locale, t, style))
	}
	return value.OfText(i18n.FormatDate(faceOf(c).locale, t, style))
}

func assetURL(c *liquid.Call, in value.Value) value.Value {
	name := c.String(in)
	a := faceOf(c).set.assets[name]
	if a == nil {
		return c.Fail(fmt.Errorf("no asset %q", name[:min(len(name), 100)]))
	}
	return value.OfText(a.url)
}

// harmless lets through addresses that a link may hold, and nothing that runs.
func harmless(c *liquid.Call, in value.Value) value.Value {
	text := standard.Text(c, in)
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil {
		return value.OfText("#")
	}
	switch strings.ToLower(u.Scheme) {
	case "", "http", "https", "mailto", "tel":
		return c.Text(u.String())
	default:
		return value.OfText("#")
	}
}
