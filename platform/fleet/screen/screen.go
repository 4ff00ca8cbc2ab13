package screen

import (
	"fmt"
	"io/fs"
	"net/http"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/i18n"
)

// languageParam chooses the language in an address.
const languageParam = "lang"

var languageCookie = web.Cookie{Name: "lang", TTL: 365 * 24 * time.Hour}

// Screens makes views. Safe for concurrent use.
type Screens struct{ words *i18n.Catalog }

// New joins the words of the given packages, each with its own locales folder.
func New(sources ...fs.FS) (*Screens, error) {
	words, err := ui.Words(sources...)
	if err != nil {
		return nil, fmt.Errorf("prepare screens: %w", err)
	}
	return &Screens{words}, nil
}

// With adds the words of rooms whose refusals the pages show.
func (s *Screens) With(more *i18n.Catalog) *Screens { return &Screens{s.words.Merge(more)} }

// Locale is the language of this reader.
func Locale(c echo.Context) i18n.Locale {
	asked := c.QueryParam(languageParam)
	chosen, _ := languageCookie.Get(c)
	for _, l := range i18n.Shipped {
		if asked == string(l) {
			if chosen != asked {
				languageCookie.Set(c, asked)
			}
			return l
		}
	}
	for _, l := range i18n.Shipped {
		if chosen == string(l) {
			return l
		}
	}
	return i18n.Match(c.Request().Header.Get("Accept-Language"), i18n.Shipped)
}

// View is what the components of this page may know. It takes the waiting flash messages.
func (s *Screens) View(c echo.Context) ui.View {
	r := c.Request()
	v := ui.View{
		Locale: Locale(c), Words: s.words, Path: r.URL.Path, Query: r.URL.Query(),
		Scheme: scheme(r),
	}
	for _, l := range i18n.Shipped {
		v.Languages = append(v.Languages, ui.Language{Locale: l, Name: l.Name(), Href: v.With(languageParam, string(l))})
	}
	for _, f := range web.TakeFlashes(c) {
		args := ui.Args{}
		for name, text := range f.Args {
			args[name] = text
		}
		v.Flashes = append(v.Flashes, ui.Flash{Tone: tone(f.Tone), Text: v.T(f.Key, args)})
	}
	return v
}

func scheme(r *http.Request) ui.Scheme {
	if cookie, err := r.Cookie(ui.SchemeCookie); err == nil {
		return ui.ParseScheme(cookie.Value)
	}
	return ui.SchemeAuto
}

func tone(t web.Tone) ui.Tone {
	switch t {
	case web.Good:
		return ui.Good
	case web.Bad:
		return ui.Bad
	default:
		return ui.Info
	}
}

// Show answers with a page.
func Show(c echo.Context, status int, page templ.Component) error {
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, echo.MIMETextHTMLCharsetUTF8)
	h.Add(echo.HeaderVary, "Accept-Language, Cookie")
	c.Response().WriteHeader(status)
	return page.Render(c.Request().Context(), c.Response())
}

// Assets serves the design system's files; register it at ui.AssetPrefix + "*".
func Assets() echo.HandlerFunc { return echo.WrapHandler(ui.Assets()) }
