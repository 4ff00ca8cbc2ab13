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
// reader sees a reference number, which is the request id of that line.
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
// Request bodies are capped when they are read, not when they are announced,
// because the cap of a route (Upload) is known only after routing.
package web
