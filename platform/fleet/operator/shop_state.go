package operator

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/screen"
	"echoppe.dev/platform/kit/fault"
)

// askState asks before a shop is suspended, resumed, closed or reopened.
func (s *Surface) askState(c echo.Context) error {
	event, err := registry.ParseEvent(c.QueryParam("event"))
	if err != nil {
		return err
	}
	shop, err := s.findShop(c)
	if err != nil {
		return err
	}
	v := s.Screens.View(c)
	title := v.T("operator.event."+string(event)+".ask", ui.Args{"shop": shop.Title()})
	confirm := ui.Confirm{
		ID: "state", Title: title, Text: v.T("operator.event." + string(event) + ".means"),
		Post: "/shops/" + shop.ID.String() + "/state", Label: v.T("operator.event." + string(event) + ".do"),
		Tone: eventTone(event), Cancel: "/shops/" + shop.ID.String(),
		Hidden: map[string]string{"event": string(event), "rev": strconv.Itoa(shop.Rev)},
	}
	if event == registry.Close {
		confirm.Type = shop.Slug
	}
	return screen.Show(c, http.StatusOK, confirmPage(v, s.shell(c, v, title), confirm))
}

func eventTone(e registry.Event) ui.Tone {
	if e == registry.Suspend || e == registry.Close {
		return ui.Bad
	}
	return ui.Good
}

// errTyped refuses a confirmation whose word was not typed as asked.
var errTyped = fault.New(fault.Malformed, "operator.typed")

type stateFields struct {
	Event string `form:"event"`
	Rev   int    `form:"rev,revision"`
	Typed string `form:"typed"`
}

// moveState changes the state of a shop. Closing one asks for its name to be typed.
func (s *Surface) moveState(c echo.Context) error {
	form, err := web.Form[stateFields](c)
	if err != nil {
		return err
	}
	event, err := registry.ParseEvent(form.Event)
	if err != nil {
		return err
	}
	if event == registry.Close {
		shop, err := s.findShop(c)
		if err != nil {
			return err
		}
		if form.Typed != shop.Slug {
			return s.done(c, errTyped, "")
		}
	}
	to, err := change(c, form.Rev)
	if err == nil {
		_, err = s.Registry.Move(c.Request().Context(), to, event)
	}
	return s.done(c, err, "operator.event."+string(event)+".done")
}
