package storefront

import (
	"time"

	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/stock"
)

// upcoming tells whether an article's day has not come yet, where the shop is (STK-07). The page is
// not kept beyond that day.
func (v *visit) upcoming(on *time.Time) bool {
	if on == nil {
		return false
	}
	day := v.dayOf(*on)
	v.changesAt(day)
	return v.now.Before(day)
}

// dayOf is the first instant of a calendar day in the shop's time zone.
func (v *visit) dayOf(t time.Time) time.Time {
	year, month, day := t.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, v.rules().Zone)
}

// tellsLevel tells whether shoppers are told that few are left (STK-01).
func (v *visit) tellsLevel(own settings.Show) bool { return v.show(own) != settings.ShowHidden }

// show is how the stock of an article is told: its own way or its family's, else the shop's.
func (v *visit) show(own settings.Show) settings.Show {
	if own != "" {
		return own
	}
	return v.settings().Stock.Show
}

// level is the stock of a variant with what may be ordered of it before its day (STK-04).
func (v *visit) level(p *catalog.Product, one catalog.Variant) stock.Level {
	level := one.Level()
	if v.upcoming(p.AvailableOn) {
		level.Ahead = p.Preorder
	}
	return level
}

// buyable tells whether a piece of a variant can be put into the cart now.
func (v *visit) buyable(p *catalog.Product, one *catalog.Variant) bool {
	return one != nil && one.Active && v.level(p, *one).Sellable(1) && (p.Preorder > 0 || !v.upcoming(p.AvailableOn))
}

// stockView says how a variant stands: in numbers, in levels, or, where stock is hidden, no more than
// whether the variant can be bought and whether it comes later (STK-01).
func (v *visit) stockView(p *catalog.Product, one catalog.Variant) *view.Stock {
	level := v.level(p, one)
	if v.upcoming(p.AvailableOn) {
		day := v.dayOf(*p.AvailableOn)
		switch {
		case p.Preorder == 0 || !one.Active || !level.Sellable(1):
			return &view.Stock{State: "forthcoming", Date: &day}
		case level.Awaited(1):
			return &view.Stock{State: "preorder", Date: &day, Available: true, Terms: v.depositTerms(p.Terms)}
		}
	}
	if !one.Active || !level.Sellable(1) {
		return &view.Stock{State: "out"}
	}
	s := &view.Stock{State: "in_stock", Available: true}
	show := v.show(p.Shown)
	if show == settings.ShowHidden {
		s.State = "available"
	}
	if !one.Tracked {
		return s
	}
	left := level.OnHand - level.Reserved
	switch {
	case left <= 0:
		s.State = "on_order"
	case left <= max(one.LowAt, v.settings().Stock.LowAt) && show != settings.ShowHidden:
		s.State = "low"
	}
	if show == settings.ShowExact && left > 0 {
		s.Quantity = left
	}
	return s
}
