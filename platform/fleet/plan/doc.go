// Package plan is what a merchant may use: named plans and their quotas.
//
// Plans are rows of the control plane and few; a process keeps them for a minute. What counts
// against a quota is counted by whoever owns the things counted; quota compares.
//
// The package knows no prices and no invoices of the platform to its merchants: a later slice
// adds them beside the quotas.
package plan
