// Package account knows the people who run shops or the platform, and how they prove who they are.
//
// One person is one account, whatever number of shops they work in: a membership gives them a role
// in one shop. Operators are accounts with a role in the console.
//
// Invariants:
//
//   - Nothing that signs somebody in is stored: of passwords there is an argon2id hash, of tokens
//     and sessions a SHA-256.
//   - An e-mail address that is unknown costs the same time as a wrong password, and the answer is
//     the same.
//   - Hashing is bounded to as many at a time as there are processors: each takes 19 MB, and a
//     crowd at the door must not take the memory of the shops.
//   - A link works once, for a while, for the purpose it was made for. Setting a password makes
//     the open links and all sessions of the account void.
//   - A shop always keeps one owner.
//   - Who joins a team, changes role or leaves is in the journal of the control plane, written by the
//     same transaction.
//
// A letter is a job that names its purpose and the account; the token in it is made when the
// letter is written, so that no queue and no backup of it holds a way in.
//
// The package does not know what a role may do (platform/driver/authz) nor how a page looks. For
// the next slice: passkeys are further rows beside the password hash; SignIn stays the one door.
package account
