package transfer

// Keys are the message keys of this package's refusals.
func Keys() []string {
	out := []string{errEdited}
	for _, err := range []interface{ Key() string }{ErrUnknown, ErrState, ErrBusy, ErrCurrency, ErrTooLarge, ErrEmpty, ErrNoKey, ErrTwice, ErrBinary,
		ErrSheet, ErrOptions, ErrUndoLate, ErrUndoNone, ErrCellLimit, ErrNobody, ErrTooMany, errGone, errChanges, errTiers, errPrices, errNoSKU, errNumber, errDecimals, errInteger, errYesNo, errWord, errDay,
		errEncoding, errDeposit, errPreorder, errNoDay, errAlone, errQuote, errTwoValues, errSplit, errSKUTwice, errSKUElsewhere, errPicture, errUnknownKey, errLink, errGiftCard} {
		out = append(out, err.Key())
	}
	return out
}

// Armour and Bare are tested without a file around them.
var (
	Armour = armour
	Bare   = bare
)
