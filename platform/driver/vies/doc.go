// Package vies asks the European Commission whether a VAT number exists.
//
// It speaks the REST interface of the VAT Information Exchange System
// (https://ec.europa.eu/taxation_customs/vies/#/technical-information): one POST of
// the number and of the number of the one who asks, for which the answer carries a
// consultation number. That number proves to a tax office that, and when, the
// question was put.
//
// # Invariants
//
//   - Check answers yes or no, or says ErrUnavailable. Nothing in between is ever
//     read as "no": a register that is closed for the night, too busy or out of
//     order has said nothing.
//   - One call waits [Config].Timeout at most, retries included. A failure that
//     comes at once (a broken connection, a server's 5xx) is tried once more.
//   - After a few failures in a row a member state is left alone for some seconds
//     (circuit), and asked again by one caller first: a buyer does not wait for a
//     register that was away for the one before him. Each state has its own
//     circuit, for each has its own register.
//   - Answers are read to a bound and must be about the number that was asked.
//
// # What it does not know
//
// What an answer means for tax, how long it may be relied on, and who keeps it:
// that is tenant/vat. It is slow by nature and never called in a unit of work.
package vies
