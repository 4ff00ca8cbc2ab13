// Package payout reads what banks paid out and holds it against orders and payments (PGW-23, PGW-29, PGW-11).
//
// # The file
//
// A bank or provider lists, line by line, what it owes the shop and what it keeps: a CSV file. Which column is which is
// a [Layout]: those of Stripe, PayPal (the settlement report and the activity download) and a common one are ready
// made and recognised by their headings; any other is told by its headings and remembered with the payment mode
// ([Setup]). [Check] reads a file and writes nothing: it says of each line whether its payment was found, whether it
// differs from what the shop knows, or what nobody knows. [Post] stores it, in one unit of work.
//
// # Three ways
//
// An order knows what it is owed, a payment what its bank said, a payout what came. [Sum] and the lists beside it hold the
// second against the third: a payment is settled when all that was captured and all that went back stands in payouts;
// awaited while nothing contradicts that; different when amount, currency or fee do. Money that a buyer disputes may be
// kept back by the bank or not: either is as it should be. Payments that were made to try are awaited from nobody, nor
// are those of modes whose bank tells nothing, unless the merchant reads files for them.
//
// # Invariants
//
//   - A file adds what is not there yet and nothing else: read again, or another one of an overlapping period, it
//     adds nothing twice. The bank's own number names a line where there is one; else all of it does, and how many like
//     it stood before it.
//   - The sums of a payout are those of its lines, and the net of a line is its gross less its fee.
//   - A file of which a line cannot be read is not stored at all: a payout that is short of a line says nothing.
//   - Gross is signed as the shop sees it: what goes back is negative. A fee is positive when it is a cost.
//   - Amounts are exact: a cell that could mean two amounts is refused, or read as the rest of the file is.
//
// # Decisions
//
// A line belongs to the payout its bank names. Where the file has a column for that and the cell is empty, the
// line is not paid out yet and is left for a later file. Where it has none (PayPal keeps a balance), the lines of a day are one
// payout. What was moved on to the merchant's bank account is no line of a payout but what the bank tells of its sum.
//
// Payments older than [Reach] are not awaited, and none from before the day the merchant counts from.
//
// # What it does not know
//
// HTTP, and what banks send by themselves: outside calls are families' and checkout's.
package payout
