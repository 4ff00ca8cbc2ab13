package operator

import (
	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/kit/fault"
)

type planFields struct {
	Plan string `form:"plan,required"`
	Rev  int    `form:"rev,revision"`
}

// setPlan gives a shop another plan.
func (s *Surface) setPlan(c echo.Context) error {
	form, err := web.Form[planFields](c)
	if err != nil {
		return s.done(c, err, "")
	}
	if _, err := s.Plans.Find(c.Request().Context(), plan.Code(form.Plan)); err != nil {
		return s.done(c, fault.Invalid(fault.Field{Name: "plan", Key: "form.choice"}), "")
	}
	to, err := change(c, form.Rev)
	if err == nil {
		_, err = s.Registry.SetPlan(c.Request().Context(), to, plan.Code(form.Plan))
	}
	return s.done(c, err, "operator.plan.done")
}
