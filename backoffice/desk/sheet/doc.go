// Package sheet is a form of the office that is being drawn: a [Sheet] knows the answers the form comes
// with (as it is first shown, or as it was sent and refused) and where its words are, and makes of a
// field's name the field with label, help, answer and error.
//
// # Words
//
// A sheet with the words "discounts" finds the label of its field "rate" under "discounts.field.rate", or
// under "discounts.rate" where all the words below are about its fields; the help is the same with "_help",
// an option the same with "." and its value. What has no words is drawn without.
//
// # Names
//
// A name is that of the field in the form, and of the refused field in a fault: "rate"; "name.fr" for a text
// in one language; "tiers.1.from" for a cell of a table (the rows are numbered from 0). Spare rows are sent
// with the others, so who reads a table forgets it in what was sent ([DropRows]) and writes the rows that
// count ([PutRow]): a refusal then names a row by the place it is shown in.
//
// The package does not know what is asked, how it is read or what may be answered.
package sheet
