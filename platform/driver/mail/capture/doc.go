// Package capture is a mail server that keeps every letter and delivers none.
//
// A Mailbox listens for SMTP on a port of this machine, stores each letter as a
// file in a folder, and serves pages to read them. The demo sends all its mail
// here; browser tests find sign-up and order mails through the JSON list.
//
// # Invariants
//
//   - Letters survive a restart: the folder is the truth, memory holds an index.
//     A file appears whole or not at all.
//   - At most Config.Keep letters are kept; the oldest go first.
//   - Letters are hostile. Their HTML is served only in a response whose policy
//     forbids scripts and every outside request and gives it an origin of its
//     own; everything else is escaped by html/template or sent as a download.
//
// # What it does not know
//
// It has no accounts: who may read the mailbox is decided by whoever mounts the
// handler. It must not listen on a public address: it accepts everything.
package capture
