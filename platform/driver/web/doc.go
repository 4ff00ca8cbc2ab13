// Package web is the house's way of speaking HTTP: one middleware stack on
// echo, one place where errors become answers, and the small tools a handler
// needs (forms, cookies, sessions, flash messages, files, rate limits). It
// knows no shop, no product, no account and no word of any language.
//
// # Stacks inside stacks
//
// A process has one front, made by New with a Router, and behind it one echo
// per surface (shop, back office, console …), each made by New as well. The
// router looks at the address, says where the request is with Enter and passes
// c.Response() and the request to the surface's echo. Everything known about a
// request (its number, the client's address, typed values, the policy of its
// headers) is one record carried by the request's context, so it survives the
// hand-over; a step already taken by an outer stack is not taken again. A
// surface therefore also works alone, which is how its tests run it.
//
// # Order
//
// The order is a fact with a test (TestNew_order):
//
//	recover → request id → log → security headers → health → compression →
//	router → body limit → session → CSRF → actor → permission
//
// Errors are returned, never written: HTTPErrorHandler turns the kind of a
// fault into a status (table in status.go) and asks the surface's ErrorPage
// for the page. The log has exactly one line per request, with the cause; the
// reader sees a reference number, which is the request id of that line. While
// something outside is away, one line a minute is an error (see bursts).
//
// # Invariants
//
//   - Nothing a client can forge decides anything: forwarded headers count only
//     when the peer is a trusted proxy, and are removed otherwise; the host is
//     checked and put into lower case; dot segments are refused.
//   - Every answer, error pages and static files included, has a content
//     security policy without inline code. A surface that was not named gets
//     the strictest one.
//   - A cookie is either host-bound with the __Host- prefix or bound to the
//     path of one shop. A session's cookie holds a random token, its store the
//     token's SHA-256, and the row names the scope (shop) it belongs to.
//   - Every route of a guarded surface states its permission: Routes takes it
//     as an argument, and Routes.Unguarded finds those that went around it.
//   - Put and Get are for what middleware finds out once (shop, actor). A
//     missing value is a wiring bug and panics. Handlers pass values on as
//     arguments; the echo.Context does not leave the HTTP packages.
//
// # Decisions with a cost
//
// Path-addressed shops share one origin. No script or markup of a merchant
// runs there, so the policy ShopPath has no source but 'self' and the session
// cookie is bound to the path; a cookie planted by a sibling sub-domain shows
// as two values of one name, and then neither is believed.
//
// Chrome applies form-action to the redirects after a form was sent. A form
// whose answer redirects to another origin (to a bank's page, from sign-up to
// the back office) must therefore name that origin with Allow or in
// Options.Sources.
//
// There are no tokens in forms. A token would make every page with a form a page
// for one reader, and pages of shops are kept for everybody. Instead a change is
// believed by what the browser says of its origin, which no page can make it say
// or leave out: Sec-Fetch-Site (all browsers since 2023), else Origin (with every
// POST since 2020), else Referer, which every older browser sends to its own
// origin under our policies. A change that says none of the three is let through
// only without cookies: then it is a program's and carries nobody's rights. With
// cookies it is refused, and so is an old browser whose owner has turned Referer
// off; that reader is told to open the page again and is kept out of changes, not
// of pages. SameSite=Lax stands behind all of it.
//
// A process tells what it counts at an address of its own (NewInside) and never
// at the front: one more listener, but no rule about who is asking, which every
// proxy in front would have to know.
//
// Request bodies are capped when they are read, not when they are announced,
// because the cap of a route (Upload) is known only after routing.
package web
