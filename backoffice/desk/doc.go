// Package desk is what every desk of the back office works with: the Visit of a member of staff to
// one shop, and how a page is answered.
//
// A desk is a package (products, orders, settings …) whose constructor takes the services it needs
// and whose Routes method writes its lines into the table of contents, each with its permission.
// Its handlers begin with Here(c), call one service method, and end with Show or Back.
//
// Forms that are more than two fields are drawn with desk/sheet, tables of places with desk/zones.
//
// A form acts once. Each POST form carries a key of its own, and Once, around every route of the desks, leads
// a form that was sent before to where the first one led; again.go names the routes without it and why. It
// fails open: a form without a key acts (pages of before a release), and while Redis is away each process
// remembers for itself, because it guards against a slip of the hand, and a shop must go on without Redis. It
// fails closed where nobody knows what came of the first one: then 409 until the lease of kv.Once ends.
//
// The entrance of the office has made the visit before a handler runs: the person is signed in,
// works in this shop and may use this route. The package does not know how.
package desk
