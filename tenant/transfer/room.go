package transfer

import (
	"context"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// Quota knows how many articles a shop may have. The fleet implements it.
type Quota interface {
	// Articles refuses, with a fault of kind Quota, more articles than fit beside those the shop has
	// outside its archive.
	Articles(ctx context.Context, shop *tenant.Shop, more int) error
}

// Within makes an importer like this one that keeps to what a shop may have (FLT-05). Without it
// there is no limit.
func (i *Importer) Within(q Quota) *Importer {
	return &Importer{kind: i.kind, bucket: i.bucket, quota: q}
}

// room asks the port, if there is one, whether more articles fit. Who adds none is not asked: a shop
// that has too many may still change those it has.
func (i *Importer) room(ctx context.Context, shop *tenant.Shop, more int) error {
	if i.quota == nil || more <= 0 {
		return nil
	}
	return i.quota.Articles(ctx, shop, more)
}

// measure says in the report of a dry run that the file brings more than fits.
func (w *worker) measure(ctx context.Context, r *Report) error {
	err := w.room(ctx, w.shop, r.Counts.Added)
	if !fault.Is(err, fault.Quota) {
		return err
	}
	r.Problem = fault.KeyOf(err)
	if args := fault.ArgsOf(err); len(args) > 0 {
		r.Args = args
	}
	return nil
}

// mayBegin refuses to write what was checked when it does not fit now. An import that has begun goes
// on as it began.
//
// Errors: ErrUnknown; a fault of kind Quota.
func (i *Importer) mayBegin(ctx context.Context, shop *tenant.Shop, run ID) error {
	s, err := i.present(ctx, shop, run)
	if err != nil || s.from != nil || s.State != Checked {
		return err
	}
	return i.room(ctx, shop, s.Report.Counts.Added)
}

// weight is what an article counts against a plan; one that is not there counts for nothing.
func weight(p *catalog.Product) int {
	if p == nil {
		return 0
	}
	return p.State.Weight()
}
