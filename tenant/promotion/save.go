package promotion

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/settings"
)

// Save checks and stores a discount, new (without an ID) or edited with the Rev that was shown.
//
// Errors: Malformed with the fields of the rule ("name", "scale.tiers.1.from", "codes.0" …);
// ErrUnknown; ErrStale; ErrArchived.
func Save(ctx context.Context, shop *tenant.Shop, who tenant.Actor, s Stored) (Stored, error) {
	var saved Stored
	err := shop.Write(ctx, func(tx tenant.Tx) (err error) {
		saved, err = SaveIn(tx, who, s)
		return err
	})
	return saved, err
}

// SaveIn is Save inside a unit of work, for those who set up a shop.
func SaveIn(tx tenant.Tx, who tenant.Actor, s Stored) (Stored, error) {
	var before any
	s.Past = nil
	if s.ID == "" {
		s.ID, s.Rev = id.New[discount.Rule]().String(), 0
	} else {
		key, err := id.Parse[discount.Rule](s.ID)
		if err != nil {
			return s, err
		}
		stored, err := Find(tx, key)
		if err != nil {
			return s, err
		}
		if stored.Archived {
			return s, ErrArchived
		}
		before, s.Past = journal(*stored), stored.past(tx.Now())
	}
	set, err := settings.Load(tx)
	if err != nil {
		return s, err
	}
	for i, code := range s.Codes {
		s.Codes[i] = discount.Code(code)
	}
	if err := check(set.Rules().Currency, &s.Rule); err != nil {
		return s, err
	}
	if err := write(tx, s); err != nil {
		return s, err
	}
	if err := claim(tx, s.ID, s.Codes); err != nil {
		return s, err
	}
	s.Rev++
	tx.Touch()
	action := "discount.saved"
	if before == nil {
		action = "discount.created"
	}
	return s, tx.Record(who, action, "discount/"+s.ID, before, journal(s))
}

// entry is what the journal keeps of a discount.
type entry struct {
	Rule     discount.Rule `json:"rule"`
	Active   bool          `json:"active"`
	Archived bool          `json:"archived,omitempty"`
}

func journal(s Stored) entry { return entry{s.Rule, s.Active, s.Archived} }

// write stores a discount whose revision is still the one it carries.
func write(tx tenant.Tx, s Stored) error {
	doc, err := json.Marshal(s.Rule)
	if err != nil {
		return fmt.Errorf("write discount: %w", err)
	}
	past, err := json.Marshal(append([]discount.Rule{}, s.Past...)) // the column holds a list, never null
	if err != nil {
		return fmt.Errorf("write discount: %w", err)
	}
	var over any
	if !s.Until.IsZero() {
		over = s.Until
	}
	done := tx.DB().Exec(`
		insert into discounts (id, rule, active, over_at, rev, created_at, updated_at) values (?, ?::jsonb, ?, ?, 1, ?, ?)
		on conflict (id) do update set rule = excluded.rule, active = excluded.active, over_at = excluded.over_at, past = ?::jsonb,
			rev = discounts.rev + 1, updated_at = excluded.updated_at
		where discounts.rev = ?`, s.ID, string(doc), s.Active, over, tx.Now(), tx.Now(), string(past), s.Rev)
	if done.Error != nil {
		return fmt.Errorf("write discount: %w", done.Error)
	}
	if done.RowsAffected == 0 {
		return ErrStale
	}
	return nil
}

// claim makes these the codes of a rule, and refuses one that another rule has.
func claim(tx tenant.Tx, rule string, codes []string) error {
	if codes == nil {
		codes = []string{}
	}
	_, err := tx.Raw().Exec(tx.Context(),
		"delete from discount_codes where discount_id = $1 and issued_at is null and not code = any($2)", rule, codes)
	if err != nil {
		return fmt.Errorf("write codes: %w", err)
	}
	if len(codes) == 0 {
		return nil
	}
	_, err = tx.Raw().Exec(tx.Context(), `insert into discount_codes (code, discount_id)
		select c, $1 from unnest($2::text[]) c order by c on conflict (code) do nothing`, rule, codes)
	if err != nil {
		return fmt.Errorf("write codes: %w", err)
	}
	var taken []string
	err = tx.DB().Raw("select code from discount_codes where code in ? and (discount_id <> ? or issued_at is not null)", codes, rule).
		Scan(&taken).Error
	if err != nil {
		return fmt.Errorf("write codes: %w", err)
	}
	var bad []fault.Field
	for _, other := range taken {
		for i, code := range codes {
			if code == other {
				bad = append(bad, fault.Field{Name: "codes." + strconv.Itoa(i), Key: "discount.error.code_taken", Args: fault.Args{"code": code}})
			}
		}
	}
	if len(bad) > 0 {
		return fault.Invalid(bad...)
	}
	return nil
}

// Switch gives a discount to buyers, or takes it back. Errors: ErrUnknown, ErrArchived; Malformed for a
// rule that makes no sense any more.
func Switch(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which ID, active bool) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		s, err := Find(tx, which)
		if err != nil {
			return err
		}
		s.Active = active
		_, err = SaveIn(tx, who, *s)
		return err
	})
}

// Place is where a rule stands among the others.
type Place struct {
	ID       ID
	Priority int
	Combine  discount.Combine
	Group    string
}

// Arrange gives rules their places, all of them or none (DSC-09). A rule whose place is as it was is
// left alone. Errors: as of Save, with the fields after the rule's ID: "<id>.priority".
func Arrange(ctx context.Context, shop *tenant.Shop, who tenant.Actor, places []Place) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		for _, p := range places {
			s, err := Find(tx, p.ID)
			if err != nil {
				return err
			}
			if s.Priority == p.Priority && s.Combine == p.Combine && s.Group == p.Group {
				continue
			}
			s.Priority, s.Combine, s.Group = p.Priority, p.Combine, p.Group
			if _, err := SaveIn(tx, who, *s); err != nil {
				return under(s.ID, err)
			}
		}
		return nil
	})
}

// under puts a rule's ID before the fields of an error.
func under(rule string, err error) error {
	fields := fault.FieldsOf(err)
	if len(fields) == 0 {
		return err
	}
	for i := range fields {
		fields[i].Name = rule + "." + fields[i].Name
	}
	return fault.Invalid(fields...)
}
