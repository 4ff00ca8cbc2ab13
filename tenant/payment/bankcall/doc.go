// Package bankcall is how payment families call their banks: one HTTP client with one idea of time-outs,
// repetition, backup hosts, size and what may be logged.
//
// # Invariants
//
//   - A call that may move money (Call.Repeat is false) reaches a bank at most once: it goes to the next host only
//     when the first surely never got it.
//   - Errors are payment.ErrBank with a *Failure inside, which tells whether the bank may have heard.
//   - Redirects are not followed, and answers are cut off at their limit.
//   - Neither addresses' queries, headers nor bodies are logged: a line says which family asked what of which host
//     and what came of it.
//
// # Where banks are
//
// Hosts are rows of the brands and not typed by merchants, who could otherwise make our servers call hosts
// inside our own network. An operator may let the pretend bank stand in for all of them (Options.StandIn):
// {StandIn}/{family}/{host}{path} is then called and shown to browsers instead of https://{host}{path}.
package bankcall
