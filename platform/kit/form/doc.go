// Package form answers one question: is what was sent well-formed? Whether it is
// allowed is for a rule of the domain, inside the transaction.
//
// It has two halves. A [Checker] collects what is wrong with an ordinary form,
// field by field, and gives one error. A [Schema] describes the configuration of
// a shipping method, a payment mode or a group of settings, so that the back
// office can draw the form, check it and store its [Values] as JSON without
// knowing what they mean.
//
// Every refusal is a fault of kind Malformed with fields: a name, a message key
// and arguments; the words are in platform/kit/i18n/locales. All that is wrong is
// reported at once. Every text has a size limit, also where none was asked for.
//
// Values hold canonical text: numbers with a point, dates as 2026-03-05, "true".
// What people type is read in their language by Revise and written back by Encode.
//
// The package does not seal secrets: it only says which fields are secret
// ([Schema.Secrets]) and keeps the stored one when its field comes back empty.
package form
