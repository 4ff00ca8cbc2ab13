// Package ecb reads the euro foreign exchange reference rates of the European Central Bank: one file a day, about
// 16:00 CET on working days, with about thirty currencies.
//
// Source: https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/ (use is free;
// the rates are for information, so a merchant who sells much in another currency should know his bank's own).
//
// A [Table] is one day. A rate between two currencies other than the euro is the quotient of their euro rates,
// kept to twelve digits. [Feed.Latest] asks the bank at most once an hour, however many shops want to know.
package ecb
