package operator

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/screen"
	"echoppe.dev/platform/kit/id"
)

// shopModel is what the page of a shop shows.
type shopModel struct {
	Shell   ui.Shell
	Shop    *registry.Shop
	Address string
	Members []account.Member
	Plans   []plan.Plan
	Journal []audit.Entry
	Events  []registry.Event
	MayMove bool
	MayPlan bool
	MayCard bool // may allow the merchant's own terminal
	Answers ui.Answers
	Version ui.Badge
}

// shop shows one shop.
func (s *Surface) shop(c echo.Context) error {
	return s.showShop(c, http.StatusOK, nil)
}

// showShop is also how a refused change comes back, with the shop as it stands now.
func (s *Surface) showShop(c echo.Context, status int, refusal error) error {
	ctx := c.Request().Context()
	shop, err := s.findShop(c)
	if err != nil {
		return err
	}
	members, err := s.Accounts.Members(ctx, shop.ID)
	if err != nil {
		return err
	}
	plans, err := s.Plans.List(ctx)
	if err != nil {
		return err
	}
	var entries []audit.Entry
	if s.may(me(c), "audit.view") {
		const recent = 20
		if entries, err = s.Journal.List(ctx, audit.Filter{Shop: shop.ID.String(), Limit: recent}); err != nil {
			return err
		}
	}
	v := s.Screens.View(c)
	m := shopModel{
		Shell: s.shell(c, v, shop.Title()), Shop: shop, Address: s.Sites.Shop(shop), Members: members, Plans: plans,
		Journal: entries, Events: registry.Lifecycle.Allowed(shop.State), Version: s.versionBadge(v, shop),
		MayMove: s.may(me(c), "shops.suspend"), MayPlan: s.may(me(c), "shops.plan"),
		MayCard: s.may(me(c), "shops.terminal"),
	}
	if refusal != nil {
		m.Answers = ui.Refused(v, c.Request().PostForm, refusal)
	}
	return screen.Show(c, status, shopPage(v, m))
}

func (s *Surface) findShop(c echo.Context) (*registry.Shop, error) {
	shop, err := id.Parse[registry.Shop](c.Param("id"))
	if err != nil {
		return nil, err
	}
	return s.Registry.Fresh(c.Request().Context(), shop)
}

// change is which shop a form changes, on which state of it, by whom.
func change(c echo.Context, rev int) (registry.Change, error) {
	shop, err := id.Parse[registry.Shop](c.Param("id"))
	return registry.Change{Shop: shop, Rev: rev, By: me(c).Actor()}, err
}

// done leads back to the shop, or shows why a change was refused.
func (s *Surface) done(c echo.Context, err error, key string) error {
	switch status := web.Status(err); {
	case err == nil:
		web.AddFlash(c, web.Good, key, nil)
		return c.Redirect(http.StatusSeeOther, "/shops/"+c.Param("id"))
	case status == http.StatusConflict || status == http.StatusUnprocessableEntity:
		return s.showShop(c, status, err)
	default:
		return err
	}
}
