// Package tax decides who is taxed where and at which rate, and tells the price
// kernel. It decides; the kernel computes.
//
// [Rules] are the shop's [Settings] with the rate table; as a pricing.Step they
// put on the sheet how each class of goods is taxed. The answer is one of six:
//
//	domestic        the goods stay under the tax of the shop's own state
//	destination     a consumer elsewhere in the Union: the rates over there (OSS)
//	below_limit     the same, while the shop stays under the threshold: rates at home
//	reverse_charge  a business elsewhere in the Union with a VAT number of the state
//	                the goods go to: no tax, the buyer owes it
//	export          the goods leave the VAT territory: no tax
//	unregistered    a small business that charges no tax at all
//
// Which places belong to whose tax (Canary Islands, overseas departments, Monaco,
// Northern Ireland) is kit/address's knowledge. A basket whose destination nobody
// has said yet is taxed at home.
//
// A shop in a place with a tax of its own (Réunion, the Canary Islands, Jersey) is at
// home there alone: the rest of its state is abroad. Where the table knows no rates of
// such a place, those of the state are not borrowed; the merchant writes his own.
//
// # Prices entered with tax
//
// At home, and for sales taxed at home, the entered price is what is paid. For a
// consumer taxed elsewhere the setting Keep decides. KeepGross: 120.00 stays
// 120.00, in Germany net 100.84 and tax 19.16. KeepNet: the tax at home comes off
// first, 120.00 is net 100.00, in Germany 119.00. Without tax (export, reverse
// charge) the tax at home always comes off: the buyer pays 100.00, exactly the net
// of an invoice at home. Prices entered without tax are the same net everywhere. A
// shop that is not registered has no tax inside its prices.
//
// # Rates
//
// rates.csv holds one row per territory, class and first day, with its legal
// source; a rate holds until the next row, an empty percentage ends it. It covers
// the 27 states in the classes of Directive 2006/112/EC articles 97, 98 and 110 as
// the Commission publishes them in its Taxes in Europe Database (TEDB), and
// Switzerland, the United Kingdom and Norway for shops at home there. Rows go back
// far enough for the orders a shop of today may still correct, not to the beginning
// of the tax. Which goods are in which class is decided by each state: the classes
// here are an estimate that a merchant corrects with rows of his own, for a
// territory or for a class of his own. Where a territory lacks a class, the next
// dearer one applies: tax that was too high can be paid back.
//
// Days are those of the shop's time zone. A rate that changes at midnight changes
// for baskets priced from midnight on; an order keeps what it was priced with.
//
// Decisions name a territory by its code, reasons by its name in every language.
//
// # What it does not know
//
// How a VAT number is looked up and how much was sold at a distance this year: both
// are package vat's. What the register said comes as a value in
// pricing.Destination; [Rules.WantsProof] says when it matters, and Verify what
// holds while the register is away. A number it does not know is no number.
//
// Tax of the United States, and what stands on an invoice: that is read from the
// treatment stored with the order.
package tax
