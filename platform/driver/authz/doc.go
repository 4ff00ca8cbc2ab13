// Package authz answers one question: may somebody who holds these roles use
// this permission in this domain?
//
// The answers come from one table, policy.csv, written in casbin's form and
// read by casbin's role-based model with domains (model.conf): permissions are
// declared with p2, roles receive them with p, and a role includes another
// with g. The golden file of the tests prints the table as a matrix; a change
// of the policy shows there.
//
// # Invariants
//
//   - A permission is a declared string such as "orders.ship". Asking for one
//     that is not declared is answered no; New refuses a policy that grants or
//     inherits something undeclared.
//   - Roles are held in a domain: a grant in one shop says nothing about
//     another shop, nor about the console.
//   - The table is decided once, at start. Can is then two map reads without
//     allocation and safe for concurrent use.
//
// The package does not know who holds which role: staff rows and operator rows
// are read by their owners and passed in. A new permission is one p2 line and
// the p lines that grant it; the owner of a shop has all of them.
package authz
