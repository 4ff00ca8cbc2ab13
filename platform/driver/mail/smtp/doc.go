// Package smtp sends mail.Message values to a mail server.
//
// Every Send opens its own connection and is bounded by Config.Timeout and the
// caller's context, so that a server that hangs holds one worker for seconds and
// nobody else. Encryption is demanded by default; Config.TLS relaxes it, and
// credentials never travel over a connection that is not encrypted.
//
// A letter counts as sent when the server has acknowledged its data. What goes
// wrong after that (RSET, QUIT) is not reported, since trying again would send
// it twice.
package smtp
