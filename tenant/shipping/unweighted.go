package shipping

import (
	"fmt"
	"strings"

	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
)

// Unweighted counts the variants on sale for which an active mode that goes by weight has nothing to go
// by: neither a value of its own nor a weight (ART-13). It is remembered until the catalogue or the modes
// change, and counts no further than enough.
func Unweighted(tx tenant.Tx) (int, error) {
	return tenant.Memo(tx, "unweighted", readUnweighted)
}

const enough = 1000

func readUnweighted(tx tenant.Tx) (int, error) {
	modes, err := readModes(tx, "active")
	if err != nil {
		return 0, err
	}
	var lacks []string
	var args []any
	for _, m := range modes {
		calc, err := Builtin().Find(m.Calculator)
		if _, weighs := calc.(Weigher); err != nil || !weighs || m.Values.Text("scope") == byLine {
			continue
		}
		if _, err := id.Parse[Mode](m.ID); err != nil {
			continue
		}
		lacks = append(lacks, "not jsonb_exists(v.ship_values, ?)")
		args = append(args, m.ID)
	}
	if len(lacks) == 0 {
		return 0, nil
	}
	var n int
	err = tx.DB().Raw(`select count(*) from (
		select from variants v join products p on p.id = v.product_id
		where v.weight_g = 0 and v.active and p.state = 'published' and p.kind = 'physical' and (`+strings.Join(lacks, " or ")+`)
		limit ?) found`, append(args, enough)...).Scan(&n).Error
	if err != nil {
		return 0, fmt.Errorf("count variants without a weight: %w", err)
	}
	return n, nil
}
