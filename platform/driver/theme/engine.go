package theme

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync"
	"time"

	"github.com/osteele/liquid/render"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
)

// ErrNoTemplate: neither the shop, nor its theme, nor base has the file.
var ErrNoTemplate = fault.New(fault.NotFound, "theme.no_template")

// maxShopSets bounds how many shops' own file sets stay parsed in memory.
const maxShopSets = 256

// Engine draws pages. It is safe for use by many goroutines.
type Engine struct {
	opts    Options
	grammar render.Config
	stock   map[string]*set
	base    *set

	mu    sync.Mutex
	shops map[shopKey]*set

	buffers sync.Pool
}

type shopKey struct{ theme, version string }

// New loads and parses the stock themes. A mistake in any of their files is an error.
func New(o Options) (*Engine, error) {
	if o.Base == nil {
		return nil, errors.New("theme: no base theme given")
	}
	if o.AssetBase == "" {
		o.AssetBase = "/_theme"
	}
	o.Limits = o.Limits.orDefault()
	e := &Engine{
		opts:    o,
		grammar: newGrammar(),
		stock:   map[string]*set{},
		shops:   map[shopKey]*set{},
		buffers: sync.Pool{New: func() any { return new(bytes.Buffer) }},
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
// written. Errors: an *Error for a mistake or a limit in a stock file, ErrNoTemplate,
// the writer's. A failure in the shop's own files is not an error: the stock page is
// drawn instead and Options.Replaced told.
func (e *Engine) Render(ctx context.Context, w io.Writer, r Request) error {
	ctx, cancel := context.WithTimeout(ctx, time.Duration(e.opts.Limits.Millis)*time.Millisecond)
	defer cancel()
	page := e.buffer()
	defer e.release(page)

	s := e.setFor(r)
	err := e.draw(ctx, page, s, r)
	if err != nil && s.stock != nil {
		if e.opts.Replaced != nil {
			e.opts.Replaced(ctx, r, s.asError(r.Template, err))
		}
		page.Reset()
		s = s.stock
		err = e.draw(ctx, page, s, r)
	}
	if err != nil {
		return err
	}
	_, err = w.Write(page.Bytes())
	return err
}

// draw renders the template and puts the layout around it. The library panics on some
// mistakes of a template; they are mistakes like any other.
func (e *Engine) draw(ctx context.Context, page *bytes.Buffer, s *set, r Request) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &Error{Template: "templates/" + r.Template, cause: fmt.Errorf("panic: %v", p)}
		}
	}()
	t, err := s.pageTemplate(r.Template)
	if err != nil {
		return err
	}
	run := &run{ctx: ctx, engine: e, set: s, config: s.face(r.Locale), limits: e.opts.Limits}
	run.globals = variables(r.Data)
	run.globals["settings"] = s.settings
	run.globals[runKey] = run

	layout := r.Layout
	if layout == "" {
		layout = t.layout
	}
	if layout == "none" {
		return run.page(page, t)
	}
	body := e.buffer()
	defer e.release(body)
	if err := run.page(body, t); err != nil {
		return err
	}
	frame, err := s.parsed("layout/" + layout + ".liquid")
	if err != nil {
		return err
	}
	run.share("content_for_layout", HTML(body.String()))
	return run.file(page, frame, nil)
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
	if len(e.shops) >= maxShopSets { // any one will do: it is parsed again when asked for
		for old := range e.shops {
			delete(e.shops, old)
			break
		}
	}
	s := e.loadShop(stock, r.Override)
	e.shops[key] = s
	return s
}

// Has reports whether the theme (or base) has the template.
func (e *Engine) Has(theme, template string) bool {
	_, err := e.setFor(Request{Theme: theme}).pageTemplate(template)
	return err == nil
}

// Words are the words of a stock theme (base for an unknown name), for handlers that
// must say something in the theme's voice, such as a flash message.
func (e *Engine) Words(theme string) *i18n.Catalog { return e.setFor(Request{Theme: theme}).words }

func (e *Engine) buffer() *bytes.Buffer {
	b := e.buffers.Get().(*bytes.Buffer)
	b.Reset()
	return b
}

// keepBuffer is the largest buffer worth keeping for the next page.
const keepBuffer = 512 << 10

func (e *Engine) release(b *bytes.Buffer) {
	if b.Cap() <= keepBuffer {
		e.buffers.Put(b)
	}
}
