// Package stockroom is the desk of the office for the stock: what there is, what is to be ordered, what
// runs low or out, why a figure is what it is, and everything about suppliers.
//
// The folder is backoffice/stock; the package has another name because every file here also speaks of
// tenant/stock, and neither should need an alias in use.
//
// Lists show variants with their figures; a variant has its ledger, the queue of orders that wait for it,
// a form to correct what is on the shelf and one for its supplier. An article has the figures of its
// variants together and its pre-orders. Orders to suppliers are drafted from the list of what is to be
// ordered, edited while they are drafts, printed, and received by delivery notes.
//
// A delivery note is typed or scanned: the page holds what was counted so far, a scanner's code and
// Enter add one piece, and nothing is posted until the button for it is pressed. The key of the page makes
// sending it twice harmless.
//
// Words are in locales/ under "stockroom."; those of states and reasons are tenant/supply's. It opens no
// unit of work of its own but to read, and to write corrections and pre-orders down.
package stockroom

//go:generate go run github.com/a-h/templ/cmd/templ@v0.3.977 generate
