package transfer

import (
	"strconv"

	"github.com/shopspring/decimal"

	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/settings"
)

// The texts given to these have passed canon.

func optionalNumber(cell string) *decimal.Decimal {
	n, err := decimal.NewFromString(cell)
	if err != nil {
		return nil
	}
	return &n
}

func whole(cell string) int {
	n, err := strconv.Atoi(cell)
	if err != nil {
		return 0
	}
	return n
}

func showOf(cell string) settings.Show { return settings.Show(cell) }

// flagOf reads a period.
func flagOf(cell string) catalog.Flag {
	switch cell {
	case "":
		return catalog.Flag{}
	case yes:
		return catalog.Flag{On: true}
	}
	f := catalog.Flag{On: true}
	for i := 0; i+1 < len(cell); i++ {
		if cell[i:i+2] == ".." {
			f.From, f.Until = parseInstant(cell[:i]), parseInstant(cell[i+2:])
			break
		}
	}
	return f
}
