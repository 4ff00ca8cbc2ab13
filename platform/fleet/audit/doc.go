// Package audit is the journal of the control plane: who changed which shop, plan, domain or
// switch, with the state before and after.
//
// A row is written in the transaction that makes the change, so that neither exists without the
// other. Rows are only ever appended; nothing here updates or deletes one. What happens inside a
// shop is in that shop's own journal.
//
// The package knows no shop, account or operator as types: it stores their ids as text, which is
// what keeps it below every other room of the floor.
package audit
