// Package mail is the letter and the port it leaves by.
//
// A Message is complete: whoever writes it has chosen recipients, language and
// words. A Sender hands it to a mail server. mail/smtp is the real sender;
// mail/capture is a mail server that keeps everything and delivers nothing,
// with pages to read it, for the demo and for tests.
//
// # Invariants
//
//   - Check runs before anything leaves: no header can be smuggled in through a
//     subject, a name or an address.
//   - A failure says whether trying again can help: ErrUnreachable can (job
//     retries), ErrRefused and ErrMalformed cannot.
//   - Sending is never done inside a database transaction; callers enqueue a job.
//
// # What it does not know
//
// It knows no shop, no template and no language, and it keeps no record of what
// was sent: the delivery state lives with the job and the caller's row.
package mail
