package storefront

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/profile"
)

func guisePath(l links) string { return l.to("/profile") }

// askURL is where a visitor says who he is, and comes back from to the page he is on.
func (v *visit) askURL() string {
	return withQuery(guisePath(v.links), map[string][]string{"next": {v.self()}})
}

// guiseShow asks a visitor who he is (PROF-06, PROF-09). Errors: errNoPage where he can be nobody else.
func (h *Handler) guiseShow(c echo.Context, v *visit, b buyer) error {
	return h.guisePage(c, v, b, c.QueryParam("next"), refusedCode{})
}

// refusedCode is a shared code that opened nothing.
type refusedCode struct{ typed, wrong string }

func (h *Handler) guisePage(c echo.Context, v *visit, b buyer, next string, bad refusedCode) error {
	book := v.rules().Profiles
	page := &view.ProfileChoicePage{
		Site: h.own(c, v, b, sheet{template: "profile", title: v.say("storefront.profile_title", nil), at: guisePath}),
	}
	for _, choice := range v.profiles(sheet{personal: true, at: guisePath}).Choices {
		p := book.Find(profile.Code(choice.Value))
		page.Choices = append(page.Choices, &view.ProfileChoice{Name: choice.Label, Text: p.Texts.In(v.locale(), v.main()),
			Selected: choice.Selected, Action: post(v.links.to("/set/profile"), "profile", choice.Value, "back", next)})
	}
	if len(book.WithCode()) > 0 {
		page.Code = &view.ProfileCode{Form: view.Form{Action: post(v.links.to("/profile/code"), "next", next)},
			Code: view.Input{Name: "code", Value: bad.typed, Error: bad.wrong}}
	}
	if len(page.Choices) == 0 && page.Code == nil {
		return errNoPage // nothing to say: no page leads here then
	}
	if b.guest() {
		page.SignIn = withQuery(v.links.to("/account/sign-in"), map[string][]string{"next": {next}})
	}
	status := http.StatusOK
	if bad.wrong != "" {
		status = http.StatusUnprocessableEntity
	}
	return h.answer(c, v, status, "profile", page)
}

// priced marks a page with prices: where the merchant wants to know on entry, whoever has yet to say who he
// is sees it after he has.
func priced(do echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		web.Get[*arrival](c).prices = true
		return do(c)
	}
}

// asking is the answer to him: where to say it. It is no error and kept by nobody.
type asking struct{ to string }

func (a *asking) Error() string { return "asked at " + a.to }

// admits tells whether the page may be made for this visitor. Errors: *asking.
func (v *visit) admits() error {
	if v.prices && v.profile.undecided && v.rules().Profiles.Asks() == profile.OnEntry {
		return &asking{v.askURL()}
	}
	return nil
}

// decided is for personal pages with prices: whoever has yet to say who he is does so first.
func (h *Handler) decided(do func(echo.Context, *visit, buyer) error) echo.HandlerFunc {
	return h.personal(func(c echo.Context, v *visit, b buyer) error {
		if v.profile.undecided {
			return seeOther(c, withQuery(guisePath(v.links), map[string][]string{"next": {v.links.cart()}}))
		}
		return do(c, v, b)
	})
}
