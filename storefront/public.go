package storefront

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/theme"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant"
)

// reading gathers, inside one unit of work, what a page for everybody needs. What it returns makes
// the view after the unit of work has ended.
type reading func(tx tenant.Tx, v *visit) (drawing, error)

// drawing makes the data of a template; it does no I/O.
type drawing func() (template string, data any, err error)

// coldLimit bounds the making of a page: it no longer belongs to one reader, so it has a deadline of
// its own.
const coldLimit = 10 * time.Second

// longestKept bounds how long a page is kept that nothing is known to change.
const longestKept = 5 * time.Minute

// public answers with a page for everybody, from memory or by one reading that all who wait share.
func (h *Handler) public(read reading) echo.HandlerFunc {
	return func(c echo.Context) error {
		a := web.Get[*arrival](c)
		if a.member() || h.misses(c, a) {
			return h.private(c, read)
		}
		if a.display != "" { // hit left it to the route to say whether the page has prices
			if done, err := h.kept(c, a); done {
				return err
			}
		}
		// Who asks with another display, declaration or browser may get another page: he waits for his own.
		made, err, _ := h.flight.Do(a.key(a.display, a.declared+"\x00"+a.agent, a.wants).String(), func() (any, error) {
			ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request().Context()), coldLimit)
			defer cancel()
			return h.cold(ctx, a, read)
		})
		if m := (*moved)(nil); asMoved(err, &m) {
			return movedTo(c, m)
		}
		if ask := (*asking)(nil); errors.As(err, &ask) {
			c.Response().Header().Set("Cache-Control", "private, no-store")
			return seeOther(c, ask.to)
		}
		if err != nil {
			return err
		}
		return made.(*stored).send(c, a.production())
	}
}

// cold makes a page: read, close, draw, keep.
func (h *Handler) cold(ctx context.Context, a *arrival, read reading) (*stored, error) {
	var f *face
	var v *visit
	var draw drawing
	err := a.shop.Read(ctx, func(tx tenant.Tx) (err error) {
		if f, err = readFace(tx); err != nil {
			return err
		}
		h.faces.put(a.shop.ID(), a.version, f)
		if v, err = h.visit(a, f, tx.Now()); err != nil {
			return err
		}
		if err = v.admits(); err != nil {
			return err
		}
		draw, err = read(tx, v)
		return err
	})
	if err != nil {
		return nil, err
	}
	template, data, err := draw()
	if err != nil {
		return nil, err
	}
	made, err := h.draw(ctx, v, template, data)
	if err != nil {
		return nil, err
	}
	if len(a.search) <= longestQuery {
		h.pages.put(a.key(v.display.Currency.Code(), v.profile.key(), string(a.better(f))), made)
	}
	return made, nil
}

// longestQuery is above any choice a page offers; what is longer was typed by hand and is not worth
// the memory.
const longestQuery = 512

// file is an answer that is no page of the theme; a drawing gives it without a template.
type file struct {
	kind string // content type
	body []byte
}

func (h *Handler) draw(ctx context.Context, v *visit, template string, data any) (*stored, error) {
	if f, ok := data.(file); ok {
		return store(f.kind, f.body, v.caching(), v.keepUntil()), nil
	}
	var html bytes.Buffer
	if err := h.render(ctx, &html, v, template, data); err != nil {
		return nil, err
	}
	return store(htmlType, html.Bytes(), v.caching(), v.keepUntil()), nil
}

func (h *Handler) render(ctx context.Context, to *bytes.Buffer, v *visit, template string, data any) error {
	return h.conf.Theme.Render(ctx, to, theme.Request{Template: template, Locale: v.locale(), Data: data, Page: v.listPage(), PageURL: v.listPageURL})
}

// hit answers from memory when it can. It reads nothing but the address, the version and one cookie, and
// at the root what language is asked for.
func (h *Handler) hit(c echo.Context, a *arrival) (done bool, err error) {
	if known, ok := h.faces.get(a.shop.ID()); ok && a.display != "" && opens(c.Request()) {
		if !gone(a.display, known.face.settings.Rules().Display(a.display, h.conf.Clock.Now())).IsZero() {
			return false, nil // he may have to be told, see misses
		}
	}
	return h.kept(c, a)
}

// kept answers with a page from memory if there is one for this visitor.
func (h *Handler) kept(c echo.Context, a *arrival) (done bool, err error) {
	known, ok := h.faces.get(a.shop.ID())
	if !ok || known.version != a.version {
		return false, nil
	}
	if a.language != "" && a.language != known.face.main() {
		return false, nil // led elsewhere, see rootIn
	}
	if a.member() {
		return false, nil
	}
	rules := known.face.settings.Rules()
	display, profile := rules.Display(a.display, h.conf.Clock.Now()).Currency.Code(), a.guise(rules.Profiles).key()
	page, ok := h.pages.get(a.key(display, profile, string(a.better(known.face))), h.conf.Clock.Now())
	if !ok {
		return false, nil
	}
	return true, page.send(c, a.production())
}

func (a *arrival) key(display, profile, offer string) pageKey {
	return pageKey{
		shop: a.shop.ID(), version: a.version, base: a.base, origin: a.visit.Canonical,
		locale: string(a.locale), path: a.path, query: a.search, display: display,
		profile: profile, offer: offer,
	}
}

// private draws a page for everybody for one whose prices only his session tells. Nobody keeps it: a
// private price is in no memory but his browser's window (PROF-10).
func (h *Handler) private(c echo.Context, read reading) error {
	v, b, err := h.visitAndBuyer(c)
	if m := (*moved)(nil); asMoved(err, &m) {
		return movedTo(c, m)
	}
	if err != nil {
		return err
	}
	v.as(b)
	v.markMember(c)
	v.flash = v.goneFlash(c)
	var draw drawing
	err = v.shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		v.now = tx.Now()
		draw, err = read(tx, v)
		return err
	})
	if m := (*moved)(nil); asMoved(err, &m) {
		return movedTo(c, m)
	}
	if err != nil {
		return err
	}
	template, data, err := draw()
	if err != nil {
		return err
	}
	made, err := h.draw(c.Request().Context(), v, template, data)
	if err != nil {
		return err
	}
	if len(v.flash) > 0 { // not before it stands on a page
		preference.Clear(c)
	}
	made.caching = cachedNever
	return made.send(c, v.production())
}

// caching says whether an edge may keep the page: only if no cookie changes it. The root of a shop of
// several languages leads those elsewhere who have chosen one.
func (v *visit) caching() []string {
	if len(v.rules().Displays) > 1 || v.rules().Profiles.Splits() || v.atRoot() && len(v.locales()) > 1 {
		return cachedPrivate
	}
	return cachedShared
}

// keepUntil is when the page may be another by itself: at the latest with the next day of the shop,
// which can bring an article out or change a rate
// of tax, and when a discount begins or ends.
func (v *visit) keepUntil() time.Time {
	v.changesAt(v.now.Add(longestKept))
	v.changesAt(midnight(v.now, v.rules().Zone))
	for _, at := range v.face.discounts.Changes() {
		v.changesAt(at)
	}
	return v.until
}

// midnight is the start of the day after t.
func midnight(t time.Time, zone *time.Location) time.Time {
	year, month, day := t.In(zone).Date()
	return time.Date(year, month, day+1, 0, 0, 0, 0, zone)
}

func asMoved(err error, m **moved) bool { return errors.As(err, m) }

func movedTo(c echo.Context, m *moved) error {
	c.Response().Header().Set("Cache-Control", "private, max-age=60")
	return c.Redirect(http.StatusMovedPermanently, m.to)
}
