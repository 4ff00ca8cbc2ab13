package theme

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/value"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
)

// ErrNoTemplate: neither the shop, nor its theme, nor base has the file.
var ErrNoTemplate = fault.New(fault.NotFound, "theme.no_template")

// maxShopSets bounds how many shops' own file sets stay parsed in memory.
const maxShopSets = 256

// Engine draws pages. It is safe for use by many goroutines.
type Engine struct {
	opts   Options
	liquid *liquid.Engine
	stock  map[string]*set
	base   *set

	mu     sync.Mutex
	shops  map[shopKey]*set
	meters map[string]*liquid.Meter
}

type shopKey struct{ theme, version string }

// Globals of every template, in the order of the values given to it.
const (
	globalLayout = iota
	globalSettings
	globals
)

// New loads and parses the stock themes. A mistake in any of their files is an error.
func New(o Options) (*Engine, error) {
	if o.Base == nil {
		return nil, errors.New("theme: no base theme given")
	}
	if o.AssetBase == "" {
		o.AssetBase = "/_theme"
	}
	if o.Share <= 0 {
		o.Share = defaultShare
	}
	if o.Burst <= 0 {
		o.Burst = defaultBurst
	}
	e := &Engine{
		opts:   o,
		liquid: newLanguage(),
		stock:  map[string]*set{},
		shops:  map[shopKey]*set{},
		meters: map[string]*liquid.Meter{},
	}
	themes := map[string]fs.FS{baseName: o.Base}
	for name, files := range o.Themes {
		themes[name] = files
	}
	for name := range themes {
		s, err := e.loadStock(name, themes)
		if err != nil {
			return nil, fmt.Errorf("theme %s: %w", name, err)
		}
		e.stock[name] = s
	}
	e.base = e.stock[baseName]
	return e, nil
}

// Render draws the page r and writes it to w in one piece; on an error nothing was
// written. Errors: an *Error for a mistake or a budget in a stock file, ErrNoTemplate,
// the writer's. A failure in the shop's own files is not an error: the stock page is
// drawn instead and Options.Replaced told.
func (e *Engine) Render(ctx context.Context, w io.Writer, r Request) error {
	s := e.setFor(r)
	err := e.draw(ctx, w, s, r)
	if err == nil || s.stock == nil || errors.As(err, new(*unwritten)) {
		return err
	}
	if e.opts.Replaced != nil {
		e.opts.Replaced(ctx, r, asError("templates/"+r.Template, err))
	}
	return e.draw(ctx, w, s.stock, r)
}

// unwritten is an error of the writer: another page would fare no better.
type unwritten struct{ error }

func (u *unwritten) Unwrap() error { return u.error }

// draw renders the template, puts the layout around it and writes both.
func (e *Engine) draw(ctx context.Context, w io.Writer, s *set, r Request) error {
	t, err := s.pageTemplate(r.Template)
	if err != nil {
		return err
	}
	layout := r.Layout
	if layout == "" {
		layout = t.layout
	}
	env := &liquid.Env{Data: value.Of(r.Data), Files: s, Host: &face{s, r.Locale}, Limits: e.opts.Limits, Strict: e.opts.Strict,
		Form: openForm, Page: r.Page, PageURL: r.PageURL}
	env.Globals = make([]value.Value, globals)
	env.Globals[globalSettings] = s.settings
	if s.stock != nil {
		env.Meter = e.meter(r.Shop)
	}
	run := liquid.Begin(ctx, env)
	defer run.End()
	if err := t.draw(run); err != nil {
		return asError("templates/"+r.Template, err)
	}
	if layout != "none" {
		frame, err := s.parsed("layout/" + layout + ".liquid")
		if err != nil {
			return err
		}
		env.Globals[globalLayout] = value.OfHTML(run.Take())
		if err := run.Draw(frame.template); err != nil {
			return asError(frame.path, err)
		}
	}
	if _, err = w.Write(run.Bytes()); err != nil {
		return &unwritten{err}
	}
	return nil
}

// setFor finds the files of a request: the stock theme, or the shop's own set on top
// of it, loaded when first asked for.
func (e *Engine) setFor(r Request) *set {
	stock, ok := e.stock[r.Theme]
	if !ok {
		stock = e.base
	}
	if r.Override == nil {
		return stock
	}
	key := shopKey{stock.name, r.Version}
	e.mu.Lock()
	defer e.mu.Unlock()
	if s, ok := e.shops[key]; ok {
		return s
	}
	makeRoom(e.shops, maxShopSets)
	s := e.loadShop(stock, r.Override)
	e.shops[key] = s
	return s
}

// makeRoom forgets one of the things remembered when there are too many: any one will do, it is made again when asked for.
func makeRoom[K comparable, V any](m map[K]V, most int) {
	if len(m) < most {
		return
	}
	for old := range m {
		delete(m, old)
		return
	}
}

// Has reports whether the theme (or base) has the template.
func (e *Engine) Has(theme, template string) bool {
	_, err := e.setFor(Request{Theme: theme}).pageTemplate(template)
	return err == nil
}

// Words are the words of a stock theme (base for an unknown name), for handlers that
// must say something in the theme's voice, such as a flash message.
func (e *Engine) Words(theme string) *i18n.Catalog { return e.setFor(Request{Theme: theme}).words }
