// Package testbank is the bank's side of the pretend bank's own protocol.
//
// What follows is that protocol, version 1. Whoever writes either side writes it from this text: the
// bank and the shop's family tenant/payment/testbank share no code, so that a misreading shows.
// {bank} is the address of the pretend bank followed by /testbank.
//
// # 1. Contract
//
// A merchant has a number (1 to 20 of A-Z, 0-9 and "-") and a key, written as 64 hexadecimal digits
// and used as the 32 bytes they stand for. There is one key for test and live; a message names its
// mode, "test" or "live".
//
// # 2. Fields carried by the browser
//
// Their names begin with "pb_". pb_mac is the lower-case hexadecimal HMAC-SHA256, under the key,
// of the other pb_ fields: sorted by name, byte by byte, each written as
//
//	name "=" length ":" value "\n"
//
// where value is the UTF-8 text before any form encoding and length its number of bytes in decimal.
// Fields without the prefix are not part of it. A field given twice is an error.
//
// # 3. Opening a payment
//
// The shop sends the buyer's browser to {bank}/pay, by a form post or with the fields in the query:
//
//	pb_version   1
//	pb_merchant  the merchant's number
//	pb_mode      test or live
//	pb_ref       the shop's reference, 1 to 40 of A-Z, a-z, 0-9 and "-"; one attempt each
//	pb_amount    in minor units of the currency (ISO 4217), digits only, more than 0
//	pb_currency  three capital letters
//	pb_capture   now, or later to authorise only
//	pb_order     what the shop calls the order, up to 60 characters, shown to the buyer
//	pb_shop      what the shop calls itself, up to 60 characters, shown to the buyer in place of the
//	             contract's name, which several shops may share; optional
//	pb_locale    fr, en, es or de
//	pb_return    where the browser goes back to
//	pb_notify    where notices go
//	pb_time      Unix seconds, at most an hour off
//	pb_mac
//
// A reference that is known already, with the same amount and currency, opens the payment it stands
// for; with others it is refused. The bank shows its refusals to the buyer with status 400, or 403
// for a wrong merchant or MAC.
//
// # 4. Going back
//
// The browser is sent to pb_return with 303 and these fields added to its query: pb_merchant, pb_mode,
// pb_ref, pb_payment, pb_event, pb_id, pb_amount, pb_currency, pb_reason, pb_time, pb_mac.
// They say what a notice of the same pb_id says (section 5).
//
// # 5. Notices
//
// The bank posts to pb_notify, as application/json, an object of texts but for amount and time:
//
//	id        names this fact for ever, the same in repetitions, on the way back and in answers
//	merchant  mode  ref  currency   as in the request
//	payment   the bank's name for the payment
//	event     authorised, paid, refused, cancelled, expired, refunded, disputed, dispute_won, dispute_lost; in answers also open
//	amount    of this event in minor units
//	reason    of refused: funds, refused, card, authentication
//	card      the last four digits behind bullets, or ""
//	time      Unix seconds of the event
//	due       of disputed: Unix seconds until which the bank takes evidence
//
// The header "Bank-Signature: t=<Unix seconds>,v1=<hex>" carries the lower-case hexadecimal
// HMAC-SHA256, under the key, of the digits of t, a full stop and the bytes of the body. A receiver
// refuses a t more than ten minutes off.
//
// The expected answer is status 200 with the body "OK " and the id, as text/plain. Anything else is
// repeated after 5 s, 30 s, 2 min, 10 min, 1 h and 6 h, each time signed anew.
//
// A buyer may be refused and then pay under the same reference. refunded may come several times,
// each for its own amount.
//
// # 6. Calls
//
// The shop posts to {bank}/api/status, /api/capture, /api/refund and /api/cancel, as application/json,
// {"merchant","mode","ref","amount","currency","key","time"}: amount (a number, minor units) and
// currency for capture and refund, key for all but status. The call is signed like a notice, by the
// same header. The same key again gets the same answer and does nothing.
//
//	200  the message of section 5 that the call caused; for status the newest, of event open while
//	     the buyer is busy
//	403  {"error":"forged"}      merchant or signature wrong
//	404  {"error":"unknown"}     no such reference
//	409  {"error":"declined"}    not possible in this state or for this amount
//	400  {"error":"garbled"}
//
// All but 403 are signed by the bank with the same header, which the shop verifies. A call that
// changed something also causes a notice.
package testbank
