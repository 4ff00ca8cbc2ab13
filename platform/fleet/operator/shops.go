package operator

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/screen"
)

type shopsQuery struct {
	Search string `query:"q"`
	State  string `query:"state"`
	Plan   string `query:"plan"`
	Mode   string `query:"mode"`
	Behind bool   `query:"behind"`
	Page   int    `query:"page"`
}

const shopsAPage = 50

// shops lists and searches the fleet.
func (s *Surface) shops(c echo.Context) error {
	query, err := web.Query[shopsQuery](c)
	if err != nil {
		return err
	}
	filter := registry.Filter{
		Search: query.Search, State: registry.State(query.State), Plan: plan.Code(query.Plan),
		Mode: registry.Mode(query.Mode), Page: max(query.Page, 1), Size: shopsAPage,
	}
	if query.Behind {
		filter.Behind = s.Latest
	}
	list, err := s.Registry.List(c.Request().Context(), filter)
	if err != nil {
		return err
	}
	plans, err := s.Plans.List(c.Request().Context())
	if err != nil {
		return err
	}
	v := s.Screens.View(c)
	return screen.Show(c, http.StatusOK, shopsPage(v, shopsModel{
		Shell: s.shell(c, v, v.T("operator.shops.title")), Query: query, Plans: plans,
		Total: list.Total, Table: s.shopTable(v, list.Shops, plans), Pages: pages(filter.Page, len(list.Shops), list.Total),
	}))
}

// shopsModel is what the list shows.
type shopsModel struct {
	Shell ui.Shell
	Query shopsQuery
	Plans []plan.Plan
	Total int
	Table ui.Table
	Pages ui.Pages
}

func pages(number, shown, total int) ui.Pages {
	from := (number-1)*shopsAPage + 1
	return ui.Pages{
		Number: number, Last: max(1, (total+shopsAPage-1)/shopsAPage),
		From: from, To: from + shown - 1, Total: total,
	}
}

func (s *Surface) shopTable(v ui.View, list []*registry.Shop, plans []plan.Plan) ui.Table {
	names := planNames(v, plans)
	t := ui.Table{
		Caption: v.T("operator.shops.title"),
		Columns: []ui.Column{
			{Title: v.T("operator.shops.shop"), Main: true}, {Title: v.T("operator.shops.state")},
			{Title: v.T("operator.shops.mode")}, {Title: v.T("operator.shops.plan")},
			{Title: v.T("operator.shops.version"), End: true}, {Title: v.T("operator.shops.opened")},
		},
		Empty: ui.Empty{Icon: ui.IconSearch, Title: v.T("operator.shops.none"), Text: v.T("operator.shops.none_text")},
	}
	for _, shop := range list {
		t.Rows = append(t.Rows, ui.Row{ID: shop.ID.String(), Name: shop.Title(), Cells: []templ.Component{
			ui.TitleCell(v, ui.Title{Text: shop.Title(), Href: "/shops/" + shop.ID.String(), Sub: address(shop)}),
			ui.BadgeCell(v, stateBadge(v, shop.State)),
			ui.BadgeCell(v, modeBadge(v, shop.Mode)),
			ui.TextCell(names[shop.Plan]),
			ui.BadgeCell(v, s.versionBadge(v, shop)),
			ui.TextCell(v.Day(shop.OpenedAt)),
		}})
	}
	return t
}

// address is how a person recognises a shop: its domain, else its slug.
func address(shop *registry.Shop) string {
	if shop.Domain != "" {
		return shop.Domain
	}
	return shop.Slug + ".shop"
}

func stateBadge(v ui.View, s registry.State) ui.Badge {
	tones := map[registry.State]ui.Tone{registry.Open: ui.Good, registry.Suspended: ui.Bad, registry.Closed: ui.Neutral}
	return ui.Badge{Label: v.T("operator.state." + string(s)), Tone: tones[s], Dot: true}
}

func modeBadge(v ui.View, m registry.Mode) ui.Badge {
	tones := map[registry.Mode]ui.Tone{registry.Production: ui.Neutral, registry.Draining: ui.Warn, registry.Shut: ui.Warn}
	return ui.Badge{Label: v.T("operator.mode." + string(m)), Tone: tones[m]}
}

func (s *Surface) versionBadge(v ui.View, shop *registry.Shop) ui.Badge {
	b := ui.Badge{Label: strconv.Itoa(shop.Version), Tone: ui.Neutral}
	switch {
	case shop.Problem != "":
		b.Tone, b.Label = ui.Bad, b.Label+" · "+v.T("operator.shops.failed")
	case shop.Version < s.Latest:
		b.Tone, b.Label = ui.Warn, b.Label+" · "+v.T("operator.shops.behind")
	}
	return b
}
