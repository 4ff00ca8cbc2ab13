// Package shield keeps thieves from trying stolen cards in the shops of the fleet (SEC-04).
//
// Who has a list of cards tries them with small orders, by the hundred, wherever a form lets him; the shop pays the
// bank for each refusal, and loses its contract. The shield counts attempts to pay at a bank and how they ended, by
// the network of the client, by the order and by the shop, and refuses further ones for a while. It is on in every
// shop, and there is no setting: nobody can forget it.
//
// # What counts
//
//   - An attempt that was begun and has no outcome yet, or never gets one; its amount plays no part, so that one of
//     nothing counts as any other.
//   - A refusal by the bank. Failures between banks are nobody's fault and do not count.
//   - An attempt that came to nothing, for the shop: its buyers all begin at once when it sells something rare, and
//     beginning must not count against it.
//   - Success speaks for the network and the shop it came from: both are judged by how much fails beside what succeeds.
//
// # What follows
//
//   - A network or an order beyond its limit may not begin another attempt at a bank until the counts have fallen. Ways
//     to pay without a bank stay open, and nothing of the cart is lost.
//   - In a shop beyond its limit visitors nobody knows share a small allowance; customers who have paid before notice
//     nothing. The operator is told.
//
// Networks are those of the fleet: who was refused in one shop is counted in all. Addresses of private networks name
// nobody (fraud.Network) and are counted for the order and the shop alone.
//
// # What it does not know
//
// Payments, orders and HTTP: package checkout says what happened, and asks before it begins an attempt. Counts live
// in Redis; without it every process counts for itself, from zero.
package shield
