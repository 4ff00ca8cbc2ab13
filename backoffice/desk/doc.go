// Package desk is what every desk of the back office works with: the Visit of a member of staff to
// one shop, and how a page is answered.
//
// A desk is a package (products, orders, settings …) whose constructor takes the services it needs
// and whose Routes method writes its lines into the table of contents, each with its permission.
// Its handlers begin with Here(c), call one service method, and end with Show or Back.
//
// Forms that are more than two fields are drawn with desk/sheet, tables of places with desk/zones.
//
// The entrance of the office has made the visit before a handler runs: the person is signed in,
// works in this shop and may use this route. The package does not know how.
package desk
