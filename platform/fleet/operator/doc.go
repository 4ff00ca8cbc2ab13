// Package operator is the console: where those who run the platform look after its shops.
//
// It shows the fleet, finds shops, changes their state and plan, opens and closes sign-up, shows
// jobs and has them tried again, and shows the journal. Every change asks first and writes its
// journal row in the transaction that makes it.
//
// Invariants:
//
//   - Every route states its permission (platform/driver/authz, domain console); a test fails for
//     one that does not.
//   - Nothing here reads a shop's own data: the console knows rows of the control plane only.
//   - Only accounts with a role in the console get in. A merchant who signs in here gets the same
//     answer as a wrong password.
//
// It draws with platform/driver/ui and decides nothing that the rooms below do not decide.
// Next: second factor, "view as" with the merchant's consent, per-shop figures and health.
package operator

//go:generate go run github.com/a-h/templ/cmd/templ@v0.3.977 generate
