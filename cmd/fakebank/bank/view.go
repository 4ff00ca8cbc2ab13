package bank

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"time"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
)

// view is what the pages show; each uses a part of it.
type view struct {
	Base    string
	Locale  i18n.Locale
	Path    string // of this page, for the language links
	Problem string
	Row     row
	Cards   []Card
	Quirks  []Quirk
	Quirk   Quirk
	State   Kind
	Reason  string
	Secure  bool
	Payable bool
	Back    *Way
	Target  string // of the forms: the whole window, or its frame
	Events  []Event
	Posts   []postView
	List    []row
	Left    bool // something can be given back
	Held    bool // something can be taken or let go
	// Contestable: the buyer may dispute it; Contested: he does, and nothing is decided.
	Contestable, Contested bool
	Said                   bool // something can be told again
}

// row is a payment in a list.
type row struct {
	Token, Number, Merchant, Order, Amount, Ref, Mode, Dialect string
	State                                                      Kind
	Opened                                                     time.Time
	Right, Waiting, Wrong                                      int // notices by what became of them
}

// postView is a notice with its text: as it was sent, or what it will say.
type postView struct {
	Post
	Text string
}

// Languages are the links to the other languages.
func (view) Languages() []i18n.Locale { return i18n.Shipped }

// parse makes the pages of one language.
func (b *Bank) parse(l i18n.Locale) (*template.Template, error) {
	return template.New("").Funcs(template.FuncMap{
		"t": func(key any, args ...any) string { return b.words.T(l, fmt.Sprint(key), pairs(args)) },
		"date": func(at time.Time) string {
			return i18n.FormatDate(l, at, i18n.Medium) + " " + at.UTC().Format("15:04:05")
		},
	}).ParseFS(files, "pages/*.html")
}

// frame is what every page needs.
func (b *Bank) frame(r *http.Request, preferred string) view {
	l := i18n.Locale(r.URL.Query().Get("lang"))
	if !known(l) {
		l = i18n.Locale(preferred)
	}
	if !known(l) {
		l = i18n.Match(r.Header.Get("Accept-Language"), i18n.Shipped)
	}
	return view{Base: b.options.Base, Locale: l, Path: b.options.Base + r.URL.Path}
}

func known(l i18n.Locale) bool {
	for _, one := range i18n.Shipped {
		if one == l {
			return true
		}
	}
	return false
}

func (b *Bank) rowView(l i18n.Locale, p *Payment) row {
	name := p.Request.Shop
	if name == "" {
		m, _ := b.merchant(p.Request.Dialect, p.Request.Merchant)
		name = m.Name
	}
	v := row{Token: p.Token, Number: p.Number, Merchant: name, Order: p.Request.Order, Ref: p.Request.Ref,
		Mode: p.Request.Mode, Dialect: p.Request.Dialect, Amount: amountText(l, p.Request.Amount, p.Request.Currency), State: p.Newest().Kind, Opened: p.Opened}
	for _, post := range p.Posts {
		switch {
		case !post.Done:
			v.Waiting++
		case post.Answers[len(post.Answers)-1].Right:
			v.Right++
		default:
			v.Wrong++
		}
	}
	return v
}

func (b *Bank) payView(r *http.Request, p *Payment) view {
	v := b.frame(r, p.Request.Locale)
	last := p.Newest()
	v.Row, v.Cards, v.Quirks, v.Quirk = b.rowView(v.Locale, p), cards, Quirks(), p.Quirk
	v.State, v.Reason, v.Secure, v.Payable = last.Kind, last.Reason, p.Secure, p.payable()
	if v.Target = "_top"; p.Request.Inside {
		v.Target = "_self"
		return v
	}
	if back, err := b.back(p); err == nil && last.Kind != Open {
		v.Back = &back
	}
	return v
}

func (b *Bank) entryView(r *http.Request, p *Payment) view {
	v := b.frame(r, "")
	v.Row, v.Events, v.State, v.Quirk = b.rowView(v.Locale, p), p.Events, p.Newest().Kind, p.Quirk
	v.Left, v.Said, v.Held = p.Captured > p.Refunded, len(p.Events) > 0, p.Newest().Kind == Authorised
	if _, can := b.dialects[p.Request.Dialect].(Disputer); can {
		v.Contested, v.Contestable = v.State == Disputed, v.Left && v.State != Disputed
	}
	for _, post := range p.Posts {
		text := post.Sent
		if text == "" {
			told, err := json.MarshalIndent(post.Message, "", "  ")
			if text = string(told); err != nil {
				text = err.Error()
			}
		}
		v.Posts = append(v.Posts, postView{post, text})
	}
	return v
}

func amountText(l i18n.Locale, minor int64, code string) string {
	c, err := money.ParseCurrency(code)
	if err != nil {
		return code
	}
	return i18n.FormatMoney(l, money.FromMinor(minor, c))
}

// render writes a page whole or not at all.
func (b *Bank) render(w http.ResponseWriter, page string, status int, v view) {
	var out bytes.Buffer
	if err := b.pages[v.Locale].ExecuteTemplate(&out, page, v); err != nil {
		b.broken(w, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(out.Bytes())
}

// pairs makes message arguments of name, value, name, value.
func pairs(list []any) map[string]any {
	args := map[string]any{}
	for i := 0; i+1 < len(list); i += 2 {
		args[fmt.Sprint(list[i])] = list[i+1]
	}
	return args
}

// refuse shows what was wrong with a request: the end of a key "refused.<problem>".
func (b *Bank) refuse(w http.ResponseWriter, r *http.Request, status int, problem string) {
	v := b.frame(r, "")
	v.Problem = problem
	b.render(w, "refused.html", status, v)
}

// broken is for what should not happen.
func (b *Bank) broken(w http.ResponseWriter, err error) {
	b.options.Log.Error("fakebank", "error", err)
	http.Error(w, "The pretend bank is out of order.", http.StatusInternalServerError)
}
