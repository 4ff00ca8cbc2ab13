// Package notify writes letters: what a shop has to tell its buyers and its own people by mail.
//
// # How a letter goes
//
// Post.Put writes a row of mails and a job in the caller's unit of work, so a letter exists exactly
// when what it tells about does. Postman works the job: it reads the row and the facts, puts them
// into words in the reader's language, and hands the message to a mail.Sender, outside any unit of
// work. A server that is away is tried again with growing pauses for the better part of a day; what
// it refuses for good is marked, with the reason, where staff sees it and can send it again.
//
// # Invariants
//
//   - A letter to a buyer keeps no mail address: Buyer and Staff are found when it is sent (ORD-09).
//   - The paper of a quote is drawn when its letter goes, outside any unit of work.
//   - The same letter has the same Message-ID at every attempt, so that a server that took it and
//     did not say so shows it once.
//   - A link that signs somebody in is sealed while it waits and erased when the letter has gone.
//   - HTML and text say the same. HTML works without its style sheet, which is inlined; it loads
//     nothing from anywhere.
//
// # What it does not know
//
// What an order or a quote is: it asks Facts, which checkout implements, for plain words. It has one layout for
// all letters, on purpose: a letter is a title, some sentences, perhaps an order, perhaps a button.
// Templates that merchants edit would go where layout.go is.
package notify
