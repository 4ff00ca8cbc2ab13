package theme

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/osteele/liquid/render"
	"github.com/osteele/liquid/values"

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

// Picture is an image in the data, for image_tag and image_srcset.
type Picture interface {
	ImageAttributes() (src, alt string, width, height int)
	ImageSources() (urls []string, widths []int)
}

// addFilters registers all filters, with the locale in those that speak.
func (s *set) addFilters(c *render.Config, l i18n.Locale) {
	addStandard(c, s.limits)
	f := filterSet{s, l}
	c.AddFilter("escape", escape)
	c.AddFilter("escape_once", escape)
	c.AddFilter("h", escape)
	c.AddFilter("safe", func(any) (any, error) { return nil, errNoSafe })
	c.AddFilter("append", f.append)
	c.AddFilter("prepend", func(v, other any) (any, error) { return f.append(other, v) })
	c.AddFilter("strip_html", func(v any) string { return words(v) })
	c.AddFilter("newline_to_br", newlineToBr)
	c.AddFilter("json", toJSON)
	c.AddFilter("t", f.translate)
	c.AddFilter("money", f.money)
	c.AddFilter("date", f.date)
	c.AddFilter("asset_url", f.assetURL)
	c.AddFilter("url", harmless)
	c.AddFilter("image_srcset", srcset)
	c.AddFilter("image_tag", imageTag)
}

type filterSet struct {
	set    *set
	locale i18n.Locale
}

// named finds the keyword arguments of a filter.
func named(args []any) map[string]any {
	for _, a := range args {
		if m, ok := a.(map[string]any); ok {
			return m
		}
	}
	return nil
}

// text is how a value is written.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case values.SafeValue:
		return text(v.Value)
	default:
		return fmt.Sprint(v)
	}
}

// append joins two texts; with markup in either, the other is escaped first.
func (f filterSet) append(a, b any) (any, error) {
	_, left := a.(values.SafeValue)
	_, right := b.(values.SafeValue)
	if left || right {
		a, b = escape(a), escape(b)
	}
	joined := text(a) + text(b)
	if len(joined) > f.set.limits.Text {
		return nil, overLimit(LimitText, "a text of more than %d bytes", f.set.limits.Text)
	}
	if left || right {
		return safe(joined), nil
	}
	return joined, nil
}

func newlineToBr(v any) any {
	return safe(strings.ReplaceAll(text(escape(v)), "\n", "<br>\n"))
}

// toJSON is JSON that may stand in a script element: <, > and & are written as \u….
func toJSON(v any) (any, error) {
	b, err := json.Marshal(unwrap(v))
	if err != nil {
		return nil, err
	}
	return safe(string(b)), nil
}

// translate says a key of the theme's locales. A key that ends in _html is markup: its
// arguments are escaped.
func (f filterSet) translate(key any, args ...any) (any, error) {
	k := text(key)
	if f.set.strict && !f.set.words.Has(f.locale, k) {
		return nil, fmt.Errorf("no word for %q in %q", k, f.locale)
	}
	with := named(args)
	if !strings.HasSuffix(k, "_html") {
		return f.set.words.T(f.locale, k, with), nil
	}
	escaped := make(map[string]any, len(with))
	for name, v := range with {
		if _, number := v.(int); !number {
			v = text(escape(v))
		}
		escaped[name] = v
	}
	return safe(f.set.words.T(f.locale, k, escaped)), nil
}

func (f filterSet) money(v any, _ ...any) (any, error) {
	m, ok := unwrap(v).(Money)
	if !ok {
		return nil, fmt.Errorf("money wants a price, not %T", v)
	}
	if t := m.MoneyText(); t != "" {
		return t, nil
	}
	cur, err := money.ParseCurrency(m.MoneyCurrency())
	if err != nil {
		return nil, err
	}
	amount, err := money.Parse(m.MoneyAmount(), cur)
	if err != nil {
		return nil, err
	}
	return i18n.FormatMoney(f.locale, amount), nil
}

// date writes a day: 'short', 'medium' (the default) or 'long'; with time: true the
// minute too; 'iso' for the datetime attribute.
func (f filterSet) date(v any, args ...any) (any, error) {
	var t time.Time
	switch v := v.(type) {
	case nil:
		return nil, nil
	case time.Time:
		t = v
	case *time.Time:
		if v == nil {
			return nil, nil
		}
		t = *v
	default:
		return nil, fmt.Errorf("date wants a time, not %T", v)
	}
	style := i18n.Medium
	if len(args) > 0 {
		switch args[0] {
		case "iso":
			return t.Format(time.RFC3339), nil
		case "short":
			style = i18n.Short
		case "long":
			style = i18n.Long
		}
	}
	if with := named(args); with["time"] == true {
		return i18n.FormatDateTime(f.locale, t, style), nil
	}
	return i18n.FormatDate(f.locale, t, style), nil
}

func (f filterSet) assetURL(name any) (any, error) {
	a := f.set.assets[text(name)]
	if a == nil {
		return nil, fmt.Errorf("no asset %q", text(name))
	}
	return a.url, nil
}

// harmless lets through addresses that a link may hold, and nothing that runs.
func harmless(v any) any {
	u, err := url.Parse(strings.TrimSpace(text(v)))
	if err != nil {
		return "#"
	}
	switch strings.ToLower(u.Scheme) {
	case "", "http", "https", "mailto", "tel":
		return u.String()
	default:
		return "#"
	}
}
