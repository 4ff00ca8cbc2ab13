// Package secret keeps values that must not be read by whoever reads the
// database, the log or an address bar.
//
//   - Ring seals short texts (bank keys, SMTP passwords) for storage and signs
//     short links (preview, order page, one-click sign-in).
//     It also makes prints: keyed hashes by which texts are compared that nobody may read.
//   - Text carries a secret through the program without ever being printed,
//     logged or marshalled.
//   - Token and Digest make bearer tokens and the form in which they are stored.
//
// # Invariants
//
//   - A sealed value is bound to its context (Context("shop id", "purpose")): moved
//     to another shop or another column it does not open.
//   - The first key of the ring seals and signs, every key of the ring opens and
//     verifies. Rotation is: put a new key in front, re-seal what is Stale, drop
//     the old key.
//   - Sealing, signing and prints never use the same key bytes: all are derived from
//     the ring's master keys with HKDF and different labels.
//   - Nothing here reads a clock: Verify is told what time it is.
//
// # What it does not know
//
// It knows no shop, no table and no address. Single use of a link is the
// caller's business: put a nonce in the subject and remember that it was used.
//
// # Choice of cipher
//
// AES-256-GCM with random 96-bit nonces, from the standard library: hardware
// speed, FIPS-approved, no dependency. Random nonces are safe to 2^32 seals per
// key; a fleet seals a few values per shop, so XChaCha20's longer nonce would
// buy nothing.
package secret
