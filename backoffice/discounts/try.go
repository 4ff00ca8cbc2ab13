package discounts

import (
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/promotion"
)

func (d *Desk) tryNew(c echo.Context) error {
	k, method, err := readMethod(c)
	if err != nil {
		return err
	}
	return d.try(c, k, method, promotion.Stored{Rule: begin(method)})
}

func (d *Desk) tryTyped(c echo.Context) error {
	k, s, err := readOne(c)
	if err != nil {
		return err
	}
	return d.try(c, k, promotion.MethodOf(&s.Rule, k.top), *s)
}

// try tries the rule as it was typed and keeps nothing of it. What cannot be a rule comes back as it would on
// saving.
func (d *Desk) try(c echo.Context, k *known, method promotion.Method, before promotion.Stored) error {
	v := desk.Here(c)
	s, err := k.ruleOf(c, method, before)
	if s.ID == "" {
		s.ID = id.New[discount.Rule]().String()
	}
	if err == nil {
		err = s.Rule.Check(k.settings.Rules().Currency)
	}
	if desk.Repairable(err) {
		return k.show(c, web.Status(err), method, &before, ui.Refused(v.View, c.Request().PostForm, refused(err, &s.Rule, k.main())))
	}
	if err != nil {
		return err
	}
	return d.trier.TryRule(c, s.Rule)
}

// tryAction is the button for it. The answer comes in another tab: what was typed stays where it is.
func (e editor) tryAction() ui.Action {
	to := "discounts/new/" + string(e.method) + "/try"
	if e.saved() {
		to = "discounts/" + e.stored.ID + "/try"
	}
	return ui.Action{Label: e.T("try_typed"), Icon: ui.IconActivity, FormAction: e.Visit.Href(to), NewTab: true}
}
