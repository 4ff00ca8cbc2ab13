// Package signup is the platform host's own pages: what this is, how to get a shop, a little help.
//
// Somebody gives an e-mail address and has a shop: no card, no shop name, no password, no plan.
// The shop gets a friendly temporary name. In one transaction of the control plane the account is
// made, a prepared schema claimed, the membership written, the letter that asks to confirm the
// address enqueued, and a link made that signs the person in; the answer redirects to the back
// office with that link, because a cookie of this host would not be sent there.
//
// An address that is known gets a letter with a sign-in link instead, and the page says no more
// than to look at one's mail. That somebody who tries learns that way that the address has an
// account is the price of letting new people in at once; the rate limits keep it from being done
// to a list of addresses.
//
// Whether sign-up is open is a switch of the control plane, turned in the console.
//
// The package knows neither the back office nor what a shop begins with (provision.Seeder). The
// three questions after sign-up are the back office's.
package signup

//go:generate go run github.com/a-h/templ/cmd/templ@v0.3.977 generate
