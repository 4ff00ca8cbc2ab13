// Package pdf draws business papers: a sender, somebody it is for, a table of goods with its sums, some
// remarks, on as many pages of A4 as that takes.
//
// It has one layout, as letters have: whoever needs a paper says what stands on it, in words that are
// ready to be read, and knows nothing of points and pages. The same paper at the same instant is the same
// bytes, so that it can be kept, compared and sent again.
//
// Type is the Go fonts, which come with golang.org/x/image: Latin, Greek and Cyrillic with their accents,
// and no others. What they do not have is drawn as an empty box. They are subset: a paper of one page is
// some twenty kilobytes.
//
// It does not know what a quote or an invoice is, nor how to say anything. Structured invoices (PDF/A-3
// with an attachment) would be written by the same hand and need a colour profile and metadata besides.
package pdf
