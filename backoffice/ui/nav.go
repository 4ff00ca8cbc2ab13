package officeui

import "echoppe.dev/platform/driver/ui"

// Section names an entry of the navigation; its words are "office.nav." and the
// section.
type Section string

// The sections.
const (
	Home      Section = "home"
	Orders    Section = "orders"
	Carriage  Section = "carriage"
	Payments  Section = "acceptance"
	Payouts   Section = "payouts"
	Quotes    Section = "quotes"
	Products  Section = "products"
	Stock     Section = "stock"
	Families  Section = "families"
	Transfer  Section = "transfer"
	Customers Section = "customers"
	Discounts Section = "discounts"
	Profiles  Section = "profiles"
	Settings  Section = "settings"
)

// Entry is one line of the navigation.
type Entry struct {
	Section    Section
	Path       string // below Office.Base
	Icon       ui.Icon
	Permission string // the one that guards the route; empty for everybody
	Pinned     bool   // in the bar at the bottom of phones
	Exact      bool
	Below      []Entry
}

// Group is a run of entries; its heading is "office.nav." and the name, none
// without one.
type Group struct {
	Name    string
	Entries []Entry
}

// Entries is the navigation of the office in the order of the screen.
func Entries() []Group {
	return []Group{
		{Entries: []Entry{
			{Section: Home, Path: "", Icon: ui.IconHome, Permission: "home.view", Pinned: true, Exact: true},
			{Section: Orders, Path: "orders", Icon: ui.IconShoppingBag, Permission: "orders.view", Pinned: true, Below: []Entry{
				{Section: Carriage, Path: "orders/carriage", Permission: "reports.view"},
				{Section: Payments, Path: "orders/payments", Permission: "reports.view"},
				{Section: Payouts, Path: "orders/payouts", Permission: "reports.view"},
			}},
			{Section: Quotes, Path: "quotes", Icon: ui.IconFileText, Permission: "quotes.view"},
			{Section: Customers, Path: "customers", Icon: ui.IconUsers, Permission: "customers.view"},
			{Section: Profiles, Path: "profiles", Icon: ui.IconUsersGroup, Permission: "settings.view"},
		}},
		{Name: "catalogue", Entries: []Entry{
			{Section: Products, Path: "products", Icon: ui.IconPackage, Permission: "articles.view", Pinned: true},
			{Section: Stock, Path: "stock", Icon: ui.IconStack, Permission: "stock.view"},
			{Section: Families, Path: "families", Icon: ui.IconFolders, Permission: "families.view"},
			{Section: Discounts, Path: "discounts", Icon: ui.IconDiscount, Permission: "promotions.view"},
			{Section: Transfer, Path: "transfer", Icon: ui.IconFileImport, Permission: "articles.import"},
		}},
		{Name: "shop", Entries: []Entry{
			{Section: Settings, Path: "settings", Icon: ui.IconSettings, Permission: "settings.view"},
		}},
	}
}

func (o Office) nav(v ui.View) []ui.NavGroup {
	var groups []ui.NavGroup
	for _, g := range Entries() {
		group := ui.NavGroup{Items: o.items(v, g.Entries)}
		if len(group.Items) == 0 {
			continue
		}
		if g.Name != "" {
			group.Title = v.T("office.nav." + g.Name)
		}
		groups = append(groups, group)
	}
	return groups
}

func (o Office) items(v ui.View, entries []Entry) []ui.NavItem {
	var items []ui.NavItem
	for _, e := range entries {
		if !o.can(e.Permission) {
			continue
		}
		items = append(items, ui.NavItem{
			Label: v.T("office.nav." + string(e.Section)), Href: o.Href(e.Path), Icon: e.Icon,
			Count: o.Counts[e.Section], Exact: e.Exact, Pinned: e.Pinned, Items: o.items(v, e.Below),
		})
	}
	return items
}
