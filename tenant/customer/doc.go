// Package customer keeps the people who have an account in a shop: how they sign in, their address
// book, their browser's sessions, and what the office may do with them.
//
// # Invariants
//
//   - A mail address has at most one account in a shop; capitals do not count.
//   - Nothing that signs somebody in is stored: of passwords there is an argon2id hash, of sessions
//     and links a digest. A link works once and for an hour.
//   - A sign-in takes as long for an address nobody has as for a wrong password, and both answers
//     are the same. Passwords are hashed outside units of work, a bounded number at a time.
//   - A changed password ends every session but that of whoever changed it.
//   - A guest has no row here (ORD-09): the order keeps what it needs of him.
//   - Of an address book at most one entry is proposed for the bill and at most one for the parcel,
//     and there is one as long as there is any.
//
// # What it does not know
//
// Cookies and pages (Store keeps sessions for platform/driver/web), carts and orders. Profiles are
// a name here; what they mean is package profile's business. Passkeys are a further way in and
// will be rows beside the password, not instead of it.
package customer
