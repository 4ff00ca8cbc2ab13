package ui

import (
	"net/url"
	"strings"
	"time"

	"echoppe.dev/platform/kit/i18n"
)

// Args are the named values of a message: v.T("orders.count", ui.Args{"n": 3}).
type Args = map[string]any

// View is all a component knows about the page it is part of. Handlers build one
// per request and pass it on as an argument; components never change it.
type View struct {
	Locale    i18n.Locale // language of the interface
	Words     *i18n.Catalog
	Languages []Language // interface languages offered; empty hides the switch
	Assets    *AssetSet  // nil means [Assets]
	Nonce     string     // of this answer's Content-Security-Policy; may stay empty
	CSRF      string     // token drawn into every POST form as the field [CSRFField]
	// Key draws the one-time key of each POST form, the field [KeyField]; nil draws none.
	Key     func() string
	Path    string     // path of the request, marks the current entry of a navigation
	Query   url.Values // query of the request, kept by sort and page links
	Flashes []Flash    // what the last action has to say
	Scheme  Scheme
	Zone    *time.Location // for instants; nil means UTC
}

// CSRFField is the name of the hidden field that carries [View].CSRF.
const CSRFField = "_csrf"

// KeyField is the name of the hidden field that carries the key of a form: of two requests with the
// same one, the second is the first sent again.
const KeyField = "_key"

// Language is one entry of the language switch.
type Language struct {
	Locale i18n.Locale
	Name   string // in that language itself: "Deutsch"
	Href   string
}

// T returns the words for key in the language of the view.
func (v View) T(key string, args ...Args) string {
	var a Args
	if len(args) > 0 {
		a = args[0]
	}
	return v.Words.T(v.Locale, key, a)
}

// Explain is what to tell the reader about an error.
func (v View) Explain(err error) string { return v.Words.Explain(v.Locale, err) }

// Asset returns the address of an embedded file such as "ui.css".
func (v View) Asset(name string) string {
	if v.Assets == nil {
		return Assets().URL(name)
	}
	return v.Assets.URL(name)
}

// At reports whether the page is href itself.
func (v View) At(href string) bool { return v.Path == pathOf(href) }

// Under reports whether the page is href or lies below it.
func (v View) Under(href string) bool {
	path := strings.TrimSuffix(pathOf(href), "/")
	return v.Path == pathOf(href) || path != "" && strings.HasPrefix(v.Path, path+"/")
}

func pathOf(href string) string {
	path, _, _ := strings.Cut(href, "?")
	path, _, _ = strings.Cut(path, "#")
	return path
}

// With returns the address of this page with some query parameters changed, given
// as name and value in turn; an empty value removes the parameter.
func (v View) With(pairs ...string) string {
	query := url.Values{}
	for name, values := range v.Query {
		query[name] = values
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			query.Del(pairs[i])
		} else {
			query.Set(pairs[i], pairs[i+1])
		}
	}
	if len(query) == 0 {
		return v.Path
	}
	return v.Path + "?" + query.Encode()
}

// Scheme is the colour scheme a person chose for the interface.
type Scheme string

// The schemes. SchemeAuto follows the system.
const (
	SchemeAuto  Scheme = ""
	SchemeLight Scheme = "light"
	SchemeDark  Scheme = "dark"
)

// SchemeCookie is where the script keeps the choice; it is readable and harmless.
const SchemeCookie = "ui-scheme"

// ParseScheme reads the value of [SchemeCookie]; anything unknown follows the system.
func ParseScheme(text string) Scheme {
	switch s := Scheme(text); s {
	case SchemeLight, SchemeDark:
		return s
	default:
		return SchemeAuto
	}
}
