package bench

import (
	"context"
	"fmt"
	"time"
)

// imported is how long the two stages of an import took.
type imported struct{ checked, written time.Duration }

// importing takes a file of the house's own format into an empty shop: the dry run first, as a
// merchant does, then the import that is confirmed.
func importing(ctx context.Context, r *rig) ([]Row, error) {
	n := 2 * r.o.Articles
	_, shop, err := r.openShop(ctx, "import")
	if err != nil {
		return nil, err
	}
	did, err := r.bring(ctx, shop, "B", n, false)
	if err != nil {
		return nil, err
	}
	perSecond := func(d time.Duration) Value { return Value{float64(n) / d.Seconds(), "articles/s"} }
	return []Row{
		{Measure: fmt.Sprintf("import %d articles", n), Ours: perSecond(did.written), Goal: atLeast(2000),
			Note: "Two languages, families and brands made on the way, every fifth article in three sizes."},
		{Measure: "the dry run before", Ours: perSecond(did.checked)},
	}, nil
}
