package desk

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/kv"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
)

const (
	// remembered is how long a form that was sent is known: longer than a session without a move.
	remembered = 24 * time.Hour
	// patience is how long a form sent twice waits for what comes of the first one, and look how often
	// it looks.
	patience = 10 * time.Second
	look     = 50 * time.Millisecond
	// longest is how long an action goes on when the browser has turned away.
	longest = 5 * time.Minute
)

// errDoing refuses a form whose first sending has not come to an end.
var errDoing = fault.New(fault.Conflict, "office.once.doing")

// keyForm is what crypto/rand.Text writes.
var keyForm = regexp.MustCompile(`^[A-Z2-7]{26}$`)

// Once lets each form of an office act a single time: what carries the key of a form that was sent leads to
// where the first one led. It stands around the handlers of the routes inside a shop's office.
func Once(deeds *kv.Once) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if c.Request().Method != http.MethodPost || Repeats(route(c)) {
				return next(c)
			}
			key := web.FormValue(c, ui.KeyField)
			if !keyForm.MatchString(key) {
				return next(c)
			}
			d := deed{deeds, Here(c), Here(c).Account.ID.String() + ":" + named(c, key)}
			mine, place, err := d.wait(c.Request().Context())
			switch {
			case err != nil:
				return err
			case mine:
				return d.do(c, next)
			}
			web.AddFlash(c, web.Note, "office.once.before", nil)
			return c.Redirect(http.StatusSeeOther, place)
		}
	}
}

// route is the line of the table of contents, as the desks write it.
func route(c echo.Context) string {
	_, path, _ := strings.Cut(c.Path(), "/:shop")
	return path
}

// named is the name of what a form asks for. An editor that was changed after it was sent asks for something
// else, about which its revision decides; and so do the boxes of a list.
func named(c echo.Context, key string) string {
	sum := sha256.New()
	sum.Write([]byte(key + " " + c.Request().URL.Path))
	rev := web.FormValue(c, "rev")
	if rev != "" && rev != "0" || chooses[route(c)] {
		sum.Write([]byte(" " + web.FormContent(c)))
	}
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:18])
}

// deed is what one form asks for.
type deed struct {
	deeds *kv.Once
	visit *Visit
	name  string
}

func (d deed) shop() string { return d.visit.Row.ID.String() }

// wait returns when it is our turn, or with the place to which the first one led.
func (d deed) wait(ctx context.Context) (mine bool, place string, err error) {
	ctx, end := context.WithTimeout(ctx, patience)
	defer end()
	tick := time.NewTicker(look)
	defer tick.Stop()
	for {
		switch turn, place := d.deeds.Begin(ctx, d.shop(), d.name); turn {
		case kv.Mine:
			return true, "", nil
		case kv.Before:
			return false, place, nil
		case kv.Doing:
		}
		select {
		case <-ctx.Done():
			return false, "", errDoing
		case <-tick.C:
		}
	}
}

// do acts. A browser that turns away, as it does when a form is sent a second time, does not stop what was
// begun: the second one waits for it. Only an answer that leads on is an action; a form shown again with
// what is wrong in it, a refusal or an error can be sent again.
func (d deed) do(c echo.Context, next echo.HandlerFunc) error {
	ctx := context.WithoutCancel(c.Request().Context())
	acting, end := context.WithTimeout(ctx, longest)
	defer end()
	c.SetRequest(c.Request().WithContext(acting))
	acted := false
	defer func() {
		if !acted {
			d.deeds.Free(ctx, d.shop(), d.name)
		}
	}()
	if err := next(c); err != nil {
		return err
	}
	if a := c.Response(); a.Status == http.StatusSeeOther && !web.Refused(c) {
		acted = true
		d.deeds.Done(ctx, d.shop(), d.name, a.Header().Get(echo.HeaderLocation), remembered)
	}
	return nil
}
