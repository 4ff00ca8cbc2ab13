package stock

import "echoppe.dev/tenant/settings"

// Today is SQL for the calendar day at an instant ("$2") where the shop is (STK-07). It stands in the
// statement so that a day that changes needs neither a job nor another round trip.
func Today(at string) string {
	return "(" + at + "::timestamptz at time zone coalesce((select nullif(doc->>'time_zone', '') from settings where name = '" +
		string(settings.NameIdentity) + "'), '" + settings.Defaults().Identity.TimeZone + "'))::date"
}

// Ahead is SQL for how many pieces of each variant of an article p may be promised before they are
// there.
func Ahead(at string) string {
	return "case when p.available_on > " + Today(at) + " then coalesce(p.preorder_limit, 0) else 0 end"
}

// Announced is SQL for the day an article p is announced for; null for none, and where it may be ordered before its
// day and pieces of it are free: it is sold from stock then (STK-04, see Level.Awaited).
func Announced(p string) string {
	return "case when " + p + ".preorder_limit > 0 and exists (select from variants free where free.product_id = " + p +
		".id and free.active and free.tracked and free.on_hand > free.reserved) then null else " + p + ".available_on end"
}

// Shown is SQL for how an article tells its stock, p being the name its row goes by: its own way, that of
// the nearest of its main family and the families above it, or "" for the shop's (STK-01).
func Shown(p string) string {
	return "coalesce(nullif(" + p + `.show_stock, ''), (
	select own.show_stock from nodes main join nodes own on own.id = any(main.path)
	where main.id = ` + p + `.main_node_id and own.show_stock <> ''
	order by cardinality(own.path) desc limit 1), '')`
}
