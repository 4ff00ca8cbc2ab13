// Package payouts is the desk of the office where what banks paid out is read and held against orders and payments
// (PGW-23, PGW-29).
//
// Four pages lead from one to the next: the payouts and their lines; what is awaited, by payment method and currency, with
// the day it is to come; what differs and waits for a look, with what the daily check of the banks has found; and how the
// files of each method are read and when its money is to come. A file is handed in, shown line by line, and recorded with a
// second click: between the two it travels in the form, so that nothing has to be kept of a file nobody records.
//
// Who may read reports sees all of it; reading files and setting methods up is for those who record money.
//
// Words are in locales/ under "payouts."; what a line or a difference is called is package payout's. It opens no
// unit of work of its own but to read.
package payouts

//go:generate go run github.com/a-h/templ/cmd/templ@v0.3.977 generate
