package promotion

import (
	"encoding/json"
	"fmt"
	"time"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
)

// List reads all discounts, the archived ones last, in the order in which rules win.
func List(tx tenant.Tx) ([]Stored, error) { return list(tx, "true") }

// Find reads one discount. Errors: ErrUnknown.
func Find(tx tenant.Tx, which ID) (*Stored, error) {
	found, err := list(tx, "d.id = $1", which)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, ErrUnknown
	}
	return &found[0], nil
}

func list(tx tenant.Tx, where string, args ...any) ([]Stored, error) {
	s, err := settings.Load(tx)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Raw().Query(tx.Context(), `
		select d.id::text, d.rule, d.active, d.archived_at is not null, d.rev, d.created_at, d.updated_at,
			(select count(distinct order_id) from discount_uses u where u.discount_id = d.id),
			coalesce(c.issued, 0), coalesce(c.spent, 0), d.past
		from discounts d left join lateral (
			select count(*) as issued, count(order_id) as spent from discount_codes c
			where c.discount_id = d.id and issued_at is not null) c on true
		where `+where+`
		order by d.archived_at is not null, coalesce((d.rule->>'priority')::int, 0) desc, d.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("read discounts: %w", err)
	}
	defer rows.Close()
	var found []Stored
	for rows.Next() {
		var one Stored
		var which string
		var doc, past []byte
		var created, updated time.Time
		err := rows.Scan(&which, &doc, &one.Active, &one.Archived, &one.Rev, &created, &updated, &one.Uses, &one.Issued, &one.Spent, &past)
		if err != nil {
			return nil, fmt.Errorf("read discount: %w", err)
		}
		one.CreatedAt, one.UpdatedAt = created.UTC(), updated.UTC()
		if one.Broken = json.Unmarshal(doc, &one.Rule); one.Broken == nil {
			one.Broken = one.Check(s.Rules().Currency)
		}
		if json.Unmarshal(past, &one.Past) != nil {
			one.Past = nil // of a later program
		}
		one.ID = which
		inZone(&one, s.Rules().Zone)
		found = append(found, one)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read discounts: %w", err)
	}
	return found, nil
}

// inZone writes the dates of a rule in the zone of the shop: its sentences name days there.
func inZone(s *Stored, zone *time.Location) {
	if !s.From.IsZero() {
		s.From = s.From.In(zone)
	}
	if !s.Until.IsZero() {
		s.Until = s.Until.In(zone)
	}
}

// ListUses reads the newest uses of a discount.
func ListUses(tx tenant.Tx, which ID, limit int) ([]Use, error) {
	var uses []Use
	err := tx.DB().Raw(`select u.order_id as "order", o.number, o.buyer_name as buyer, u.code, u.used_at as at
		from discount_uses u join orders o on o.id = u.order_id where u.discount_id = ?
		order by u.used_at desc, o.number desc limit ?`, which, limit).Scan(&uses).Error
	if err != nil {
		return nil, fmt.Errorf("read uses of a discount: %w", err)
	}
	return uses, nil
}
