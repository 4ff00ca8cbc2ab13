// Package tenant is the capability to work in one shop.
//
// A Shop is bound to its schema once, by the Opener, and cannot be made otherwise: its fields are
// private and its zero value panics in the first test. Everything below tenant/ takes a *Shop (use
// cases, which open a unit of work) or a Tx (stores and rules, which never commit). Whoever holds
// one cannot name another shop.
//
// Every change that an anonymous visitor could see calls Tx.Touch. The shop's page version then
// rises in the same transaction, as its last statement so that its row is locked for as short as
// possible; pages and memoised settings are keyed by it, so nothing has to be purged. Versions
// carries new numbers to the other processes. Memo remembers inside a unit of work, Recall spares a caller the whole of it.
//
// The packages below are flat, one noun each. None of them knows HTTP, and the packages of papers
// (cart, order, payment) do not know each other: checkout moves them together.
package tenant
