// Package media keeps the pictures of a shop: the originals, and the copies that pages show.
//
// A picture is named by the digest of its bytes, so its addresses never change meaning and may be
// cached for ever, and the same file uploaded twice is kept once. Two kinds of keys, below the
// shop's own scope of the bucket:
//
//	originals/<digest>.<ext>        what was uploaded; never served, it may say where it was taken
//	media/<digest>/<width>.webp     copies without any metadata, turned upright; public
//
// Copies are made at the widths of Widths, never larger than the original. The two that lists and
// article pages need first are made while the merchant waits; the others by a job, so that an
// upload answers in a fraction of a second. A picture is Ready as soon as the first copies exist.
//
// # Invariants
//
//   - Nothing is decoded before its dimensions were read from its header and found bearable; what
//     is not one of four formats by its first bytes is refused, whatever its name says. SVG is
//     refused because it is a program.
//   - At most one picture a core is decoded at a time in this process.
//   - An address given by a file is fetched through Guard only: public addresses, every redirect
//     and every name looked up again, decided on the number that is dialled.
//   - No object is touched inside a unit of work: the original is stored first (harmless if nothing
//     follows: the same bytes have the same key), then the row, then the copies, then the outcome.
//
// # Decision: WebP by libwebp in wazero
//
// github.com/gen2brain/webp would load a libwebp of the machine where it finds one. We build with
// the tag nodynamic: the same encoder everywhere, inside a sandbox, at the price of 25 ms for a
// copy 320 wide and 110 ms for one 640 wide (method 2; method 4 costs four times that for 5 %
// fewer bytes). AVIF would cost seconds a copy; it can become one more format in copies.
//
// # What it does not know
//
// Articles: who uses a picture is found by looking at the tables that name one, for Delete and for
// lists of missing texts. Plans: how much a shop may keep is a
// port, asked with what its pictures take now, so that deleting one makes room at once. Serving is the storefront's, through Open.
package media
