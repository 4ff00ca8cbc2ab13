package payout

import (
	"context"
	"fmt"
	"slices"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
)

// Post stores what a file adds, in one unit of work, and remembers with the mode how its files are written. A file that
// adds nothing changes nothing.
//
// Errors: as Check; ErrWrong when a line cannot be read, beside the preview that says which.
func Post(ctx context.Context, shop *tenant.Shop, who tenant.Actor, u Upload) (p *Preview, err error) {
	err = shop.Write(ctx, func(tx tenant.Tx) error {
		if p, err = Check(tx, u); err != nil {
			return err
		}
		if n := p.Counts[Wrong]; n > 0 {
			return ErrWrong.With(fault.Args{"n": n}).On("file")
		}
		if err := p.store(tx, u); err != nil {
			return err
		}
		if err := matchAgain(tx, u.Mode); err != nil {
			return err
		}
		if p.setup.Layout == Recognise {
			p.setup.Layout = p.Layout
		}
		if err := storeSetup(tx, u.Mode, p.setup); err != nil || p.New() == 0 {
			return err
		}
		type entry struct {
			Payout string `json:"payout"`
			Net    string `json:"net"`
			Lines  int    `json:"lines"`
		}
		var added []entry
		for _, one := range p.Payouts {
			if one.Lines > 0 && len(added) < 50 {
				added = append(added, entry{one.Ref, one.Net.String() + " " + one.Net.Currency().Code(), one.Lines})
			}
		}
		return tx.Record(who, "payout.read", "payment_mode/"+u.Mode.String(), nil, map[string]any{"file": short(u.Name, maxFileName), "lines": p.New(), "payouts": added})
	})
	return p, err
}

// chunk is how many lines one statement writes.
const chunk = 5000

func (p *Preview) store(tx tenant.Tx, u Upload) error {
	var touched []string
	for _, one := range p.Payouts { // in the order of their ids: two files at once wait for each other
		if one.Lines == 0 && one.Told == nil {
			continue
		}
		var told *string
		if one.Told != nil {
			text := one.Told.Decimal().String()
			told = &text
		}
		_, err := tx.Raw().Exec(tx.Context(), `insert into payouts (id, mode_id, ref, currency, paid_on, told, file, read_at)
			values ($1::text::uuid, $2::text::uuid, $3, $4, $5::text::date, $6::text::numeric, $7, $8)
			on conflict (id) do update set told = coalesce(excluded.told, payouts.told), paid_on = greatest(payouts.paid_on, excluded.paid_on)`,
			one.ID.String(), u.Mode.String(), one.Ref, one.Net.Currency().Code(), one.PaidOn.Format(time.DateOnly), told, one.File, tx.Now())
		if err != nil {
			return fmt.Errorf("write payout: %w", err)
		}
		touched = append(touched, one.ID.String())
	}
	lines := slices.DeleteFunc(slices.Clone(p.Lines), func(l Line) bool { return !l.adds() })
	for part := range slices.Chunk(lines, chunk) {
		if err := insertLines(tx, u.Mode, part); err != nil {
			return err
		}
	}
	_, err := tx.Raw().Exec(tx.Context(), `update payouts o set lines = s.n, gross = s.gross, fee = s.fee, net = s.net
		from (select payout_id, count(*) as n, sum(gross) as gross, sum(fee) as fee, sum(net) as net
			from payout_lines where payout_id = any($1::text[]::uuid[]) group by payout_id) s where s.payout_id = o.id`, touched)
	if err != nil {
		return fmt.Errorf("sum payouts: %w", err)
	}
	return nil
}

func insertLines(tx tenant.Tx, mode payment.ModeID, lines []Line) error {
	cols := make([][]*string, 9)
	for _, l := range lines {
		values := []string{l.payout(mode).String(), l.key.String(), l.Payment.String(), string(l.Kind), l.Day.Format(time.DateOnly), l.Reference,
			l.Gross.Decimal().String(), l.Fee.Decimal().String(), l.Net.Decimal().String()}
		for i := range values {
			value := &values[i]
			if i == 2 && l.Payment.IsZero() {
				value = nil
			}
			cols[i] = append(cols[i], value)
		}
	}
	_, err := tx.Raw().Exec(tx.Context(), `insert into payout_lines (payout_id, key, payment_id, kind, day, reference, gross, fee, net)
		select a::uuid, b::uuid, c::uuid, d, e::date, f, g::numeric, h::numeric, i::numeric
		from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[]) as t(a, b, c, d, e, f, g, h, i)
		on conflict (payout_id, key) do nothing`,
		cols[0], cols[1], cols[2], cols[3], cols[4], cols[5], cols[6], cols[7], cols[8])
	if err != nil {
		return fmt.Errorf("write lines of payouts: %w", err)
	}
	return nil
}

// maxAgain bounds how many lines are looked at once more.
const maxAgain = 5000

// matchAgain looks once more for the payments of lines that had none: the bank's message may have come since.
func matchAgain(tx tenant.Tx, mode payment.ModeID) error {
	var open []struct {
		PayoutID  ID
		Key       string
		Reference string
	}
	err := tx.DB().Raw(`select l.payout_id, l.key::text as key, l.reference from payout_lines l join payouts o on o.id = l.payout_id
		where o.mode_id = ? and l.payment_id is null and l.kind in ('charge', 'refund', 'dispute') and l.reference <> ''
		order by l.day desc, l.key limit ?`, mode, maxAgain).Scan(&open).Error
	if err != nil {
		return fmt.Errorf("read lines without a payment: %w", err)
	}
	var names []string
	for _, l := range open {
		names = append(names, l.Reference)
	}
	slices.Sort(names)
	payments, f, err := look(tx, mode, slices.Compact(names))
	if err != nil {
		return err
	}
	for _, l := range open {
		at, found := f.find([]string{l.Reference})
		if !found {
			continue
		}
		err := tx.DB().Exec(`update payout_lines set payment_id = ? where payout_id = ? and key = ?::text::uuid`, payments[at].ID, l.PayoutID, l.Key).Error
		if err != nil {
			return fmt.Errorf("write line of a payout: %w", err)
		}
	}
	return nil
}
